import type { PolicyPeer } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';

/**
 * Who is let in is chosen with care, and to which ports is not. Most policies have such rules: they are one finding, and
 * where no container declares a port there is nothing that the rule could name.
 */
export const ALL_PORTS_ADMITTED: FindingRule = {
  id: 'NP308',
  name: 'all-ports-admitted',
  category: 'PORT',
  severity: 'LOW',
  description: 'An ingress rule admits certain peers to every port of its pods.',
  remediation: 'Name the ports that the peers need.',
  needsCompleteSnapshot: false,
  find({ policies, podPorts, rows }, report) {
    for (const { policy, direction, at, rule } of policies.rules(policies.networkPolicies())) {
      if (direction !== 'INGRESS' || rule.ports !== null) continue;
      if (rule.peers?.every(isNarrow) !== true) continue;
      const subjects = rows.subjects('INGRESS', policy.index);
      if (!subjects.some((one) => podPorts.declared(one).ports.length > 0)) continue;
      report({
        object: { kind: 'POLICY', index: policy.index },
        place: { direction, rule: at, peer: null, port: null },
        key: 'all ports',
        message:
          'Admits certain peers to all ports of its pods, also to those for probes, metrics and debugging.',
        confidence: 'POSSIBLE',
        fix: { text: 'List the ports that these peers need.', yaml: null, edits: [] },
      });
    }
  },
};

/** Whoever lets in a whole namespace, or the cluster, means its pods to be together. */
function isNarrow(peer: PolicyPeer): boolean {
  switch (peer.kind) {
    case 'pods':
      return peer.podSelector.length > 0;
    case 'networks':
      return peer.cidrs.every((cidr) => !cidr.endsWith('/0'));
    case 'nodes':
    case 'domainNames':
    case 'unknown':
      return false;
  }
}
