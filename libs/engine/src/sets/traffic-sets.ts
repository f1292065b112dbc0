import { MAX_PORT, MIN_PORT, type PortRange, PROTOCOLS, type TrafficSet } from '@portolan/model';
import type { Grouped } from './grouped.js';
import { IntList } from './int-list.js';
import { hash } from './tuple-table.js';

/** Ids of the two sets that every table begins with. */
export const NO_TRAFFIC = 0;
export const FULL_TRAFFIC = 1;

/** Integers that one range takes: protocol (index in PROTOCOLS), first and last port. */
const RANGE_WORDS = 3;

/** More than there are ports, for ranges as one number. */
const PORTS = 1 << 16;

/** Unions of so few sets come again and again, so each step of them is remembered. */
const FEW_SETS = 8;

/** Beyond this many sets an id pair no longer fits the memo's key. */
const ID_LIMIT = 1 << 26;

/**
 * Traffic sets, hash-consed: equal sets have one id, so equality is `===` and the results of union, intersection and
 * difference are remembered by a pair of ids. A set is a run of [protocol, from, to], sorted, disjoint and merged.
 */
export class TrafficSets {
  readonly #sets: Int32Array[] = [];
  readonly #spelledOut: (TrafficSet | undefined)[] = [];
  /** By hash, the last set that has it. */
  readonly #lastOfHash = new Map<number, number>();
  /** By set, the one before it with its hash, or -1. */
  readonly #before: number[] = [];
  readonly #unions = new Map<number, number>();
  readonly #intersections = new Map<number, number>();
  readonly #differences = new Map<number, number>();

  #words = 0;

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

  /** Integers that all sets together take. */
  get words(): number {
    return this.#words;
  }

  /** The id here of a set of another table, as an index has it. */
  adopt(set: Int32Array): number {
    return this.#intern(set.slice());
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

  /**
   * The union of many sets. What lies between is not kept: of sets that all differ, the unions of the first two, the first
   * three and so on take as much memory as the square of their number.
   */
  unionOf(ids: readonly number[]): number {
    if (ids.length <= FEW_SETS) return ids.reduce((all, id) => this.union(all, id), NO_TRAFFIC);
    return ids.includes(FULL_TRAFFIC) ? FULL_TRAFFIC : this.#intern(this.#united(ids));
  }

  #united(ids: readonly number[]): Int32Array {
    const sorted = Int32Array.from(ids).sort();
    const distinct = sorted.filter((id, i) => id !== sorted[i - 1]);
    let length = 0;
    for (const id of distinct) length += this.#sets[id]!.length;
    const words = new Float64Array(length / RANGE_WORDS);
    let at = 0;
    for (const id of distinct) {
      const set = this.#sets[id]!;
      for (let i = 0; i < set.length; i += RANGE_WORDS)
        words[at++] = packed(set[i]!, set[i + 1]!, set[i + 2]!);
    }
    return mergePacked(words.sort());
  }

  intersection(a: number, b: number): number {
    if (a === b || a === NO_TRAFFIC || b === FULL_TRAFFIC) return a;
    if (b === NO_TRAFFIC || a === FULL_TRAFFIC) return b;
    if (this.#areApart(a, b)) return NO_TRAFFIC;
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
    if (this.#areApart(a, b)) return a;
    const key = a * ID_LIMIT + b;
    let id = this.#differences.get(key);
    if (id === undefined) {
      id = this.#intern(subtract(this.#sets[a]!, this.#sets[b]!));
      this.#differences.set(key, id);
    }
    return id;
  }

  /** Whether two sets have something in common. Asked of many pairs once: nothing is remembered. */
  meet(a: number, b: number): boolean {
    if (a === NO_TRAFFIC || b === NO_TRAFFIC) return false;
    if (a === b || a === FULL_TRAFFIC || b === FULL_TRAFFIC) return true;
    return !this.#areApart(a, b) && intersect(this.#sets[a]!, this.#sets[b]!).length > 0;
  }

  /** Whether `ids` together have all of a set. Their union is not kept. */
  areEnough(ids: readonly number[], wanted: number): boolean {
    if (wanted === NO_TRAFFIC || ids.includes(FULL_TRAFFIC)) return true;
    return subtract(this.#sets[wanted]!, this.#united(ids)).length === 0;
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
    const words = Float64Array.from(ranges, ({ protocol, from, to }) =>
      packed(PROTOCOLS.indexOf(protocol), from, to),
    );
    return this.#intern(mergePacked(words.sort()));
  }

  /** Whether all of one comes before all of the other: seen at once, so pairs of single ports are not remembered. */
  #areApart(a: number, b: number): boolean {
    const [one, other] = [this.#sets[a]!, this.#sets[b]!];
    return endsBefore(one, other) || endsBefore(other, one);
  }

  #intern(set: Int32Array): number {
    const key = hash(set);
    const last = this.#lastOfHash.get(key) ?? -1;
    for (let id = last; id >= 0; id = this.#before[id]!)
      if (areEqual(this.#sets[id]!, set)) return id;
    const id = this.#sets.length;
    this.#sets.push(set);
    this.#words += set.length;
    this.#before.push(last);
    this.#lastOfHash.set(key, id);
    return id;
  }
}

/** Of two sets that are not empty. */
function endsBefore(a: Int32Array, b: Int32Array): boolean {
  const protocol = a[a.length - RANGE_WORDS]! - b[0]!;
  return protocol < 0 || (protocol === 0 && a[a.length - 1]! < b[1]!);
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A range as one number, so that ranges sort by protocol, then by first port. */
function packed(protocol: number, from: number, to: number): number {
  return (protocol * PORTS + from) * PORTS + to;
}

/** Joins sorted ranges that overlap or touch. */
function mergePacked(ranges: Float64Array): Int32Array {
  const out = new Int32Array(ranges.length * RANGE_WORDS);
  let length = 0;
  for (const range of ranges) {
    const to = range % PORTS;
    const start = Math.floor(range / PORTS);
    const from = start % PORTS;
    const protocol = Math.floor(start / PORTS);
    if (length > 0 && out[length - 3] === protocol && from <= out[length - 1]! + 1) {
      if (to > out[length - 1]!) out[length - 1] = to;
      continue;
    }
    out[length] = protocol;
    out[length + 1] = from;
    out[length + 2] = to;
    length += RANGE_WORDS;
  }
  return out.slice(0, length);
}

function unite(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && precedes(a, i, b, j));
    const set = takeA ? a : b;
    const at = takeA ? i : j;
    if (takeA) i += RANGE_WORDS;
    else j += RANGE_WORDS;
    const last = length - RANGE_WORDS;
    if (last >= 0 && out[last] === set[at] && set[at + 1]! <= out[last + 2]! + 1) {
      if (set[at + 2]! > out[last + 2]!) out[last + 2] = set[at + 2]!;
      continue;
    }
    out[length] = set[at]!;
    out[length + 1] = set[at + 1]!;
    out[length + 2] = set[at + 2]!;
    length += RANGE_WORDS;
  }
  return out.slice(0, length);
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
  let start = 0;
  for (let i = 0; i < a.length; i += RANGE_WORDS) {
    let from = a[i + 1]!;
    // What ends before this range ends before all that follow.
    while (start < b.length && (b[start]! < a[i]! || (b[start] === a[i] && b[start + 2]! < from)))
      start += RANGE_WORDS;
    for (let j = start; j < b.length && b[j] === a[i] && b[j + 1]! <= a[i + 2]!; j += RANGE_WORDS) {
      if (b[j + 1]! > from) out.push(a[i]!, from, b[j + 1]! - 1);
      from = b[j + 2]! + 1;
    }
    if (from <= a[i + 2]!) out.push(a[i]!, from, a[i + 2]!);
  }
  return Int32Array.from(out);
}
