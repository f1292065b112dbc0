/*
 * Sorted, disjoint [first, end) pairs of atoms, flattened: what an address set is made of.
 */

/** Whether ranges have one of some atoms, which are sorted. */
export function haveSomeAtom(ranges: Int32Array, atoms: Int32Array): boolean {
  for (let range = 0; range < ranges.length; range += 2) {
    const next = atoms[firstNotBelow(atoms, ranges[range]!)];
    if (next !== undefined && next < ranges[range + 1]!) return true;
  }
  return false;
}

/** Position of the first atom that is not below another; the length when all are. */
export function firstNotBelow(atoms: Int32Array, wanted: number): number {
  let low = 0;
  let high = atoms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atoms[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether two lists of ranges have something in common. */
export function overlap(a: Int32Array, b: Int32Array): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i]! < b[j + 1]! && b[j]! < a[i + 1]!) return true;
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return false;
}
