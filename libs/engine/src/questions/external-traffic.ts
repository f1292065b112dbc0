import {
  type Cidr,
  type Direction,
  formatCidr,
  type IpAddress,
  rangeToCidrs,
  type AddressFamily,
  compareWords,
  nextWords,
  previousWords,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomBounds, atomCount, atomsOfFamily } from '../build/address-atoms.js';
import { groupOf } from '../sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { EVERYONE, NOBODY, NOT_ISOLATED } from '../snapshot-index.js';

/** Traffic with addresses, piecewise: from each `cut` (an atom) up to the next the traffic is the same. */
export interface AddressTraffic {
  readonly cuts: Int32Array;
  /** Traffic set of each piece; one less than cuts. */
  readonly traffic: Int32Array;
}

/** What the rows of some classes admit with every address outside the cluster: for each address, from or to any class. */
export function trafficWithAddresses(
  analysis: Analysis,
  direction: Direction,
  subjects: readonly { readonly podClass: number; readonly asked: number }[],
): AddressTraffic {
  const end = atomCount(analysis.index.atoms);
  const admitted: { ranges: Int32Array; traffic: number }[] = [];
  const everything = Int32Array.of(0, end);
  for (const { podClass, asked } of subjects) {
    const row = analysis.rowOf(direction, podClass);
    if (row === NOT_ISOLATED) admitted.push({ ranges: everything, traffic: asked });
    else
      for (const { ranges, traffic } of addressEntries(analysis, direction, row))
        admitted.push({
          ranges: ranges ?? everything,
          traffic: analysis.traffic.intersection(traffic, asked),
        });
  }
  const [ipv6] = atomsOfFamily(analysis.index.atoms, 6);
  const cuts = Int32Array.from(
    new Set([0, ipv6, end, ...admitted.flatMap(({ ranges }) => Array.from(ranges))]),
  ).sort();
  const traffic = new Int32Array(cuts.length - 1);
  const position = new Map(Array.from(cuts, (cut, i) => [cut, i]));
  for (const { ranges, traffic: one } of admitted)
    for (let i = 0; i < ranges.length; i += 2)
      for (let piece = position.get(ranges[i]!)!; piece < position.get(ranges[i + 1]!)!; piece++)
        traffic[piece] = analysis.traffic.union(traffic[piece]!, one);
  return { cuts, traffic };
}

/** Entries of a row that admit addresses; `ranges` null = every address. */
function addressEntries(
  analysis: Analysis,
  direction: Direction,
  row: number,
): { ranges: Int32Array | null; traffic: number }[] {
  const { entryAddresses, entryTraffic } = analysis.index.compiled;
  return analysis.entriesOf(direction, row).flatMap(({ entry }) => {
    const set = entryAddresses[entry]!;
    if (set === NOBODY) return [];
    const ranges = set === EVERYONE ? null : groupOf(analysis.index.addressSets, set);
    return [{ ranges, traffic: entryTraffic[entry]! }];
  });
}

/** Addresses with the same traffic, as the fewest CIDRs. Addresses with no traffic are left out. */
export interface ExternalGroup {
  readonly traffic: number;
  readonly cidrs: readonly Cidr[];
  /** Pieces' atoms as [first, end) pairs, to find the rules that admit them. */
  readonly atoms: Int32Array;
}

interface AddressRange {
  readonly family: AddressFamily;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Groups pieces by traffic. `always` are addresses that have `alwaysTraffic` whatever the pieces say. */
export function groupAddresses(
  analysis: Analysis,
  { cuts, traffic }: AddressTraffic,
  always: readonly IpAddress[],
  alwaysTraffic: number,
): ExternalGroup[] {
  const ranges = new Map<number, AddressRange[]>();
  const atoms = new Map<number, number[]>();
  const [ipv6] = atomsOfFamily(analysis.index.atoms, 6);
  const add = (set: number, range: AddressRange): void => {
    const last = ranges.get(set)?.at(-1);
    if (last?.family === range.family && isNext(last.last, range.first))
      ranges.get(set)!.splice(-1, 1, { ...last, last: range.last });
    else ranges.set(set, [...(ranges.get(set) ?? []), range]);
  };
  const exceptions = distinct(always);
  for (let piece = 0; piece < traffic.length; piece++) {
    const set = traffic[piece]!;
    const [first, end] = [cuts[piece]!, cuts[piece + 1]!];
    if (first === end) continue;
    const family: AddressFamily = first < ipv6 ? 4 : 6;
    let start: readonly number[] | null = atomBounds(analysis.index.atoms, first).first;
    const { last } = atomBounds(analysis.index.atoms, end - 1);
    if (set !== NO_TRAFFIC) atoms.set(set, [...(atoms.get(set) ?? []), first, end]);
    for (const { words } of exceptions.filter((address) => address.family === family)) {
      if (start === null || compareWords(words, start) < 0 || compareWords(words, last) > 0)
        continue;
      if (set !== NO_TRAFFIC && compareWords(start, words) < 0)
        add(set, { family, first: start, last: previousWords(words)! });
      add(analysis.traffic.union(set, alwaysTraffic), { family, first: words, last: words });
      start = nextWords(words);
    }
    if (set !== NO_TRAFFIC && start !== null && compareWords(start, last) <= 0)
      add(set, { family, first: start, last });
  }
  ranges.delete(NO_TRAFFIC);
  return Array.from(ranges, ([set, list]) => ({
    traffic: set,
    cidrs: list.flatMap(({ family, first, last }) => rangeToCidrs(family, first, last)),
    atoms: Int32Array.from(atoms.get(set) ?? []),
  }));
}

function distinct(addresses: readonly IpAddress[]): IpAddress[] {
  const byText = new Map(
    addresses.map((address) => [formatCidr({ ...address, prefix: 0 }), address]),
  );
  return [...byText.values()].sort((a, b) => a.family - b.family || compareWords(a.words, b.words));
}

function isNext(last: readonly number[], first: readonly number[]): boolean {
  const next = nextWords(last);
  return next !== null && compareWords(next, first) === 0;
}

/** What a row admits with some of the addresses in ranges of atoms: the union over them. */
export function trafficWithSomeAddress(
  analysis: Analysis,
  direction: Direction,
  subject: number,
  atoms: Int32Array,
): number {
  const row = analysis.rowOf(direction, subject);
  if (row === NOT_ISOLATED) return FULL_TRAFFIC;
  let admitted = NO_TRAFFIC;
  for (const { entry } of analysis.entriesOf(direction, row))
    if (analysis.entryAdmitsAtoms(entry, atoms))
      admitted = analysis.traffic.union(admitted, analysis.index.compiled.entryTraffic[entry]!);
  return admitted;
}
