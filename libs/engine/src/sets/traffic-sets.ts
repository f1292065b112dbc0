import { MAX_PORT, MIN_PORT, type PortRange, PROTOCOLS, type TrafficSet } from '@portolan/model';
import type { Grouped } from './grouped.js';
import { IntList } from './int-list.js';

/** Ids of the two sets that every table begins with. */
export const NO_TRAFFIC = 0;
export const FULL_TRAFFIC = 1;

/** Integers that one range takes: protocol (index in PROTOCOLS), first and last port. */
const RANGE_WORDS = 3;

/** Beyond this many sets an id pair no longer fits the memo's key. */
const ID_LIMIT = 1 << 26;

/**
 * Traffic sets, hash-consed: equal sets have one id, so equality is `===` and the results of union, intersection and
 * difference are remembered by a pair of ids. A set is a run of [protocol, from, to], sorted, disjoint and merged.
 */
export class TrafficSets {
  readonly #sets: Int32Array[] = [];
  readonly #spelledOut: (TrafficSet | undefined)[] = [];
  readonly #ids = new Map<string, number>();
  readonly #unions = new Map<number, number>();
  readonly #intersections = new Map<number, number>();
  readonly #differences = new Map<number, number>();

  constructor() {
    this.#intern(new Int32Array(0));
    this.#intern(
      Int32Array.from(PROTOCOLS.flatMap((_, protocol) => [protocol, MIN_PORT, MAX_PORT])),
    );
  }

  /** The table of an index; ids stay the same. */
  static from({ offsets, items }: Grouped): TrafficSets {
    const table = new TrafficSets();
    for (let id = 0; id + 1 < offsets.length; id++)
      table.#intern(items.slice(offsets[id], offsets[id + 1]));
    return table;
  }

  get size(): number {
    return this.#sets.length;
  }

  /** All sets in the order of their ids, for an index. */
  toGrouped(): { offsets: Int32Array; items: Int32Array } {
    const offsets = new IntList();
    const items = new IntList();
    offsets.push(0);
    for (const set of this.#sets) {
      items.pushAll(set);
      offsets.push(items.length);
    }
    return { offsets: offsets.toShared(), items: items.toShared() };
  }

  /** The set of ports `from` to `to` of a protocol (index in PROTOCOLS). */
  range(protocol: number, from: number, to: number): number {
    return this.#intern(Int32Array.of(protocol, from, to));
  }

  union(a: number, b: number): number {
    if (a === b || b === NO_TRAFFIC || a === FULL_TRAFFIC) return a;
    if (a === NO_TRAFFIC || b === FULL_TRAFFIC) return b;
    const key = a < b ? a * ID_LIMIT + b : b * ID_LIMIT + a;
    let id = this.#unions.get(key);
    if (id === undefined) {
      id = this.#intern(unite(this.#sets[a]!, this.#sets[b]!));
      this.#unions.set(key, id);
    }
    return id;
  }

  intersection(a: number, b: number): number {
    if (a === b || a === NO_TRAFFIC || b === FULL_TRAFFIC) return a;
    if (b === NO_TRAFFIC || a === FULL_TRAFFIC) return b;
    const key = a < b ? a * ID_LIMIT + b : b * ID_LIMIT + a;
    let id = this.#intersections.get(key);
    if (id === undefined) {
      id = this.#intern(intersect(this.#sets[a]!, this.#sets[b]!));
      this.#intersections.set(key, id);
    }
    return id;
  }

  /** What is in `a` and not in `b`. */
  difference(a: number, b: number): number {
    if (a === NO_TRAFFIC || b === NO_TRAFFIC) return a;
    if (a === b || b === FULL_TRAFFIC) return NO_TRAFFIC;
    const key = a * ID_LIMIT + b;
    let id = this.#differences.get(key);
    if (id === undefined) {
      id = this.#intern(subtract(this.#sets[a]!, this.#sets[b]!));
      this.#differences.set(key, id);
    }
    return id;
  }

  /** The set as the vocabulary has it: the same object each time. */
  get(id: number): TrafficSet {
    let known = this.#spelledOut[id];
    if (known === undefined) {
      const set = this.#sets[id]!;
      known = Array.from({ length: set.length / RANGE_WORDS }, (_, i) => ({
        protocol: PROTOCOLS[set[RANGE_WORDS * i]!]!,
        from: set[RANGE_WORDS * i + 1]!,
        to: set[RANGE_WORDS * i + 2]!,
      }));
      this.#spelledOut[id] = known;
    }
    return known;
  }

  /** The id of a set given as ranges in any order, overlapping or not. */
  add(ranges: readonly PortRange[]): number {
    const [only] = ranges;
    if (only !== undefined && ranges.length === 1)
      return this.range(PROTOCOLS.indexOf(only.protocol), only.from, only.to);
    const words = ranges
      .map(({ protocol, from, to }) => [PROTOCOLS.indexOf(protocol), from, to] as const)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return this.#intern(merge(words));
  }

  #intern(set: Int32Array): number {
    const key = textOf(set);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#sets.length;
      this.#sets.push(set);
      this.#ids.set(key, id);
    }
    return id;
  }
}

/** Each word fits a UTF-16 code unit, so a set spelled out is its key. */
function textOf(set: Int32Array): string {
  let text = '';
  for (let i = 0; i < set.length; i += RANGE_WORDS)
    text += String.fromCharCode(set[i]!, set[i + 1]!, set[i + 2]!);
  return text;
}

function unite(a: Int32Array, b: Int32Array): Int32Array {
  const ranges: Range[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && precedes(a, i, b, j));
    ranges.push(takeA ? [a[i]!, a[i + 1]!, a[i + 2]!] : [b[j]!, b[j + 1]!, b[j + 2]!]);
    if (takeA) i += RANGE_WORDS;
    else j += RANGE_WORDS;
  }
  return merge(ranges);
}

type Range = readonly [protocol: number, from: number, to: number];

/** Joins sorted ranges that overlap or touch. */
function merge(ranges: readonly Range[]): Int32Array {
  const out: number[] = [];
  for (const [protocol, from, to] of ranges) {
    const last = out.length - RANGE_WORDS;
    if (last >= 0 && out[last] === protocol && from <= out[last + 2]! + 1)
      out[last + 2] = Math.max(out[last + 2]!, to);
    else out.push(protocol, from, to);
  }
  return Int32Array.from(out);
}

function precedes(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  return a[i]! < b[j]! || (a[i] === b[j] && a[i + 1]! <= b[j + 1]!);
}

function intersect(a: Int32Array, b: Int32Array): Int32Array {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      const from = Math.max(a[i + 1]!, b[j + 1]!);
      const to = Math.min(a[i + 2]!, b[j + 2]!);
      if (from <= to) out.push(a[i]!, from, to);
    }
    if (a[i]! < b[j]! || (a[i] === b[j] && b[j + 2]! > a[i + 2]!)) i += RANGE_WORDS;
    else j += RANGE_WORDS;
  }
  return Int32Array.from(out);
}

function subtract(a: Int32Array, b: Int32Array): Int32Array {
  const out: number[] = [];
  for (let i = 0; i < a.length; i += RANGE_WORDS) {
    let from = a[i + 1]!;
    for (let j = 0; j < b.length; j += RANGE_WORDS) {
      if (b[j] !== a[i] || b[j + 2]! < from || b[j + 1]! > a[i + 2]!) continue;
      if (b[j + 1]! > from) out.push(a[i]!, from, b[j + 1]! - 1);
      from = b[j + 2]! + 1;
    }
    if (from <= a[i + 2]!) out.push(a[i]!, from, a[i + 2]!);
  }
  return Int32Array.from(out);
}
