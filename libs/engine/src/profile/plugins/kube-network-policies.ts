import { agentRule } from '../plugin-sign.js';

/** kube-network-policies, which does nothing else. */
export const kubeNetworkPoliciesRule = agentRule({
  plugin: 'KUBE_NETWORK_POLICIES',
  name: 'kube-network-policies',
  daemonSets: ['kube-network-policies'],
  label: ['k8s-app', 'kube-network-policies'],
  confidence: 'CERTAIN',
  reason: 'kube-network-policies enforces NetworkPolicies beside a plugin that does not',
});
