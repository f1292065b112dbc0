import { type Analysis, FULL_TRAFFIC, NO_TRAFFIC } from '@portolan/engine';
import { type Direction, type PolicyRule } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';

/** Pairs of classes that are looked at for one peer; with more the rule is not about somebody in particular. */
const PAIRS = 400;
/** How many policies a message names. */
const NAMED = 3;

/** A rule admits a workload by its labels, and the policies of that workload deny all of it. */
export const ONE_SIDED_ALLOW: FindingRule = {
  id: 'NP506',
  name: 'one-sided-allow',
  category: 'ISOLATION',
  severity: 'MEDIUM',
  description:
    'A rule admits traffic with a workload that it names, and the policies of that workload deny it.',
  remediation: 'Admit the traffic on the other side as well, or remove the rule.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, policies, selections, view } = context;
    for (const { policy, direction, at, rule, peer, peerAt } of policies.peers(
      policies.networkPolicies(),
    )) {
      if (peer.kind !== 'pods' || peer.podSelector.length === 0) continue;
      // Pods of any namespace are nobody in particular.
      if (peer.namespaceSelector?.length === 0) continue;
      const peers = selections.selected(peer, policy.namespace);
      const workload = onlyWorkload(analysis, peers);
      if (workload === null) continue;
      const subjects = selections.selected(policy.spec.subject, policy.namespace);
      if (subjects.length === 0 || subjects.length * peers.length > PAIRS) continue;
      const theirs = direction === 'INGRESS' ? 'EGRESS' : 'INGRESS';
      const traffic = trafficOf(analysis, rule);
      if (traffic === null || !isDenied(analysis, theirs, subjects, peers, traffic)) continue;
      const names = denying(context, theirs, peers);
      const other = objectName(view, { kind: 'WORKLOAD', index: workload });
      report({
        object: { kind: 'POLICY', index: policy.index },
        place: { direction, rule: at, peer: peerAt, port: null },
        key: `${direction} ${JSON.stringify([peer, rule.ports])}`,
        message:
          direction === 'EGRESS'
            ? `${other} may be called by this rule, and its own ingress still denies all of it: ${names}.`
            : `${other} may call by this rule, and its own egress still denies all of it: ${names}.`,
        fix: {
          text: `Admit the traffic in the ${theirs.toLowerCase()} of ${other} as well, or remove the peer.`,
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** The workload that has all the pods of some classes; null = none, or several. */
function onlyWorkload({ index }: Analysis, classes: readonly number[]): number | null {
  const { offsets, items } = index.classes.pods;
  let found: number | null = null;
  for (const one of classes)
    for (let i = offsets[one]!; i < offsets[one + 1]!; i++) {
      const workload = index.pods.podWorkload[items[i]!]!;
      if (found !== null && workload !== found) return null;
      found = workload;
    }
  return found;
}

/** The traffic of a rule as far as it is given by numbers; null = port names are in it. */
function trafficOf({ traffic }: Analysis, { ports }: PolicyRule): number | null {
  const all = ports ?? [];
  if (all.some(({ port, protocol }) => typeof port === 'string' || protocol === null)) return null;
  if (ports === null) return FULL_TRAFFIC;
  return traffic.add(
    all.map(({ protocol, port, endPort }) => ({
      protocol: protocol!,
      from: typeof port === 'number' ? port : 1,
      to: typeof port === 'number' ? (endPort ?? port) : 65_535,
    })),
  );
}

/** Whether NetworkPolicies isolate all the peers, and let nothing of some traffic pass with any of the subjects. */
function isDenied(
  analysis: Analysis,
  direction: Direction,
  subjects: readonly number[],
  peers: readonly number[],
  traffic: number,
): boolean {
  return peers.every(
    (peer) =>
      analysis.isIsolated(direction, peer) &&
      subjects.every(
        (subject) =>
          subject !== peer &&
          analysis.traffic.intersection(analysis.sideTraffic(direction, peer, subject), traffic) ===
            NO_TRAFFIC,
      ),
  );
}

function denying(
  { analysis, view }: FindingContext,
  direction: Direction,
  peers: readonly number[],
): string {
  const all = new Set(peers.flatMap((peer) => analysis.isolatingPolicies(direction, peer)));
  const named = [...all]
    .slice(0, NAMED)
    .map((index) => objectName(view, { kind: 'POLICY', index }));
  return `${named.join(', ')}${all.size > NAMED ? ' and others' : ''}`;
}
