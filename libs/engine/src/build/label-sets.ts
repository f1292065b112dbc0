import type { LabelSelector, Requirement } from '@portolan/model';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';

/** Stands for every value of a mentioned key that no selector mentions. */
const OTHER_VALUE = 0;

/**
 * Only what selectors look at. Label keys that no selector mentions vanish, values that none mentions collapse into one:
 * pods that differ in nothing else are the same to every policy.
 */
export class LabelVocabulary {
  readonly #keys = new Map<string, { id: number; values: Map<string, number> }>();

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

  /** The key's id; -1 when no selector mentions it. */
  key(key: string): number {
    return this.#keys.get(key)?.id ?? -1;
  }

  value(key: string, value: string): number {
    return this.#keys.get(key)?.values.get(value) ?? OTHER_VALUE;
  }

  get size(): number {
    return this.#keys.size;
  }
}

/**
 * Distinct label sets as the vocabulary sees them, with postings: for each key, and each value of a key, the sets that
 * have it. Answers to selectors are remembered: these are the cached indexed selectors.
 */
export class LabelSets {
  readonly #sets = new SequenceTable();
  readonly #byKey = new Map<number, IntList>();
  readonly #byValue = new Map<string, IntList>();
  readonly #answers = new Map<string, Int32Array | null>();

  constructor(private readonly vocabulary: LabelVocabulary) {}

  get size(): number {
    return this.#sets.size;
  }

  /** The id of the label set that `labels` look like. */
  project(labels: Iterable<readonly [key: string, value: string]>): number {
    const pairs: [number, number][] = [];
    for (const [key, value] of labels) {
      const id = this.vocabulary.key(key);
      if (id >= 0) pairs.push([id, this.vocabulary.value(key, value)]);
    }
    pairs.sort(([a], [b]) => a - b);
    const before = this.#sets.size;
    const set = this.#sets.intern(Int32Array.from(pairs.flat()));
    if (set === before) for (const [key, value] of pairs) this.#post(set, key, value);
    return set;
  }

  #post(set: number, key: number, value: number): void {
    append(this.#byKey, key, set);
    append(this.#byValue, `${String(key)} ${String(value)}`, set);
  }

  /** Ids of the label sets that satisfy a selector, sorted; null = all of them. Ask only when every set is in. */
  select(selector: LabelSelector): Int32Array | null {
    if (selector.length === 0) return null;
    const text = selectorKey(selector);
    let answer = this.#answers.get(text);
    if (answer === undefined) {
      answer = this.#evaluate(selector);
      this.#answers.set(text, answer);
    }
    return answer;
  }

  /** The rarest posting drives; the other requirements are checked on what it leaves. */
  #evaluate(selector: LabelSelector): Int32Array {
    const needed = selector.filter(({ operator }) => operator === 'In' || operator === 'Exists');
    const postings = needed
      .map((requirement) => this.#posting(requirement))
      .sort((a, b) => a.length - b.length);
    const excluded = selector
      .filter(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')
      .map((requirement) => new Set(this.#posting(requirement)));
    const [driver = Int32Array.from({ length: this.size }, (_, i) => i), ...rest] = postings;
    const others = rest.map((posting) => new Set(posting));
    return driver.filter(
      (set) => others.every((has) => has.has(set)) && !excluded.some((has) => has.has(set)),
    );
  }

  /** Sets that have the key, with one of the values where the operator names values. Sorted. */
  #posting({ key, operator, values }: Requirement): Int32Array {
    const id = this.vocabulary.key(key);
    if (operator === 'Exists' || operator === 'DoesNotExist')
      return this.#byKey.get(id)?.toArray() ?? new Int32Array(0);
    const lists = values.flatMap((value) => {
      const posting = this.#byValue.get(
        `${String(id)} ${String(this.vocabulary.value(key, value))}`,
      );
      return posting === undefined ? [] : [posting.toArray()];
    });
    if (lists.length === 1) return lists[0]!;
    const all = new IntList();
    for (const list of lists) all.pushAll(list);
    return all.toArray().sort();
  }
}

/** Equal for equal selectors, different for different ones. */
export function selectorKey(selector: LabelSelector): string {
  return selector
    .map(({ key, operator, values }) => `${operator} ${key} ${values.join(' ')}`)
    .join('\n');
}

function append<Key>(postings: Map<Key, IntList>, key: Key, set: number): void {
  let list = postings.get(key);
  if (list === undefined) {
    list = new IntList();
    postings.set(key, list);
  }
  list.push(set);
}
