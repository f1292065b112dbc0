import { agentSign, type PluginRule } from '../plugin-sign.js';

const AGENT = {
  plugin: 'CALICO',
  name: 'Canal',
  daemonSets: ['canal', 'rke2-canal'],
  label: ['k8s-app', 'canal'],
  confidence: 'CERTAIN',
  reason:
    'Canal has the agents of Calico enforce NetworkPolicies, beside flannel that carries the packets',
} as const;

/** Canal: flannel carries packets, Calico enforces policies. Its resources are those of Calico. */
export const canalRule: PluginRule = {
  name: AGENT.name,
  look: (signs) => agentSign(AGENT, signs),
};
