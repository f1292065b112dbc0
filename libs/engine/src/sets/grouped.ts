import { shared } from './int-list.js';

/** Lists of integers by owner: owner i has `items` from offsets[i] up to offsets[i + 1]. */
export interface Grouped {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Collects pairs (owner, item) and lays the items out by owner, in the order in which they came. */
export function groupPairs(owners: number, pairOwners: Int32Array, pairItems: Int32Array): Grouped {
  const offsets = new Int32Array(owners + 1);
  for (const owner of pairOwners) offsets[owner + 1]!++;
  for (let i = 0; i < owners; i++) offsets[i + 1]! += offsets[i]!;
  const next = offsets.slice(0, owners);
  const items = new Int32Array(pairItems.length);
  for (let i = 0; i < pairOwners.length; i++) items[next[pairOwners[i]!]!++] = pairItems[i]!;
  return { offsets: shared(offsets), items: shared(items) };
}

/** The transpose: for each item, the owners whose list has it. */
export function transpose({ offsets, items }: Grouped, itemCount: number): Grouped {
  const owners = new Int32Array(items.length);
  for (let owner = 0; owner + 1 < offsets.length; owner++)
    owners.fill(owner, offsets[owner], offsets[owner + 1]);
  return groupPairs(itemCount, items, owners);
}

/** Whether a sorted list of a group has an item. */
export function groupHas({ offsets, items }: Grouped, owner: number, item: number): boolean {
  return hasSorted(items, item, offsets[owner], offsets[owner + 1]);
}

/** Whether a sorted list has an item, from `start` up to `end`. */
export function hasSorted(items: Int32Array, item: number, start = 0, end = items.length): boolean {
  let low = start;
  let high = end - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = items[middle]!;
    if (value === item) return true;
    if (value < item) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** The items of one owner, as a view. */
export function groupOf({ offsets, items }: Grouped, owner: number): Int32Array {
  return items.subarray(offsets[owner], offsets[owner + 1]);
}
