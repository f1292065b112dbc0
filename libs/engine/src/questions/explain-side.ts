import {
  type Direction,
  formatTraffic,
  MAX_PORT,
  MIN_PORT,
  type PolicyPort,
  type SideExplanation,
  type TrafficQuery,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import { isDomainNameMatch } from './caveats.js';
import { isFreeProtocol, judge } from './verdict.js';
import type { EndPair, PairEnd } from './end-pairs.js';
import { type AskedPorts, type FarEnd, findNearMisses } from './near-misses.js';
import { type Peer, RuleMatches } from './reasons.js';
import { nodeAddresses } from './node-local.js';
import { servicePortWithin } from '../services/service-port-within.js';

/** What one side says of a pair, with the rules behind it. */
export function explainSide(
  analysis: Analysis,
  direction: Direction,
  pair: EndPair,
  query: TrafficQuery,
): SideExplanation {
  const [near, far] =
    direction === 'INGRESS' ? [pair.destination, pair.source] : [pair.source, pair.destination];
  const passes = { allowed: FULL_TRAFFIC, denied: NO_TRAFFIC, unknown: NO_TRAFFIC };
  const isFree = isFreeProtocol(analysis.index, query);
  const free = {
    direction,
    verdict: isFree ? ('ALLOWED' as const) : judge(pair.asked, passes),
    isolated: false,
    isolatedBy: [],
    refusedByIsolation: false,
    allowedBy: [],
    deniedBy: [],
    passedBy: [],
    maybeAllowedBy: [],
    nearMisses: [],
  };
  if (isFree || near.podClass === null || analysis.isNode(near.podClass))
    return { ...free, reason: 'NOT_GOVERNED' };
  if (analysis.rowOf(direction, near.podClass) === NO_ROW)
    return { ...free, reason: 'NOT_ISOLATED' };

  const { traffic } = analysis;
  const peer: Peer = far.podClass === null ? { atoms: far.atoms } : { podClass: far.podClass };
  const matches = new RuleMatches(analysis, direction);
  matches.add(near.podClass, peer, pair.asked);
  const possible = new RuleMatches(analysis, direction, 'POSSIBLE');
  possible.add(near.podClass, peer, pair.asked);
  const isolatedBy = analysis.isolatingPolicies(direction, near.podClass);
  const found = {
    direction,
    isolated: isolatedBy.length > 0,
    isolatedBy,
    refusedByIsolation: false,
    allowedBy: matches.list('ALLOW'),
    deniedBy: matches.list('DENY'),
    passedBy: matches.list('PASS'),
    maybeAllowedBy: [],
    nearMisses: [],
  };
  const { admitted } = matches;
  const refused = traffic.difference(pair.asked, admitted);
  if (refused === NO_TRAFFIC || pair.isNodeLocal || pair.isSelf)
    return {
      ...found,
      verdict: free.verdict,
      reason: refused === NO_TRAFFIC ? (matches.reason ?? 'NOT_ISOLATED') : 'NODE_LOCAL',
    };
  const unknown = traffic.difference(possible.admitted, admitted);
  const denied = traffic.difference(refused, unknown);
  const byIsolation = traffic.difference(refused, matches.decided('DENY'));
  const reason = byIsolation === NO_TRAFFIC ? 'DENIED_BY_POLICY' : 'DENIED_BY_ISOLATION';
  const maybe = new RuleMatches(analysis, direction, 'POSSIBLE');
  maybe.add(near.podClass, peer, unknown);
  return {
    ...found,
    refusedByIsolation: isolatedBy.length > 0 && byIsolation !== NO_TRAFFIC,
    maybeAllowedBy: maybe.list('ALLOW').filter((rule) => isDomainNameMatch(analysis, rule)),
    verdict: judge(pair.asked, { allowed: admitted, denied, unknown }),
    reason: matches.reason ?? reason,
    nearMisses:
      byIsolation === NO_TRAFFIC
        ? []
        : findNearMisses(
            analysis,
            direction,
            isolatedBy,
            farEnd(analysis, direction, near, far),
            askedPorts(analysis, pair, query),
          ),
  };
}

function farEnd(analysis: Analysis, direction: Direction, near: PairEnd, far: PairEnd): FarEnd {
  // Whether the peer admits the far end at all, whatever its ports.
  const admitted = new Set<string>();
  const row = analysis.rowOf(direction, near.podClass!);
  const { policy, entryRule, entryPeer } = analysis.index.compiled;
  analysis.eachEntry(direction, row, (entry, compiled) => {
    const admits =
      far.podClass === null
        ? analysis.entryAdmitsAtoms(entry, far.atoms)
        : analysis.entryAdmitsClass(entry, far.podClass);
    if (admits)
      admitted.add(
        `${String(policy[compiled]!)} ${String(entryRule[entry]!)} ${String(entryPeer[entry]!)}`,
      );
  });
  const node = far.pod === null ? -1 : analysis.index.pods.podNode[far.pod.index]!;
  const addresses =
    far.pod === null
      ? []
      : [...far.pod.ips, ...(far.pod.hostNetwork ? nodeAddresses(analysis, node) : [])];
  return {
    pod: far.pod,
    addresses,
    admits: (index, rule, peer) =>
      peer === null || admitted.has(`${String(index)} ${String(rule)} ${String(peer)}`),
  };
}

function askedPorts(analysis: Analysis, pair: EndPair, query: TrafficQuery): AskedPorts {
  const { traffic } = analysis;
  const named = pair.destination.pod?.ports ?? [];
  const numbers = ({ protocol, port, endPort }: PolicyPort): number => {
    if (typeof port === 'string')
      return traffic.add(
        named
          .filter((known) => known.name === port && known.protocol === (protocol ?? known.protocol))
          .map((known) => ({ protocol: known.protocol, from: known.port, to: known.port })),
      );
    const from = port ?? MIN_PORT;
    const to = port === null ? MAX_PORT : (endPort ?? port);
    return protocol === null ? NO_TRAFFIC : traffic.add([{ protocol, from, to }]);
  };
  const asked = traffic.get(pair.asked);
  return {
    text:
      query.portName === null
        ? formatTraffic(asked)
        : `port named ${query.portName} (${formatTraffic(asked)})`,
    protocols: [...new Set(asked.map(({ protocol }) => protocol))],
    overlaps: (ports) =>
      ports === null ||
      ports.some((port) => traffic.intersection(numbers(port), pair.asked) !== NO_TRAFFIC),
    servicePortIn: (ports) => {
      const admitted = ports
        .filter(({ port }) => typeof port === 'number')
        .reduce((union, port) => traffic.union(union, numbers(port)), NO_TRAFFIC);
      return servicePortWithin(analysis, pair, admitted);
    },
  };
}
