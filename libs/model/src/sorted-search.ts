/** The first place among `length` sorted things at which `compare` says equal (0); -1 when there is none. */
export function search(length: number, compare: (index: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(middle) < 0) low = middle + 1;
    else high = middle;
  }
  return low < length && compare(low) === 0 ? low : -1;
}

/** The owner of element `index` among owners with these start offsets. */
export function ownerOf(starts: Int32Array, index: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle;
  }
  return low;
}
