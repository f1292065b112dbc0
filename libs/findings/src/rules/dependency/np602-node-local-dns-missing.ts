import { NO_CLASS, selectPods } from '@portolan/engine';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { classesOf } from './admitted.js';
import { readSelector, single } from './dns-servers.js';

/** Pods that may ask the DNS servers, in a cluster whose nodes have a cache that is asked instead. */
export const NODE_LOCAL_DNS_MISSING: FindingRule = {
  id: 'NP602',
  name: 'node-local-dns-missing',
  category: 'DEPENDENCY',
  severity: 'HIGH',
  description: 'Egress admits the DNS pods, but not the DNS cache on the node that is asked.',
  remediation: 'Allow egress to the address of the cache as an ipBlock, UDP and TCP 53.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, view, profile } = context;
    const address = profile.dns.nodeLocalAddress;
    if (profile.isEnforced === false || address === null) return;
    const { dns } = context;
    if (dns.servers?.supposed !== null || hasCachePods(context)) return;
    for (let index = 0; index < view.workloadCount; index++) {
      const classes = classesOf(analysis, index);
      // Whose queries are admitted by address reaches the cache as well: it has that of the Service, too.
      if (classes.length === 0 || !classes.every((one) => dns.of(one) === 'SERVERS')) continue;
      report({
        object: { kind: 'WORKLOAD', index },
        key: address,
        message: `DNS queries go to ${address} on the node, and nothing admits that address: a selector for the DNS pods does not match it.`,
        confidence: 'LIKELY',
        fix: {
          text: `Allow egress to ipBlock ${single(address)} on UDP 53 and TCP 53 beside the DNS pods.`,
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** Whether the caches are pods of their own network, to which the plugin leads queries (a local redirect). */
function hasCachePods({ analysis }: FindingContext): boolean {
  const { podClass } = analysis.index.pods;
  return selectPods(analysis, null, readSelector('k8s-app=node-local-dns')).some((pod) => {
    const one = podClass[pod]!;
    return one !== NO_CLASS && !analysis.isHost(one);
  });
}
