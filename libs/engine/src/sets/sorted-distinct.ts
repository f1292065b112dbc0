/** A share of all numbers from which on marking them is quicker than sorting them. */
const MANY = 16;

/** Numbers below `count` in their order, each once. Sorts `found`, or writes over it. */
export function sortedDistinct(found: Int32Array, count: number): Int32Array {
  if (found.length * MANY < count) {
    found.sort();
    return found.filter((id, at) => id !== found[at - 1]);
  }
  const isFound = new Uint8Array(count);
  for (const id of found) isFound[id] = 1;
  let kept = 0;
  for (let id = 0; id < count; id++) if (isFound[id] === 1) found[kept++] = id;
  return found.slice(0, kept);
}
