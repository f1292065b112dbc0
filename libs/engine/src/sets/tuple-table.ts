/** Numbers tuples of integers in the order in which they first appear: equal tuples get equal numbers. */
export class TupleTable {
  #slots: Int32Array;
  #tuples: Int32Array;
  #size = 0;

  constructor(private readonly width: number) {
    this.#slots = new Int32Array(1024).fill(-1);
    this.#tuples = new Int32Array(512 * width);
  }

  get size(): number {
    return this.#size;
  }

  /** Component `i` of tuple `id`. */
  component(id: number, i: number): number {
    return this.#tuples[id * this.width + i]!;
  }

  /** The number of a tuple, a new one if it was not seen before. */
  intern(tuple: Int32Array): number {
    const mask = this.#slots.length - 1;
    let slot = hash(tuple) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id < 0) return this.#add(tuple, slot);
      if (this.#equals(id, tuple)) return id;
      slot = (slot + 1) & mask;
    }
  }

  #equals(id: number, tuple: Int32Array): boolean {
    const at = id * this.width;
    for (let i = 0; i < this.width; i++) if (this.#tuples[at + i] !== tuple[i]) return false;
    return true;
  }

  #add(tuple: Int32Array, slot: number): number {
    const id = this.#size++;
    if ((id + 1) * this.width > this.#tuples.length) {
      const larger = new Int32Array(this.#tuples.length * 2);
      larger.set(this.#tuples);
      this.#tuples = larger;
    }
    this.#tuples.set(tuple, id * this.width);
    this.#slots[slot] = id;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = hash(this.#tuples.subarray(id * this.width, (id + 1) * this.width)) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

/** Murmur-style mixing of integers to one that is not negative. */
export function hash(values: Int32Array): number {
  let h = 0x9e3779b9 ^ values.length;
  for (const value of values) {
    h = Math.imul(h ^ value, 0x85ebca6b);
    h ^= h >>> 13;
  }
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) & 0x7fffffff;
}
