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
  const universal = new Set<number>();
  analysis.eachEntry(direction, row, (entry, compiled) => {
    if (isForEveryPod(analysis, direction, entry, compiled)) universal.add(entry);
  });
  return (entry) => universal.has(entry);
}

function isForEveryPod(
  analysis: Analysis,
  direction: Direction,
  entry: number,
  compiled: number,
): boolean {
  const { entryClasses, entryRule, entryPeer, entryPortNames, policy } = analysis.index.compiled;
  if (entryClasses[entry] === EVERYONE) return true;
  if (entryPeer[entry]! < 0 || (direction === 'EGRESS' && entryPortNames[entry] !== 0))
    return false;
  const { spec } = analysis.view.policy(policy[compiled]!);
  const peer = rulesOf(spec, direction)[entryRule[entry]!]?.peers?.[entryPeer[entry]!];
  return (
    peer?.kind === 'pods' && peer.namespaceSelector?.length === 0 && peer.podSelector.length === 0
  );
}

/** The rules that let whole clusters in or out, for those who ask of every row: each entry is looked at once. */
export class WholeClusterRules {
  readonly #known = new Map<number, boolean>();

  constructor(private readonly analysis: Analysis) {}

  /** The rules by which a class that some policy selects exchanges `within` (an id) with every pod there could be. */
  of(direction: Direction, subject: number, within: number): RuleMatch[] {
    const { analysis } = this;
    const row = analysis.rowOf(direction, subject);
    const universal = new Set<number>();
    analysis.eachEntry(direction, row, (entry, compiled) => {
      let known = this.#known.get(entry);
      if (known === undefined) {
        known = isForEveryPod(analysis, direction, entry, compiled);
        this.#known.set(entry, known);
      }
      if (known) universal.add(entry);
    });
    if (universal.size === 0) return [];
    const found = new RuleMatches(analysis, direction);
    found.add(subject, { matches: (entry) => universal.has(entry) }, within);
    return found.list('ALLOW');
  }
}
