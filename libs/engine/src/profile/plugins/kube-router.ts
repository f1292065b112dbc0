import { agentRule } from '../plugin-sign.js';

/** kube-router. */
export const kubeRouterRule = agentRule({
  plugin: 'KUBE_ROUTER',
  name: 'kube-router',
  daemonSets: ['kube-router'],
  label: ['k8s-app', 'kube-router'],
  confidence: 'LIKELY',
  reason: 'kube-router enforces NetworkPolicies unless it runs with `--run-firewall=false`',
});
