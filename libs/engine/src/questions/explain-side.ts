import {
  type Direction,
  formatTraffic,
  MAX_PORT,
  MIN_PORT,
  type PolicyPort,
  PROTOCOLS,
  type SideExplanation,
  type TrafficQuery,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NOT_ISOLATED } from '../snapshot-index.js';
import { judge } from './verdict.js';
import type { EndPair, PairEnd } from './end-pairs.js';
import { type AskedPorts, type FarEnd, findNearMisses } from './near-misses.js';
import { type Peer, RuleMatches } from './reasons.js';
import { nodeAddresses } from './resolve-endpoint.js';

/** What one side says of a pair, with the rules behind it. */
export function explainSide(
  analysis: Analysis,
  direction: Direction,
  pair: EndPair,
  query: TrafficQuery,
): SideExplanation {
  const [near, far] =
    direction === 'INGRESS' ? [pair.destination, pair.source] : [pair.source, pair.destination];
  const free = {
    direction,
    verdict: judge(pair.asked, FULL_TRAFFIC, NO_TRAFFIC),
    isolated: false,
    isolatedBy: [],
    allowedBy: [],
    nearMisses: [],
  };
  if (near.podClass === null || analysis.isHost(near.podClass))
    return { ...free, reason: 'NOT_GOVERNED' };
  const isolatedBy = analysis.isolatingPolicies(direction, near.podClass);
  if (analysis.rowOf(direction, near.podClass) === NOT_ISOLATED)
    return { ...free, reason: 'NOT_ISOLATED' };

  const peer: Peer = far.podClass === null ? { atoms: far.atoms } : { podClass: far.podClass };
  const matches = new RuleMatches(analysis, direction);
  matches.add(near.podClass, peer, pair.asked);
  const found = { direction, isolated: true, isolatedBy, allowedBy: matches.list() };
  const { admitted } = matches;
  const refused = analysis.traffic.difference(pair.asked, admitted);
  if (refused !== NO_TRAFFIC && (pair.isNodeLocal || pair.isSelf))
    return { ...found, verdict: free.verdict, reason: 'NODE_LOCAL', nearMisses: [] };
  return {
    ...found,
    verdict: judge(pair.asked, admitted, refused),
    reason: admitted === NO_TRAFFIC ? 'DENIED_BY_ISOLATION' : 'ALLOWED_BY_POLICY',
    nearMisses:
      refused === NO_TRAFFIC
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
    const index = PROTOCOLS.indexOf(protocol);
    if (port === null) return traffic.range(index, MIN_PORT, MAX_PORT);
    if (typeof port === 'number') return traffic.range(index, port, endPort ?? port);
    return named
      .filter((known) => known.name === port && known.protocol === protocol)
      .reduce(
        (union, known) => traffic.union(union, traffic.range(index, known.port, known.port)),
        NO_TRAFFIC,
      );
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
  };
}
