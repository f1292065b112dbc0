import { checkTextLength, type ReadLimits, UnreadableText } from './read-result.js';

/** Up to so many keys are compared one by one. */
const FEW = 16;

/** The keys of the maps that are being read, each inside the one before. Nothing is made for a map of few keys. */
export class OpenKeys {
  readonly #levels: MapKeys[] = [];
  #held = 0;

  constructor(private readonly limits: ReadLimits) {}

  /** Begins a document. */
  restart(): void {
    this.#levels.length = 0;
    this.#held = 0;
  }

  /** Begins a map that stands in `depth` others. */
  open(depth: number): void {
    while (this.#levels.length <= depth) this.#levels.push(new MapKeys());
  }

  /**
   * Adds a key to the map; false when it was there before.
   * @throws UnreadableText when there are too many.
   */
  add(depth: number, key: string, offset: number): boolean {
    if (++this.#held > this.limits.maxValues) {
      throw new UnreadableText('TOO_LARGE', 'too many keys', offset);
    }
    checkTextLength(offset, offset + key.length, this.limits);
    return this.#levels[depth]?.add(key) ?? false;
  }

  /** Ends the map. */
  close(depth: number): void {
    const level = this.#levels[depth];
    if (level !== undefined) this.#held -= level.clear();
  }
}

class MapKeys {
  #keys: string[] = [];
  #count = 0;
  #isInOrder = true;
  #all: Set<string> | null = null;

  add(key: string): boolean {
    // Machines write keys in order, and then none can be there twice.
    this.#isInOrder &&= this.#count === 0 || key > (this.#keys[this.#count - 1] ?? '');
    if (!this.#isInOrder && this.#has(key)) return false;
    this.#all?.add(key);
    this.#keys[this.#count++] = key;
    return true;
  }

  clear(): number {
    const count = this.#count;
    if (count > FEW) this.#keys = [];
    this.#all = null;
    this.#isInOrder = true;
    this.#count = 0;
    return count;
  }

  #has(key: string): boolean {
    if (this.#all === null && this.#count > FEW) this.#all = new Set(this.#keys);
    if (this.#all !== null) return this.#all.has(key);
    for (let i = 0; i < this.#count; i++) if (this.#keys[i] === key) return true;
    return false;
  }
}
