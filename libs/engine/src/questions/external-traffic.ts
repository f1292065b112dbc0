import {
  type Cidr,
  type Direction,
  formatAddress,
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
import { EVERYONE, NO_ROW, NOBODY, UNRESOLVED } from '../snapshot-index.js';

/** Traffic with addresses, piecewise: from each `cut` (an atom) up to the next the traffic is the same. */
export interface AddressTraffic {
  readonly cuts: Int32Array;
  /** Traffic set of each piece; one less than cuts. */
  readonly traffic: Int32Array;
}

/**
 * How domain names of rules are read: `CERTAIN` = no address is theirs, so only what passes anyway is allowed;
 * `POSSIBLE` = every address may be.
 */
export type NameReading = 'CERTAIN' | 'POSSIBLE';

/** What the rows of some classes admit with every address outside the cluster: for each address, from or to any class. */
export function trafficWithAddresses(
  analysis: Analysis,
  direction: Direction,
  subjects: readonly { readonly podClass: number; readonly asked: number }[],
  names: NameReading = 'CERTAIN',
): AddressTraffic {
  const end = atomCount(analysis.index.atoms);
  const admitted: { ranges: Int32Array; traffic: number }[] = [];
  const everything = Int32Array.of(0, end);
  for (const { podClass, asked } of subjects) {
    const row = analysis.rowOf(direction, podClass);
    if (row === NO_ROW) admitted.push({ ranges: everything, traffic: asked });
    else
      for (const { ranges, traffic } of analysis.isTiered(direction, row)
        ? tieredPieces(analysis, direction, row, everything, names)
        : addressEntries(analysis, direction, row, everything))
        admitted.push({ ranges, traffic: analysis.traffic.intersection(traffic, asked) });
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

interface RangesWithTraffic {
  readonly ranges: Int32Array;
  readonly traffic: number;
}

/** Entries of a row without tiers that admit addresses: they add up. */
function addressEntries(
  analysis: Analysis,
  direction: Direction,
  row: number,
  everything: Int32Array,
): RangesWithTraffic[] {
  const { entryAddresses, entryTraffic } = analysis.index.compiled;
  const found: RangesWithTraffic[] = [];
  analysis.eachEntry(direction, row, (entry) => {
    const set = entryAddresses[entry]!;
    if (set === NOBODY) return;
    const ranges = set === EVERYONE ? everything : groupOf(analysis.index.addressSets, set);
    found.push({ ranges, traffic: entryTraffic[entry]! });
  });
  return found;
}

/** What a row lets pass, piece by piece of some atoms: in a piece all addresses match the same entries. */
function tieredPieces(
  analysis: Analysis,
  direction: Direction,
  row: number,
  atoms: Int32Array,
  names: NameReading,
): RangesWithTraffic[] {
  return alikeAddresses(analysis, direction, row, atoms).map((ranges) => ({
    ranges,
    traffic: analysis.rowTraffic(direction, row, addressTest(analysis, ranges, names)),
  }));
}

/** Which entries match some address in ranges of atoms. */
export function addressTest(
  analysis: Analysis,
  ranges: Int32Array,
  names: NameReading = 'CERTAIN',
): (entry: number) => boolean {
  const { entryAddresses } = analysis.index.compiled;
  return (entry) =>
    entryAddresses[entry] === UNRESOLVED
      ? names === 'POSSIBLE'
      : analysis.entryAdmitsAtoms(entry, ranges);
}

/** Cuts ranges of atoms so that all addresses of a piece match the same entries of a row. */
export function alikeAddresses(
  analysis: Analysis,
  direction: Direction,
  row: number,
  atoms: Int32Array,
): Int32Array[] {
  const { entryAddresses } = analysis.index.compiled;
  const [ipv6] = atomsOfFamily(analysis.index.atoms, 6);
  const all = new Set<number>([ipv6]);
  analysis.eachEntry(direction, row, (entry) => {
    const set = entryAddresses[entry]!;
    if (set >= 0) for (const cut of groupOf(analysis.index.addressSets, set)) all.add(cut);
  });
  const cuts = Int32Array.from(all).sort();
  const pieces: Int32Array[] = [];
  for (let i = 0; i < atoms.length; i += 2) {
    let at = atoms[i]!;
    const end = atoms[i + 1]!;
    for (const cut of cuts)
      if (cut > at && cut < end) {
        pieces.push(Int32Array.of(at, cut));
        at = cut;
      }
    if (at < end) pieces.push(Int32Array.of(at, end));
  }
  return pieces;
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

/** An address that has traffic whatever the policies say. */
export interface AddressWithTraffic {
  readonly address: IpAddress;
  readonly traffic: number;
}

/** Groups pieces by traffic. What `always` says of single addresses is added to what the pieces say. */
export function groupAddresses(
  analysis: Analysis,
  { cuts, traffic }: AddressTraffic,
  always: readonly AddressWithTraffic[],
): ExternalGroup[] {
  const groups = new Map<number, { ranges: AddressRange[]; atoms: number[] }>();
  const group = (set: number): { ranges: AddressRange[]; atoms: number[] } => {
    let found = groups.get(set);
    if (found === undefined) {
      found = { ranges: [], atoms: [] };
      groups.set(set, found);
    }
    return found;
  };
  const add = (set: number, range: AddressRange): void => {
    const { ranges } = group(set);
    const last = ranges.at(-1);
    if (last?.family === range.family && isNext(last.last, range.first))
      ranges[ranges.length - 1] = { ...last, last: range.last };
    else ranges.push(range);
  };
  const [ipv6] = atomsOfFamily(analysis.index.atoms, 6);
  const exceptions = distinct(analysis, always);
  for (let piece = 0; piece < traffic.length; piece++) {
    const set = traffic[piece]!;
    const [first, end] = [cuts[piece]!, cuts[piece + 1]!];
    if (first === end) continue;
    const family: AddressFamily = first < ipv6 ? 4 : 6;
    let start: readonly number[] | null = atomBounds(analysis.index.atoms, first).first;
    const { last } = atomBounds(analysis.index.atoms, end - 1);
    group(set).atoms.push(first, end);
    for (const { address, traffic: extra } of exceptions) {
      const { words } = address;
      if (address.family !== family || start === null) continue;
      if (compareWords(words, start) < 0 || compareWords(words, last) > 0) continue;
      if (compareWords(start, words) < 0)
        add(set, { family, first: start, last: previousWords(words)! });
      add(analysis.traffic.union(set, extra), { family, first: words, last: words });
      start = nextWords(words);
    }
    if (start !== null && compareWords(start, last) <= 0) add(set, { family, first: start, last });
  }
  groups.delete(NO_TRAFFIC);
  return Array.from(groups, ([set, { ranges, atoms }]) => ({
    traffic: set,
    cidrs: ranges.flatMap(({ family, first, last }) => rangeToCidrs(family, first, last)),
    atoms: Int32Array.from(atoms),
    // A piece may be nothing but an address that has its traffic always.
  })).filter(({ cidrs }) => cidrs.length > 0);
}

/** Sorted by address, each once. */
function distinct(analysis: Analysis, always: readonly AddressWithTraffic[]): AddressWithTraffic[] {
  const byText = new Map<string, AddressWithTraffic>();
  for (const one of always) {
    const text = formatAddress(one.address);
    const known = byText.get(text)?.traffic ?? NO_TRAFFIC;
    byText.set(text, { ...one, traffic: analysis.traffic.union(known, one.traffic) });
  }
  return [...byText.values()].sort(
    (a, b) => a.address.family - b.address.family || compareWords(a.address.words, b.address.words),
  );
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
  if (row === NO_ROW) return FULL_TRAFFIC;
  if (analysis.isTiered(direction, row))
    return tieredPieces(analysis, direction, row, atoms, 'CERTAIN').reduce(
      (union, { traffic }) => analysis.traffic.union(union, traffic),
      NO_TRAFFIC,
    );
  let admitted = NO_TRAFFIC;
  analysis.eachEntry(direction, row, (entry) => {
    if (analysis.entryAdmitsAtoms(entry, atoms))
      admitted = analysis.traffic.union(admitted, analysis.index.compiled.entryTraffic[entry]!);
  });
  return admitted;
}
