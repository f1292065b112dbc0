import { encodeUtf8 } from './utf8.js';

/**
 * Numbers texts, given as UTF-8 in place, in the order in which they first appear; texts of different groups are different.
 * Looking one up makes no string. Texts are not copied: their bytes are not to change.
 */
export class TextTable {
  #slots = new Int32Array(512).fill(-1);
  #hashes = new Int32Array(256);
  #groups = new Int32Array(256);
  /** Where each text first stood. */
  readonly #bytes: Uint8Array[] = [];
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The number of the text between two offsets; -1 when the table has none like it. */
  find(bytes: Uint8Array, start: number, end: number, group = 0): number {
    return this.#slots[this.#slotOf(bytes, start, end, group, hashOf(bytes, start, end, group))]!;
  }

  /** The same, which adds a text that the table does not have. */
  intern(bytes: Uint8Array, start: number, end: number, group = 0): number {
    const hash = hashOf(bytes, start, end, group);
    const slot = this.#slotOf(bytes, start, end, group, hash);
    const known = this.#slots[slot]!;
    return known >= 0 ? known : this.#add(bytes, start, end, group, hash, slot);
  }

  internText(text: string, group = 0): number {
    const bytes = Uint8Array.from(encodeUtf8(text));
    return this.intern(bytes, 0, bytes.length, group);
  }

  /** The slot that has the text, or the free one where it belongs. */
  #slotOf(bytes: Uint8Array, start: number, end: number, group: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot]!; id >= 0; id = slots[slot]!) {
      if (
        this.#hashes[id] === hash &&
        this.#groups[id] === group &&
        this.#equals(id, bytes, start, end)
      )
        return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#bytes[id]!;
    let at = this.#starts[id]!;
    if (this.#ends[id]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (own[at++] !== bytes[i]) return false;
    return true;
  }

  #add(
    bytes: Uint8Array,
    start: number,
    end: number,
    group: number,
    hash: number,
    slot: number,
  ): number {
    const id = this.#size++;
    if (this.#size > this.#hashes.length) this.#grow();
    this.#hashes[id] = hash;
    this.#groups[id] = group;
    this.#bytes.push(bytes);
    this.#starts[id] = start;
    this.#ends[id] = end;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    else this.#slots[slot] = id;
    return id;
  }

  #grow(): void {
    this.#hashes = enlarged(this.#hashes);
    this.#groups = enlarged(this.#groups);
    this.#starts = enlarged(this.#starts);
    this.#ends = enlarged(this.#ends);
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
}

function enlarged(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Four bytes at a time: specs of policies are long. */
function hashOf(bytes: Uint8Array, start: number, end: number, group: number): number {
  let hash = 0x9e3779b9 ^ Math.imul(group, 0xc2b2ae35) ^ (end - start);
  let i = start;
  for (; i + 4 <= end; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}
