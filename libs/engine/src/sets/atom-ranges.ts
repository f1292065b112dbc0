/*
 * Sorted, disjoint [first, end) pairs of atoms, flattened: what an address set is made of.
 */

/** Whether ranges have one of some atoms, which are sorted. */
export function haveSomeAtom(ranges: Int32Array, atoms: Int32Array): boolean {
  let range = 0;
  for (const atom of atoms) {
    while (range < ranges.length && ranges[range + 1]! <= atom) range += 2;
    if (range === ranges.length) return false;
    if (ranges[range]! <= atom) return true;
  }
  return false;
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
