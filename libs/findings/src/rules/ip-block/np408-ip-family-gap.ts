import { groupOf, NO_TRAFFIC } from '@portolan/engine';
import { parseCidr } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { trafficText } from './internet-exposures.js';
import { ipBlocks, isOfTheOutside } from './ip-blocks.js';

const ALL = { 4: '0.0.0.0/0', 6: '::/0' } as const;

/**
 * Whoever is outside is admitted by one family, and pods have addresses of both. Smaller blocks are somebody's, who may have
 * addresses of one family alone.
 */
export const IP_FAMILY_GAP: FindingRule = {
  id: 'NP408',
  name: 'ip-family-gap',
  category: 'IP_BLOCK',
  severity: 'MEDIUM',
  description:
    'Rules admit the outside by IPv4 alone, or by IPv6 alone, and the pods have addresses of both families.',
  remediation: 'Add a block of the other family.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, addresses, rows, policies } = context;
    const both = new Set<number>();
    for (let one = 0; one < analysis.index.classes.count; one++)
      if (hasBothFamilies(context, one)) both.add(one);
    if (both.size === 0) return;
    for (const { policy, direction, at, peerAt, peer } of ipBlocks(policies)) {
      const [block] = peer.cidrs.map(parseCidr);
      if (block === undefined || !isOfTheOutside(block)) continue;
      const other = addresses.atomsOf([ALL[block.family === 4 ? 6 : 4]]);
      const subjects = rows.onePerRow(
        direction,
        [...rows.subjects(direction, policy.index)].filter((one) => both.has(one)),
      );
      const gap = subjects
        .map((podClass) => {
          const own = addresses
            .admitting(direction, podClass, addresses.atomsOfPeer(peer))
            .find((one) => one.policy === policy.index && one.rule === at && one.peer === peerAt);
          const wanted = analysis.traffic.add(own?.traffic ?? []);
          const there = addresses.withSome(direction, podClass, other);
          return analysis.traffic.intersection(wanted, there) === NO_TRAFFIC ? wanted : NO_TRAFFIC;
        })
        .find((wanted) => wanted !== NO_TRAFFIC);
      if (gap === undefined) continue;
      const [has, lacks] = block.family === 4 ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
      report({
        object: { kind: 'POLICY', index: policy.index },
        place: { direction, rule: at, peer: peerAt, port: null },
        key: `${direction} ${peer.cidrs.join(' ')}`,
        message: `Admits ${trafficText(analysis.traffic.get(gap))} by ${has} alone: the pods have ${lacks} addresses as well, by which no rule admits it.`,
        confidence: 'LIKELY',
        fix: {
          text: `Add an ipBlock of ${lacks}: ${ALL[block.family === 4 ? 6 : 4]}, with exceptions like those here.`,
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

function hasBothFamilies({ analysis }: FindingContext, podClass: number): boolean {
  if (groupOf(analysis.index.classes.atoms, podClass).length < 2) return false;
  const families = new Set(analysis.samplePod(podClass).ips.map(({ family }) => family));
  return families.size === 2;
}
