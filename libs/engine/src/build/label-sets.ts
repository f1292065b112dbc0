import { invariant, type LabelSelector, type Requirement, TextTable } from '@portolan/model';
import { type Grouped, groupOf, groupPairs, hasSorted } from '../sets/grouped.js';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';

/** A label key that selectors look at, and the values of it that they name: numbers from 1, each of one value of one key. */
interface VocabularyEntry {
  readonly id: number;
  readonly values: Map<string, number>;
}

/** Stands for every value of a mentioned key that no selector mentions. */
const OTHER_VALUE = 0;

/**
 * Only what selectors look at. Label keys that no selector mentions vanish, values that none mentions collapse into one:
 * pods that differ in nothing else are the same to every policy.
 */
export class LabelVocabulary {
  readonly #keys = new Map<string, VocabularyEntry>();
  readonly #keyTexts = new TextTable();
  /** Values, each in the group of its key. */
  readonly #valueTexts = new TextTable();

  mention(selector: LabelSelector): void {
    for (const { key, values } of selector) {
      let entry = this.#keys.get(key);
      if (entry === undefined) {
        entry = { id: this.#keyTexts.internText(key), values: new Map() };
        this.#keys.set(key, entry);
      }
      for (const value of values)
        if (!entry.values.has(value))
          entry.values.set(value, this.#valueTexts.internText(value, entry.id) + 1);
    }
  }

  get keyCount(): number {
    return this.#keyTexts.size;
  }

  /** Numbers of values are below this. */
  get valueLimit(): number {
    return this.#valueTexts.size + 1;
  }

  /** The number of a key; -1 when no selector looks at it. */
  key(key: string): number {
    return this.#keys.get(key)?.id ?? -1;
  }

  /** The number of a value of a key that is mentioned. */
  value(key: string, value: string): number {
    return this.#keys.get(key)?.values.get(value) ?? OTHER_VALUE;
  }

  /** The same of texts in UTF-8, between two offsets. What the table does not have is -1, so that its value is OTHER_VALUE. */
  keyIn(bytes: Uint8Array, start: number, end: number): number {
    return this.#keyTexts.find(bytes, start, end);
  }
  valueIn(key: number, bytes: Uint8Array, start: number, end: number): number {
    return this.#valueTexts.find(bytes, start, end, key) + 1;
  }

  /** Whether everything that a selector looks at is mentioned. */
  has(selector: LabelSelector): boolean {
    return selector.every(({ key, values }) => {
      const entry = this.#keys.get(key);
      return entry !== undefined && values.every((value) => entry.values.has(value));
    });
  }
}

/** So few are searched: a selector for one application needs no bit for every label set. */
const FEW_SETS = 32;

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
    return this.#isListed(set) !== this.isComplement;
  }

  #isListed(set: number): boolean {
    if (this.listed.length <= FEW_SETS) return hasSorted(this.listed, set);
    this.#bits ??= bitsOf(this.listed, this.size);
    return ((this.#bits[set >>> 5]! >>> (set & 31)) & 1) === 1;
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
  readonly #answers = new Map<string, Selection>();
  #postings: { readonly byKey: Grouped; readonly byValue: Grouped } | null = null;

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
    return this.#sets.internPart(pairs, 0, count);
  }

  /** The id of the label set that `labels` look like. */
  project(labels: Iterable<readonly [key: string, value: string]>): number {
    const pairs: number[] = [];
    for (const [key, value] of labels) {
      const id = this.vocabulary.key(key);
      if (id >= 0) pairs.push(id, this.vocabulary.value(key, value));
    }
    return this.intern(Int32Array.from(pairs), pairs.length);
  }

  /** Made with the first selector, when every set is in. */
  #posted(): { readonly byKey: Grouped; readonly byValue: Grouped } {
    if (this.#postings !== null) return this.#postings;
    const { offsets, items } = this.#sets.toGrouped();
    const pairs = items.length / 2;
    const [sets, keys, values] = [1, 2, 3].map(() => new Int32Array(pairs)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    for (let set = 0; set < this.size; set++)
      for (let i = offsets[set]! / 2; i < offsets[set + 1]! / 2; i++) {
        sets[i] = set;
        keys[i] = items[2 * i]!;
        values[i] = items[2 * i + 1]!;
      }
    this.#postings = {
      byKey: groupPairs(this.vocabulary.keyCount, keys, sets),
      byValue: groupPairs(this.vocabulary.valueLimit, values, sets),
    };
    return this.#postings;
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
    const id = this.vocabulary.key(key);
    invariant(id >= 0, 'a selector is mentioned before it is asked');
    const { byKey, byValue } = this.#posted();
    if (operator === 'Exists' || operator === 'DoesNotExist') return groupOf(byKey, id);
    const [only] = values;
    if (only !== undefined && values.length === 1)
      return groupOf(byValue, this.vocabulary.value(key, only));
    const all = new IntList();
    for (const value of values) all.pushAll(groupOf(byValue, this.vocabulary.value(key, value)));
    return all.toArray().sort();
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
