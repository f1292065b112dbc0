import { type Direction, type RuleMatch, rulesOf } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { EVERYONE } from '../../snapshot-index.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { RuleMatches } from '../reasons.js';

/**
 * What a class exchanges with every pod, also with one that no policy and no label names, as far as its own side is
 * concerned: what the entries for everyone decide, and no existing pod is denied.
 */
export function trafficWithWholeCluster(
  analysis: Analysis,
  direction: Direction,
  subject: number,
  scratch: Int32Array,
): number {
  const row = analysis.rowOf(direction, subject);
  const matches = matchesEveryPod(analysis, direction, row);
  let common = analysis.rowTraffic(direction, row, matches);
  // NetworkPolicies only add: who is named by some rule has more, not less.
  if (common === NO_TRAFFIC || !analysis.isTiered(direction, row)) return common;
  analysis.sideTrafficWithPeers(direction, subject, scratch);
  for (let peer = 0; peer < scratch.length && common !== NO_TRAFFIC; peer++)
    if (!analysis.isNode(peer)) common = analysis.traffic.intersection(common, scratch[peer]!);
  return common;
}

/**
 * Which entries of a row match every pod that there could be: those without peers, and those whose selectors are empty.
 * Port names say nothing of a pod that is not there, so that an egress rule with names matches none for certain.
 */
export function matchesEveryPod(
  analysis: Analysis,
  direction: Direction,
  row: number,
): (entry: number) => boolean {
  const { entryClasses, entryRule, entryPeer, entryPortNames, policy } = analysis.index.compiled;
  const universal = new Set<number>();
  analysis.eachEntry(direction, row, (entry, compiled) => {
    if (entryClasses[entry] === EVERYONE) universal.add(entry);
    else if (entryPeer[entry]! >= 0 && (direction === 'INGRESS' || entryPortNames[entry] === 0)) {
      const { spec } = analysis.view.policy(policy[compiled]!);
      const peer = rulesOf(spec, direction)[entryRule[entry]!]?.peers?.[entryPeer[entry]!];
      const isEveryPod =
        peer?.kind === 'pods' &&
        peer.namespaceSelector?.length === 0 &&
        peer.podSelector.length === 0;
      if (isEveryPod) universal.add(entry);
    }
  });
  return (entry) => universal.has(entry);
}

/** The rules of a class that some policy selects which let it exchange `within` (an id) with every pod there could be. */
export function rulesForWholeCluster(
  analysis: Analysis,
  direction: Direction,
  subject: number,
  within: number,
): RuleMatch[] {
  const found = new RuleMatches(analysis, direction);
  const row = analysis.rowOf(direction, subject);
  found.add(subject, { matches: matchesEveryPod(analysis, direction, row) }, within);
  return found.list('ALLOW');
}
