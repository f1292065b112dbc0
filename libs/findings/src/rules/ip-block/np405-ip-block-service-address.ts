import { describeService, groupOf, NO_TRAFFIC } from '@portolan/engine';
import { type Cidr, cidrDifference, contains, parseAddress, parseCidr } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';
import { type IpBlockAt, ipBlocks, isOfTheOutside } from './ip-blocks.js';

/** An ipBlock made of cluster IPs: hardly any plugin sees them in a packet. */
export const IP_BLOCK_SERVICE_ADDRESS: FindingRule = {
  id: 'NP405',
  name: 'ip-block-service-address',
  category: 'IP_BLOCK',
  severity: 'MEDIUM',
  description:
    'An ipBlock has addresses of Services, which most network plugins translate before they ask the policies.',
  remediation: 'Allow the pods behind the Service, or the addresses of its endpoints.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const ranges = context.profile.serviceCidrs.map(parseCidr);
    const services = clusterAddresses(context);
    for (const block of ipBlocks(context.policies)) {
      const { policy, direction, at, peerAt, peer } = block;
      const [cidr] = peer.cidrs.map(parseCidr);
      if (cidr === undefined || isOfTheOutside(cidr)) continue;
      const holes = peer.except.map(parseCidr);
      const own = services.filter(
        ({ address }) => contains(cidr, address) && !holes.some((hole) => contains(hole, address)),
      );
      // A block that has more than Services is there for the rest of it.
      const isInside = ranges.length > 0 && cidrDifference(cidr, ranges).length === 0;
      if (!isInside && (own.length === 0 || !isNarrow(cidr))) continue;
      const [first] = own;
      const isOne = own.length === 1 && first !== undefined;
      if (isOne && admitsEndpoints(context, block, first.service)) continue;
      const whose = isOne
        ? `of ${objectName(context.view, { kind: 'SERVICE', index: first.service })}`
        : 'of Services';
      report({
        object: { kind: 'POLICY', index: policy.index },
        place: { direction, rule: at, peer: peerAt, port: null },
        key: `${direction} ${[...peer.cidrs, ...peer.except].join(' ')}`,
        message:
          direction === 'EGRESS'
            ? `Is the address ${whose}: it is translated to those of the endpoints before most plugins ask the policies.`
            : `Is the address ${whose}: no packet comes from there.`,
        confidence: 'LIKELY',
        fix: {
          text: 'Select the pods behind the Service; where there are none (the API server), allow the addresses and ports of its endpoints.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** Whether all that stands behind a Service is admitted by other rules: the address is there for plugins that look at it. */
function admitsEndpoints(
  { analysis, addresses, rows }: FindingContext,
  { policy, direction }: IpBlockAt,
  service: number,
): boolean {
  if (direction === 'INGRESS') return false;
  const { workloads, addresses: outside } = describeService(analysis, service);
  const { ofWorkload } = analysis.index.classes;
  const classes = workloads.flatMap((one) => [...groupOf(ofWorkload, one)]);
  const atoms = outside
    .map(parseAddress)
    .map(({ family }, i) => addresses.atomsOf([`${outside[i]!}/${family === 4 ? '32' : '128'}`]));
  if (classes.length + atoms.length === 0) return false;
  return rows
    .onePerRow('EGRESS', rows.subjects('EGRESS', policy.index))
    .every(
      (subject) =>
        classes.every((one) => analysis.sideTraffic('EGRESS', subject, one) !== NO_TRAFFIC) &&
        atoms.every((one) => addresses.withEach('EGRESS', subject, one) !== NO_TRAFFIC),
    );
}

function clusterAddresses({ view: { services } }: FindingContext): {
  readonly service: number;
  readonly address: ReturnType<typeof parseAddress>;
}[] {
  return Array.from({ length: services.count }, (_, index) => services.at(index)).flatMap(
    ({ index, spec }) =>
      spec.clusterIPs.map((ip) => ({ service: index, address: parseAddress(ip) })),
  );
}

/** Wider ones have other things than Services as well, where their range is not known. */
function isNarrow({ family, prefix }: Cidr): boolean {
  return prefix >= (family === 4 ? 28 : 120);
}
