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

  /** Component `i` of every tuple, by number. */
  column(i: number): Int32Array {
    const column = new Int32Array(this.#size);
    for (let id = 0, at = i; id < column.length; id++, at += this.width)
      column[id] = this.#tuples[at]!;
    return column;
  }

  /** The number of a tuple, a new one if it was not seen before. */
  intern(tuple: Int32Array): number {
    const mask = this.#slots.length - 1;
    let slot = hash(tuple, 0, this.width) & mask;
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
      let slot = hash(this.#tuples, id * this.width, (id + 1) * this.width) & mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

/** Murmur-style mixing of the integers between two places to one that is not negative. */
export function hash(values: Int32Array, first = 0, end = values.length): number {
  let h = 0x9e3779b9 ^ (end - first);
  for (let i = first; i < end; i++) {
    h = Math.imul(h ^ values[i]!, 0x85ebca6b);
    h ^= h >>> 13;
  }
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) & 0x7fffffff;
}
