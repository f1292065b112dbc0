import type { Analysis } from '@portolan/engine';
import type { Direction, PolicyRecord, RulePlace } from '@portolan/model';
import { trafficOfPeers } from './admitted-anyway.js';

const NOTHING = 0;
/** In an entry: everybody. */
const EVERYONE = -1;

/** Classes that get something through some peers of a rule which no other rule gives them, for some subject of the policy. */
export function openedByPeers(
  analysis: Analysis,
  policy: PolicyRecord,
  place: RulePlace,
  peers: readonly number[],
  classes: readonly number[],
): number[] {
  const opened = new Set<number>();
  for (const [row, traffic] of trafficOfPeers(analysis, policy, place, peers)) {
    if (traffic === NOTHING) continue;
    const isOther = (entry: number, compiled: number): boolean =>
      analysis.index.compiled.policy[compiled] !== policy.index ||
      analysis.index.compiled.entryRule[entry] !== place.rule ||
      !peers.includes(analysis.index.compiled.entryPeer[entry]!);
    const left = classes.filter((one) => !opened.has(one));
    for (const one of leftByOthers(analysis, place, row, { traffic, isOther }, left))
      opened.add(one);
  }
  return [...opened].sort((a, b) => a - b);
}

interface Asked {
  readonly traffic: number;
  readonly isOther: (entry: number, compiled: number) => boolean;
}

/** Those of the classes that other entries of a row do not give all of the traffic. */
function leftByOthers(
  analysis: Analysis,
  { direction }: RulePlace,
  row: number,
  { traffic, isOther }: Asked,
  classes: readonly number[],
): readonly number[] {
  const { entryTraffic, entryClasses } = analysis.index.compiled;
  const { offsets, items } = analysis.index.classSets;
  const given = new Set<number>();
  const seen = new Set<number>();
  const sets = new Set<number>();
  analysis.eachEntry(direction, row, (entry, compiled) => {
    sets.add(entryClasses[entry]!);
    if (!isOther(entry, compiled)) return;
    if (analysis.traffic.difference(traffic, entryTraffic[entry]!) !== NOTHING) return;
    const set = entryClasses[entry]!;
    if (seen.has(set)) return;
    seen.add(set);
    if (set < 0) return;
    for (const one of items.subarray(offsets[set], offsets[set + 1])) given.add(one);
  });
  // With tiers a denial may come before what is given, and several entries together may give what none does alone.
  const left = analysis.isTiered(direction, row)
    ? classes
    : seen.has(EVERYONE)
      ? []
      : classes.filter((one) => !given.has(one));
  const known = new Map<string, boolean>();
  return left.filter((peer) => {
    const key = matchedSets(analysis, sets, peer);
    let found = known.get(key);
    if (found === undefined) {
      found = isOpened(analysis, direction, row, { traffic, isOther }, peer);
      known.set(key, found);
    }
    return found;
  });
}

/** The class sets of a row that have a class: classes of the same match the same entries, and are asked about once. */
function matchedSets({ index }: Analysis, sets: ReadonlySet<number>, peer: number): string {
  const { offsets, items } = index.classSetsOfClass;
  return items
    .subarray(offsets[peer], offsets[peer + 1])
    .filter((set) => sets.has(set))
    .join();
}

/** Whether a class gets some of the traffic, and not by other entries. */
function isOpened(
  analysis: Analysis,
  direction: Direction,
  row: number,
  { traffic, isOther }: Asked,
  peer: number,
): boolean {
  const others = new Set<number>();
  analysis.eachEntry(direction, row, (entry, compiled) => {
    if (isOther(entry, compiled)) others.add(entry);
  });
  const admits = (entry: number): boolean => analysis.entryAdmitsClass(entry, peer);
  const passes = analysis.rowTraffic(direction, row, admits);
  const without = analysis.rowTraffic(
    direction,
    row,
    (entry) => others.has(entry) && admits(entry),
  );
  const more = analysis.traffic.difference(analysis.traffic.intersection(traffic, passes), without);
  return more !== NOTHING;
}
