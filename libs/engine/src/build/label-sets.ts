import { invariant, type LabelSelector, type Requirement } from '@portolan/model';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';

/** A label key that selectors look at, and the values of it that they name, by number from 1. */
export interface VocabularyEntry {
  readonly id: number;
  readonly values: ReadonlyMap<string, number>;
}

/** Stands for every value of a mentioned key that no selector mentions. */
export const OTHER_VALUE = 0;

/**
 * Only what selectors look at. Label keys that no selector mentions vanish, values that none mentions collapse into one:
 * pods that differ in nothing else are the same to every policy.
 */
export class LabelVocabulary {
  readonly #keys = new Map<string, VocabularyEntry & { values: Map<string, number> }>();

  mention(selector: LabelSelector): void {
    for (const { key, values } of selector) {
      let entry = this.#keys.get(key);
      if (entry === undefined) {
        entry = { id: this.#keys.size, values: new Map() };
        this.#keys.set(key, entry);
      }
      for (const value of values)
        if (!entry.values.has(value)) entry.values.set(value, entry.values.size + 1);
    }
  }

  /** What is mentioned of a key; undefined when no selector looks at it. */
  entry(key: string): VocabularyEntry | undefined {
    return this.#keys.get(key);
  }

  /** Whether everything that a selector looks at is mentioned. */
  has(selector: LabelSelector): boolean {
    return selector.every(({ key, values }) => {
      const entry = this.#keys.get(key);
      return entry !== undefined && values.every((value) => entry.values.has(value));
    });
  }
}

/** Label sets that satisfy a selector: given as a list, or as all but a list. The other forms are made when asked for. */
export class Selection {
  #bits: Uint32Array | null = null;
  #ids: Int32Array | null = null;

  constructor(
    private readonly listed: Int32Array,
    private readonly size: number,
    private readonly isComplement = false,
  ) {}

  /** Whether these are nearly all label sets, so that asking of each beats listing them. */
  get isMost(): boolean {
    return this.isComplement && this.count * 2 > this.size;
  }

  get count(): number {
    return this.isComplement ? this.size - this.listed.length : this.listed.length;
  }

  /** Sorted. */
  get ids(): Int32Array {
    if (!this.isComplement) return this.listed;
    this.#ids ??= Int32Array.from({ length: this.size }, (_, set) => set).filter((set) =>
      this.has(set),
    );
    return this.#ids;
  }

  has(set: number): boolean {
    this.#bits ??= bitsOf(this.listed, this.size);
    return ((this.#bits[set >>> 5]! >>> (set & 31)) & 1) !== (this.isComplement ? 1 : 0);
  }
}

function bitsOf(sets: Int32Array, size: number): Uint32Array {
  const bits = new Uint32Array((size + 31) >>> 5);
  sets.forEach((set) => {
    bits[set >>> 5]! |= 1 << (set & 31);
  });
  return bits;
}

/**
 * Distinct label sets as the vocabulary sees them, with postings: for each key, and each value of a key, the sets that
 * have it. Answers to selectors are remembered: these are the cached indexed selectors.
 */
export class LabelSets {
  readonly #sets = new SequenceTable();
  readonly #byKey = new Map<number, IntList>();
  /** By key, then by value. */
  readonly #byValue = new Map<number, Map<number, IntList>>();
  readonly #answers = new Map<string, Selection>();

  constructor(readonly vocabulary: LabelVocabulary) {}

  get size(): number {
    return this.#sets.size;
  }

  /**
   * The id of the label set that labels look like, given as ids of keys and values, one after the other and in any order:
   * the first `count` integers of `pairs`, which are sorted in place.
   */
  intern(pairs: Int32Array, count: number): number {
    sortPairs(pairs, count);
    const before = this.#sets.size;
    const set = this.#sets.intern(pairs.subarray(0, count));
    if (set === before)
      for (let i = 0; i < count; i += 2) this.#post(set, pairs[i]!, pairs[i + 1]!);
    return set;
  }

  /** The id of the label set that `labels` look like. */
  project(labels: Iterable<readonly [key: string, value: string]>): number {
    const pairs: number[] = [];
    for (const [key, value] of labels) {
      const entry = this.vocabulary.entry(key);
      if (entry !== undefined) pairs.push(entry.id, entry.values.get(value) ?? OTHER_VALUE);
    }
    return this.intern(Int32Array.from(pairs), pairs.length);
  }

  #post(set: number, key: number, value: number): void {
    append(this.#byKey, key, set);
    let values = this.#byValue.get(key);
    if (values === undefined) {
      values = new Map();
      this.#byValue.set(key, values);
    }
    append(values, value, set);
  }

  /** The label sets that satisfy a selector (`key` = its selectorKey); null = all. Ask only when every set is in. */
  select(selector: LabelSelector, key: string = selectorKey(selector)): Selection | null {
    if (selector.length === 0) return null;
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      answer = this.#evaluate(selector);
      this.#answers.set(key, answer);
    }
    return answer;
  }

  /** The rarest posting drives; the other requirements are checked on what it leaves. */
  #evaluate(selector: LabelSelector): Selection {
    const parts = selector.map((requirement) => {
      const { operator } = requirement;
      const isNegative = operator === 'NotIn' || operator === 'DoesNotExist';
      return new Selection(this.#posting(requirement), this.size, isNegative);
    });
    const [driver, ...others] = parts.sort((a, b) => a.count - b.count);
    if (driver === undefined || others.length === 0)
      return driver ?? new Selection(new Int32Array(0), this.size, true);
    return new Selection(
      driver.ids.filter((set) => others.every((one) => one.has(set))),
      this.size,
    );
  }

  /** Sets that have the key, with one of the values where the operator names values. Sorted. */
  #posting({ key, operator, values }: Requirement): Int32Array {
    const entry = this.vocabulary.entry(key);
    invariant(entry !== undefined, 'a selector is mentioned before it is asked');
    if (operator === 'Exists' || operator === 'DoesNotExist')
      return this.#byKey.get(entry.id)?.toArray() ?? new Int32Array(0);
    const postings = this.#byValue.get(entry.id);
    const all = new IntList();
    for (const value of values)
      all.pushAll(postings?.get(entry.values.get(value) ?? OTHER_VALUE)?.toArray() ?? []);
    return values.length === 1 ? all.toArray() : all.toArray().sort();
  }
}

/** By key. A label set has few keys: insertion beats a general sort. */
function sortPairs(pairs: Int32Array, count: number): void {
  for (let i = 2; i < count; i += 2) {
    const key = pairs[i]!;
    const value = pairs[i + 1]!;
    let at = i;
    for (; at > 0 && pairs[at - 2]! > key; at -= 2) {
      pairs[at] = pairs[at - 2]!;
      pairs[at + 1] = pairs[at - 1]!;
    }
    pairs[at] = key;
    pairs[at + 1] = value;
  }
}

/** Equal for equal selectors, different for different ones. */
export function selectorKey(selector: LabelSelector): string {
  const [only] = selector;
  if (only !== undefined && selector.length === 1) return requirementKey(only);
  return selector.map(requirementKey).join('\n');
}

function requirementKey({ key, operator, values }: Requirement): string {
  return `${operator} ${key} ${values.length === 1 ? values[0]! : values.join(' ')}`;
}

function append<Key>(postings: Map<Key, IntList>, key: Key, set: number): void {
  let list = postings.get(key);
  if (list === undefined) {
    list = new IntList();
    postings.set(key, list);
  }
  list.push(set);
}
