import { agentRule } from '../plugin-sign.js';

/** GKE Dataplane V2: Cilium under another name. */
export const gkeDataplaneV2Rule = agentRule({
  plugin: 'GKE_DATAPLANE_V2',
  name: 'GKE Dataplane V2',
  daemonSets: ['anetd'],
  label: ['k8s-app', 'cilium'],
  confidence: 'CERTAIN',
  reason: 'anetd enforces NetworkPolicies on every node',
});
