import { checkTextLength, type ReadLimits, UnreadableText } from './read-result.js';

/** Up to so many keys are compared one by one. */
const FEW = 16;

/** The keys of the maps that are being read, each inside the one before. Nothing is made for a map of few keys. */
export class OpenKeys {
  readonly #levels: MapKeys[] = [];
  #held = 0;

  constructor(
    private readonly text: string,
    private readonly limits: ReadLimits,
  ) {}

  /** Begins a document. */
  restart(): void {
    this.#levels.length = 0;
    this.#held = 0;
  }

  /** Begins a map that stands in `depth` others. */
  open(depth: number): void {
    while (this.#levels.length <= depth) this.#levels.push(new MapKeys(this.text));
  }

  /**
   * Adds the key that is what stands between two offsets; false when it was there before.
   * @throws UnreadableText when there are too many.
   */
  add(depth: number, start: number, end: number): boolean {
    this.#count(start);
    checkTextLength(start, end, this.limits);
    return this.#levels[depth]!.add(start, end);
  }

  /** As `add`, of a key that is not what stands there. */
  addRead(depth: number, key: string, offset: number): boolean {
    this.#count(offset);
    checkTextLength(offset, offset + key.length, this.limits);
    return this.#levels[depth]!.addRead(key);
  }

  /** Whether so many keys would not be too many. */
  hasRoomFor(keys: number): boolean {
    return this.#held + keys <= this.limits.maxValues;
  }

  /** Ends the map. */
  close(depth: number): void {
    this.#held -= this.#levels[depth]!.clear();
  }

  #count(offset: number): void {
    if (++this.#held > this.limits.maxValues) {
      throw new UnreadableText('TOO_LARGE', 'too many keys', offset);
    }
  }
}

class MapKeys {
  /** Where the keys begin and end; those of `#all` are not among them. */
  #starts: number[] = [];
  #ends: number[] = [];
  #placed = 0;
  #isInOrder = true;
  /** All keys, when there are many in no order, or one is not what stands there. */
  #all: Set<string> | null = null;

  constructor(private readonly text: string) {}

  add(start: number, end: number): boolean {
    if (this.#all !== null) return this.addRead(this.text.slice(start, end));
    const at = this.#placed;
    // Machines write keys in order, and then none can be there twice.
    this.#isInOrder &&= at === 0 || this.#isAfter(at - 1, start, end);
    if (!this.#isInOrder) {
      if (at > FEW) return this.addRead(this.text.slice(start, end));
      for (let i = 0; i < at; i++) if (this.#isSame(i, start, end)) return false;
    }
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#placed = at + 1;
    return true;
  }

  addRead(key: string): boolean {
    this.#all ??= this.#placedTexts();
    const before = this.#all.size;
    return this.#all.add(key).size > before;
  }

  clear(): number {
    const count = this.#all?.size ?? this.#placed;
    if (count > FEW) {
      this.#starts = [];
      this.#ends = [];
    }
    this.#all = null;
    this.#isInOrder = true;
    this.#placed = 0;
    return count;
  }

  #placedTexts(): Set<string> {
    const texts = new Set<string>();
    for (let i = 0; i < this.#placed; i++)
      texts.add(this.text.slice(this.#starts[i], this.#ends[i]));
    return texts;
  }

  /** Whether the key between two offsets comes after one that was placed, in the order of their characters. */
  #isAfter(index: number, start: number, end: number): boolean {
    const { text } = this;
    let a = this.#starts[index]!;
    const aEnd = this.#ends[index]!;
    for (let b = start; b < end; a++, b++) {
      if (a === aEnd) return true;
      const difference = text.charCodeAt(b) - text.charCodeAt(a);
      if (difference !== 0) return difference > 0;
    }
    return false;
  }

  #isSame(index: number, start: number, end: number): boolean {
    const { text } = this;
    const from = this.#starts[index]!;
    const length = end - start;
    if (this.#ends[index]! - from !== length) return false;
    for (let i = 0; i < length; i++)
      if (text.charCodeAt(from + i) !== text.charCodeAt(start + i)) return false;
    return true;
  }
}
