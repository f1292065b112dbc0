import type { ReadLimits } from '../documents/read-result.js';
import type { Wanted } from '../documents/wanted-fields.js';

/** A power of two. */
const SLOTS = 256;
/** Bytes of a key, its colon included, that tell it from others in its column. */
const KEY_END = 7;
/** Bytes. Shorter blocks are read as quickly as they are found; longer ones are rarely the same. */
const SHORTEST = 48;
const LONGEST = 4096;
/** After so many blocks that were not found, only one in so many takes the place of the one before. */
const PATIENCE = 8;

/** What a block of YAML is read for. Equal bytes read for the same have the same value. */
export interface BlockUse {
  /** Of the key that it belongs to. */
  readonly column: number;
  readonly depth: number;
  /** Null = nothing is kept. */
  readonly wanted: Wanted | null;
}

/** What came of a block. */
export interface BlockReading {
  /** From behind the colon of its key up to the next line with content. */
  readonly length: number;
  /** Lines up to the next line with content, and up to the last one that was used. */
  readonly lines: number;
  readonly lastLine: number;
  /** Values that were counted. */
  readonly values: number;
  readonly value: unknown;
}

interface Slot {
  readonly bytes: Buffer;
  readonly use: BlockUse;
  readonly reading: BlockReading;
  misses: number;
}

/**
 * The last block under each key. Replicas stand one after the other and most of what they say is the same, word for word;
 * that is compared as bytes, and not read again. Only for text in which each byte is a character.
 */
export class RepeatedBlocks {
  readonly #slots: (Slot | undefined)[] = Array.from({ length: SLOTS });

  /** What came of the same block before; `at` = behind the colon. */
  find(codes: Uint8Array, at: number, use: BlockUse): BlockReading | null {
    const slot = this.#slots[slotOf(codes, at, use)];
    if (slot === undefined || !isSameUse(slot.use, use)) return null;
    const { bytes, reading } = slot;
    const end = at + reading.length;
    // What differs does so at its end as a rule: names and numbers are counted up.
    if (end >= codes.length || codes[end - 2] !== bytes[reading.length - 2]) return null;
    if (bytes.compare(codes, at, end) !== 0) return null;
    slot.misses = 0;
    return reading;
  }

  /** Remembers what came of a block. */
  remember(codes: Uint8Array, at: number, use: BlockUse, reading: BlockReading): void {
    if (reading.length < SHORTEST || reading.length > LONGEST) return;
    const index = slotOf(codes, at, use);
    const misses = (this.#slots[index]?.misses ?? -1) + 1;
    const before = this.#slots[index];
    if (before !== undefined && misses > PATIENCE && misses % PATIENCE !== 0) {
      before.misses = misses;
      return;
    }
    // A copy: a part of the text's bytes would hold all of them in memory.
    const bytes = Buffer.from(codes.subarray(at, at + reading.length));
    this.#slots[index] = { bytes, use, reading, misses };
  }
}

/** Told by the end of the key and by its column. */
function slotOf(codes: Uint8Array, at: number, { column, wanted }: BlockUse): number {
  let hash = column * 2 + (wanted === null ? 0 : 1);
  for (let i = Math.max(0, at - KEY_END); i < at; i++) hash = (hash * 31 + codes[i]!) | 0;
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
}

function isSameUse(a: BlockUse, b: BlockUse): boolean {
  return a.column === b.column && a.depth === b.depth && a.wanted === b.wanted;
}

/** Texts of up to so many characters share what they know: values hold the text that they are from in memory. */
const SHARING = 16_384;
const shared = new WeakMap<ReadLimits, RepeatedBlocks>();

/** The blocks that a text may know from the texts before it that were read within the same limits. */
export function repeatedBlocksFor(text: string, limits: ReadLimits): RepeatedBlocks {
  if (text.length > SHARING) return new RepeatedBlocks();
  let blocks = shared.get(limits);
  if (blocks === undefined) {
    blocks = new RepeatedBlocks();
    shared.set(limits, blocks);
  }
  return blocks;
}
