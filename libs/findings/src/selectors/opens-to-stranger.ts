import type { PolicyRecord, RulePlace } from '@portolan/model';
import type { FindingContext } from '../finding-context.js';

/** Traffic set without traffic. */
const NOTHING = 0;
/** In an entry: everybody. */
const EVERYONE = -1;

/**
 * Whether a peer gives a pod of a namespace that nobody names, with the labels of the peer and no others, what all other
 * policies together would not give it: for some subject of the policy.
 */
export function opensToStranger(
  { analysis, selections }: FindingContext,
  { index, spec }: PolicyRecord,
  { direction, rule, peer }: RulePlace,
): boolean {
  if (!spec.directions.includes(direction)) return false;
  const { subjects, rowOfClass } = analysis.direction(direction);
  const { compiled, classSets } = analysis.index;
  const pods = selections.selected({ namespaceSelector: [], podSelector: [] }, -1).length;
  const isForAll = (entry: number): boolean => {
    const set = compiled.entryClasses[entry]!;
    if (set < 0) return set === EVERYONE;
    return classSets.offsets[set + 1]! - classSets.offsets[set]! >= pods;
  };
  const rows = subjects.items.subarray(subjects.offsets[index], subjects.offsets[index + 1]);
  for (const row of new Set(rows.map((subject) => rowOfClass[subject]!))) {
    const given = new Set<number>();
    analysis.eachEntry(direction, row, (entry, at) => {
      const isThis =
        compiled.policy[at] === index &&
        compiled.entryRule[entry] === rule &&
        compiled.entryPeer[entry] === peer;
      if (isThis) given.add(entry);
    });
    const without = analysis.rowTraffic(
      direction,
      row,
      (entry) => !given.has(entry) && isForAll(entry),
    );
    const passes = analysis.rowTraffic(
      direction,
      row,
      (entry) => given.has(entry) || isForAll(entry),
    );
    if (analysis.traffic.difference(passes, without) !== NOTHING) return true;
  }
  return false;
}
