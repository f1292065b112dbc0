import { agentRule } from '../plugin-sign.js';

/** OVN-Kubernetes, of OpenShift as well. */
export const ovnKubernetesRule = agentRule({
  plugin: 'OVN_KUBERNETES',
  name: 'OVN-Kubernetes',
  daemonSets: ['ovnkube-node', 'ovnkube-node-dpu-host'],
  label: ['app', 'ovnkube-node'],
  confidence: 'CERTAIN',
  reason: 'ovnkube-node enforces NetworkPolicies on every node',
});
