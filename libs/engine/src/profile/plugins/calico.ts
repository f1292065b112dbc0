import { agentRule } from '../plugin-sign.js';

/** Calico: its agents enforce policies in whatever way packets travel. */
export const calicoRule = agentRule({
  plugin: 'CALICO',
  name: 'Calico',
  daemonSets: ['calico-node'],
  label: ['k8s-app', 'calico-node'],
  confidence: 'CERTAIN',
  reason: 'calico-node enforces NetworkPolicies on every node',
});
