import type { Grouped } from './grouped.js';
import { shared } from './int-list.js';
import { hash } from './tuple-table.js';

/** Numbers sequences of integers of any length: equal sequences get equal numbers. */
export class SequenceTable {
  #slots = new Int32Array(256).fill(-1);
  #hashes = new Int32Array(128);
  #offsets = new Int32Array(129);
  #items = new Int32Array(512);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  intern(sequence: Int32Array): number {
    return this.internPart(sequence, 0, sequence.length);
  }

  /** The number of what `values` has between two places. */
  internPart(values: Int32Array, first: number, end: number): number {
    const key = hash(values, first, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = key & mask;
    for (let id = slots[slot]!; id >= 0; id = slots[slot]!) {
      if (this.#hashes[id] === key && this.#equals(id, values, first, end)) return id;
      slot = (slot + 1) & mask;
    }
    return this.#add(values, first, end, key, slot);
  }

  #add(values: Int32Array, first: number, end: number, key: number, slot: number): number {
    const id = this.#size++;
    const start = this.#offsets[id]!;
    const last = start + end - first;
    if (this.#size === this.#hashes.length) {
      this.#hashes = enlarged(this.#hashes, 0);
      this.#offsets = enlarged(this.#offsets, 0);
    }
    if (last > this.#items.length) this.#items = enlarged(this.#items, last);
    for (let i = first, at = start; i < end; i++) this.#items[at++] = values[i]!;
    this.#hashes[id] = key;
    this.#offsets[id + 1] = last;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    else this.#slots[slot] = id;
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = this.#hashes[id]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }

  /** The sequence with this number, as a view that holds until the next one is added. */
  get(id: number): Int32Array {
    return this.#items.subarray(this.#offsets[id], this.#offsets[id + 1]);
  }

  #lengthOf(id: number): number {
    return this.#offsets[id + 1]! - this.#offsets[id]!;
  }

  toGrouped(): Grouped {
    return {
      offsets: shared(this.#offsets.subarray(0, this.#size + 1)),
      items: shared(this.#items.subarray(0, this.#offsets[this.#size])),
    };
  }

  /** Some of the sequences, laid out in the order in which they are named. */
  pick(ids: Int32Array): Grouped {
    const offsets = new Int32Array(ids.length + 1);
    for (let i = 0; i < ids.length; i++) offsets[i + 1] = offsets[i]! + this.#lengthOf(ids[i]!);
    const items = new Int32Array(offsets[ids.length]!);
    for (let i = 0, at = 0; i < ids.length; i++)
      for (let from = this.#offsets[ids[i]!]!; from < this.#offsets[ids[i]! + 1]!; from++)
        items[at++] = this.#items[from]!;
    return { offsets: shared(offsets), items: shared(items) };
  }

  #equals(id: number, values: Int32Array, first: number, end: number): boolean {
    let at = this.#offsets[id]!;
    if (this.#offsets[id + 1]! - at !== end - first) return false;
    for (let i = first; i < end; i++) if (this.#items[at++] !== values[i]) return false;
    return true;
  }
}

function enlarged(values: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, values.length * 2));
  larger.set(values);
  return larger;
}
