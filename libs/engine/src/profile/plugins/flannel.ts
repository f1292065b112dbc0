import type { PluginRule } from '../plugin-sign.js';
import { optionalAgentSign } from './optional-agent.js';

const AGENT = {
  name: 'flannel',
  daemonSets: ['kube-flannel-ds', 'kube-flannel'],
  label: ['app', 'flannel'],
  enforcers: ['kube-network-policies'],
  enforcement: 'KUBE_NETWORK_POLICIES',
  confidence: 'CERTAIN',
  reason: 'flannel runs with kube-network-policies, which enforces NetworkPolicies',
} as const;

/** flannel: enforces nothing, unless its chart was told to add kube-network-policies. */
export const flannelRule: PluginRule = {
  name: AGENT.name,
  look: (signs) => optionalAgentSign(AGENT, signs),
};
