import { NO_TRAFFIC, type PublicCount } from '@portolan/engine';
import { type Direction, DIRECTIONS, type RuleMatch, rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { Found, FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';

/** As many IPv4 addresses may be missing: those of four /8. */
const MISSING_IPV4 = 4 * 2 ** 24;
/** Part of the public IPv6 addresses that may be missing. */
const MISSING_IPV6 = 1 / 16;
/** Networks that a message lists. */
const LISTED = 8;

/** Several networks that are nearly all of the internet, while none of them looks like it. */
export const INTERNET_BY_PARTS: FindingRule = {
  id: 'NP403',
  name: 'internet-by-parts',
  category: 'IP_BLOCK',
  severity: 'HIGH',
  description:
    'The networks in the rules of a workload are together all public addresses, or all but a few.',
  remediation: 'Narrow the networks, or say 0.0.0.0/0 so that everybody sees it.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const seen = new Set<string>();
    for (const direction of DIRECTIONS)
      for (const [, [podClass]] of context.rows.of(direction))
        for (const found of ofRow(context, direction, podClass!)) {
          const text = JSON.stringify([found.object, found.place, found.key]);
          if (seen.has(text)) continue;
          seen.add(text);
          report(found);
        }
  },
};

function* ofRow(context: FindingContext, direction: Direction, podClass: number): Generator<Found> {
  const { addresses } = context;
  const parts = new Set<number>();
  const whole = addresses.countPublic(addresses.everywhere);
  let sum = { ipv4: 0, ipv6: 0 };
  for (const { traffic, count } of networksOf(context, direction, podClass)) {
    if (traffic === NO_TRAFFIC) continue;
    parts.add(traffic);
    sum = { ipv4: sum.ipv4 + count.ipv4, ipv6: sum.ipv6 + count.ipv6 };
  }
  if (parts.size === 0 || !isNearlyAll(sum, whole)) return;
  const told = new Set<string>();
  for (const traffic of parts) {
    const all = addresses.withAll(direction, podClass, traffic);
    if (!isNearlyAll(addresses.countPublic(all), whole)) continue;
    const matches = addresses.admitting(direction, podClass, addresses.internet, traffic);
    if (matches.some((match) => saysSo(context, match, whole))) continue;
    const found = foundOf(context, matches);
    if (found === null || told.has(found.key)) continue;
    told.add(found.key);
    yield found;
  }
}

/** Networks of the rules of a row, with their traffic and how many public addresses they have. */
function networksOf(
  { analysis, addresses }: FindingContext,
  direction: Direction,
  podClass: number,
): { readonly traffic: number; readonly count: PublicCount }[] {
  const { entryAddresses, entryTraffic } = analysis.index.compiled;
  const found: { traffic: number; count: PublicCount }[] = [];
  analysis.eachEntry(direction, analysis.rowOf(direction, podClass), (entry) => {
    if (entryAddresses[entry]! < 0) return;
    found.push({ traffic: entryTraffic[entry]!, count: addresses.countPublicOfEntry(entry) });
  });
  return found;
}

function isNearlyAll({ ipv4, ipv6 }: PublicCount, whole: PublicCount): boolean {
  return ipv4 >= whole.ipv4 - MISSING_IPV4 || ipv6 >= whole.ipv6 * (1 - MISSING_IPV6);
}

/** Whether one peer alone is nearly the whole internet, so that whoever reads the rule knows. */
function saysSo(
  { view, addresses }: FindingContext,
  { policy, direction, rule, peer }: RuleMatch,
  whole: PublicCount,
): boolean {
  const peers = rulesOf(view.policy(policy).spec, direction)[rule]?.peers ?? null;
  const one = peers === null || peer === null ? null : peers[peer]!;
  return isNearlyAll(addresses.countPublic(addresses.atomsOfPeer(one)), whole);
}

function foundOf({ view }: FindingContext, matches: readonly RuleMatch[]): Found | null {
  const [first] = matches;
  if (first === undefined) return null;
  const cidrs = matches.flatMap(({ policy, direction, rule, peer }) => {
    const one =
      peer === null ? null : rulesOf(view.policy(policy).spec, direction)[rule]?.peers?.[peer];
    return one?.kind === 'networks' ? one.cidrs : [];
  });
  const distinct = [...new Set(cidrs)];
  const others = [...new Set(matches.map(({ policy }) => policy))].filter(
    (one) => one !== first.policy,
  );
  const names = others.map((index) => objectName(view, { kind: 'POLICY', index }));
  const listed = distinct.slice(0, LISTED).join(', ');
  const more = distinct.length > LISTED ? ` and ${String(distinct.length - LISTED)} more` : '';
  return {
    object: { kind: 'POLICY', index: first.policy },
    place: { direction: first.direction, rule: first.rule, peer: first.peer, port: null },
    key: `${first.direction} ${[...distinct].sort().join(' ')}`,
    message: `${listed}${more} are together nearly all of the internet${names.length === 0 ? '' : `, with those of ${names.join(', ')}`}.`,
    severity: first.direction === 'INGRESS' ? 'HIGH' : 'MEDIUM',
  };
}
