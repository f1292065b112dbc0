import type { Grouped } from './grouped.js';
import { IntList } from './int-list.js';
import { hash } from './tuple-table.js';

/** Numbers sequences of integers of any length: equal sequences get equal numbers. */
export class SequenceTable {
  readonly #offsets = new IntList();
  readonly #items = new IntList();
  readonly #byHash = new Map<number, number[]>();

  constructor() {
    this.#offsets.push(0);
  }

  get size(): number {
    return this.#offsets.length - 1;
  }

  intern(sequence: Int32Array): number {
    const key = hash(sequence);
    const candidates = this.#byHash.get(key);
    const known = candidates?.find((id) => this.#equals(id, sequence));
    if (known !== undefined) return known;
    const id = this.size;
    this.#items.pushAll(sequence);
    this.#offsets.push(this.#items.length);
    if (candidates === undefined) this.#byHash.set(key, [id]);
    else candidates.push(id);
    return id;
  }

  /** The sequence with this number, copied. */
  get(id: number): Int32Array {
    return this.#items.view(this.#offsets.at(id), this.#offsets.at(id + 1)).slice();
  }

  toGrouped(): Grouped {
    return { offsets: this.#offsets.toShared(), items: this.#items.toShared() };
  }

  /** Some of the sequences, laid out in the order in which they are named. */
  pick(ids: Int32Array): Grouped {
    const offsets = new IntList();
    const items = new IntList();
    offsets.push(0);
    for (const id of ids) {
      items.pushAll(this.#items.view(this.#offsets.at(id), this.#offsets.at(id + 1)));
      offsets.push(items.length);
    }
    return { offsets: offsets.toShared(), items: items.toShared() };
  }

  #equals(id: number, sequence: Int32Array): boolean {
    const start = this.#offsets.at(id);
    if (this.#offsets.at(id + 1) - start !== sequence.length) return false;
    for (let i = 0; i < sequence.length; i++)
      if (this.#items.at(start + i) !== sequence[i]) return false;
    return true;
  }
}
