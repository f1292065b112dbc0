import type { SnapshotView } from '@portolan/model';
import { groupOf } from './sets/grouped.js';
import { EVERYONE, type SnapshotIndex, UNRESOLVED } from './snapshot-index.js';

/**
 * Whether two policies of a chain have equal priority (or one has none, as a BaselineAdminNetworkPolicy), so that the API
 * leaves open which is asked first, and rules of different actions match some of the same traffic.
 */
export function isOrderOpen(
  index: SnapshotIndex,
  view: SnapshotView,
  policies: Int32Array,
): boolean {
  const priorities = Array.from(
    policies,
    (id) => view.policy(index.compiled.policy[id]!).spec.priority,
  );
  for (const [j, later] of policies.entries())
    for (const [i, earlier] of policies.subarray(0, j).entries()) {
      const isOpen = priorities[i] === priorities[j] || priorities[j] === null;
      if (isOpen && disagree(index, earlier, later)) return true;
    }
  return false;
}

function disagree(index: SnapshotIndex, a: number, b: number): boolean {
  const { entryOffsets, entryAction, entryTraffic, entryClasses, entryAddresses } = index.compiled;
  for (let x = entryOffsets[a]!; x < entryOffsets[a + 1]!; x++)
    for (let y = entryOffsets[b]!; y < entryOffsets[b + 1]!; y++)
      if (
        entryAction[x] !== entryAction[y] &&
        shareTraffic(index, entryTraffic[x]!, entryTraffic[y]!) &&
        (shareClasses(index, entryClasses[x]!, entryClasses[y]!) ||
          shareAddresses(index, entryAddresses[x]!, entryAddresses[y]!))
      )
        return true;
  return false;
}

function shareTraffic({ traffic }: SnapshotIndex, a: number, b: number): boolean {
  const [ones, others] = [groupOf(traffic, a), groupOf(traffic, b)];
  for (let i = 0; i < ones.length; i += 3)
    for (let j = 0; j < others.length; j += 3)
      if (ones[i] === others[j] && ones[i + 1]! <= others[j + 2]! && others[j + 1]! <= ones[i + 2]!)
        return true;
  return false;
}

function shareClasses({ classes, classSets }: SnapshotIndex, a: number, b: number): boolean {
  const [ones, others] = [a, b].map((set) => (set >= 0 ? groupOf(classSets, set) : null));
  if (ones && others) {
    const known = new Set(ones);
    return others.some((one) => known.has(one));
  }
  if (a === EVERYONE && b === EVERYONE) return classes.count > 0;
  return (
    (a === EVERYONE && (others?.length ?? 0) > 0) || (b === EVERYONE && (ones?.length ?? 0) > 0)
  );
}

/** Domain names may be any address. */
function shareAddresses(index: SnapshotIndex, a: number, b: number): boolean {
  const [ones, others] = [rangesOf(index, a), rangesOf(index, b)];
  for (let i = 0; i < ones.length; i += 2)
    for (let j = 0; j < others.length; j += 2)
      if (ones[i]! < others[j + 1]! && others[j]! < ones[i + 1]!) return true;
  return false;
}

const ALL_ATOMS = Int32Array.of(0, 0x7fffffff);
const NO_ATOMS = new Int32Array(0);

function rangesOf({ addressSets }: SnapshotIndex, set: number): Int32Array {
  if (set >= 0) return groupOf(addressSets, set);
  return set === EVERYONE || set === UNRESOLVED ? ALL_ATOMS : NO_ATOMS;
}
