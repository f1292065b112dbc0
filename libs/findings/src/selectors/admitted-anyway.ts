import type { Analysis } from '@portolan/engine';
import type { PolicyRecord, RulePlace } from '@portolan/model';

/** Pairs of a row and a peer that are looked at, at most: beyond, it is taken that nothing else admits them. */
const MOST_PAIRS = 5_000;
/** Traffic set without traffic. */
const NOTHING = 0;

/** What the subjects of a policy get through some of its peers: by row, the traffic. */
export function trafficOfPeers(
  analysis: Analysis,
  { index, spec }: PolicyRecord,
  { direction, rule }: RulePlace,
  peers: readonly number[],
): ReadonlyMap<number, number> {
  const { subjects, rowOfClass } = analysis.direction(direction);
  const { policy, entryRule, entryPeer, entryTraffic } = analysis.index.compiled;
  const traffic = new Map<number, number>();
  if (!spec.directions.includes(direction)) return traffic;
  const rows = subjects.items.subarray(subjects.offsets[index], subjects.offsets[index + 1]);
  for (const row of new Set(rows.map((subject) => rowOfClass[subject]!))) {
    let all = NOTHING;
    analysis.eachEntry(direction, row, (entry, compiled) => {
      if (
        policy[compiled] === index &&
        entryRule[entry] === rule &&
        peers.includes(entryPeer[entry]!)
      )
        all = analysis.traffic.union(all, entryTraffic[entry]!);
    });
    traffic.set(row, all);
  }
  return traffic;
}

/** Whether other rules admit everything that a peer would of these classes, for every subject of its policy. */
export function isAdmittedAnyway(
  analysis: Analysis,
  policy: PolicyRecord,
  place: RulePlace,
  classes: readonly number[],
): boolean {
  if (place.peer === null) return false;
  const ofRows = trafficOfPeers(analysis, policy, place, [place.peer]);
  if (ofRows.size === 0 || ofRows.size * classes.length > MOST_PAIRS) return false;
  return [...ofRows].every(
    ([row, wanted]) =>
      wanted !== NOTHING &&
      classes.every((peer) => {
        const passes = analysis.rowTraffic(place.direction, row, (entry) =>
          analysis.entryAdmitsClass(entry, peer),
        );
        return analysis.traffic.difference(wanted, passes) === NOTHING;
      }),
  );
}
