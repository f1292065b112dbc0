import { agentRule } from '../plugin-sign.js';

/** Cilium. */
export const ciliumRule = agentRule({
  plugin: 'CILIUM',
  name: 'Cilium',
  daemonSets: ['cilium'],
  label: ['k8s-app', 'cilium'],
  confidence: 'LIKELY',
  reason: 'the agents of Cilium enforce NetworkPolicies unless `policyEnforcementMode` is `never`',
});
