import {
  type Cidr,
  commonCidr,
  parseCidr,
  type Direction,
  formatAddress,
  type IpAddress,
  type AddressFamily,
  compareWords,
  nextWords,
  previousWords,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomBounds, atomCount, atomsOfFamily } from '../build/address-atoms.js';
import { type AddressRange, appendRange, cidrsOfRanges } from '../sets/address-ranges.js';
import { firstNotBelow } from '../sets/atom-ranges.js';
import { groupOf } from '../sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { TrafficSum, TrafficSums } from '../sets/traffic-sum.js';
import type { ExternalAddresses } from './resolved-endpoint.js';
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
  const total = new Int32Array(cuts.length - 1).fill(NO_TRAFFIC);
  const sums = new TrafficSums(total.length);
  const position = new Map(Array.from(cuts, (cut, i) => [cut, i]));
  for (const { ranges, traffic: one } of admitted)
    for (let i = 0; i < ranges.length; i += 2)
      for (let piece = position.get(ranges[i]!)!; piece < position.get(ranges[i + 1]!)!; piece++)
        sums.add(analysis.traffic, total, piece, one);
  sums.end(analysis.traffic, total);
  return { cuts, traffic: total };
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
  return piecesBetween(cutsOfRow(analysis, direction, row), atoms);
}

/** The atoms, sorted, at which addresses begin to match other entries of a row. */
export function cutsOfRow(analysis: Analysis, direction: Direction, row: number): Int32Array {
  const { entryAddresses } = analysis.index.compiled;
  const [ipv6] = atomsOfFamily(analysis.index.atoms, 6);
  const all = new Set<number>([ipv6]);
  analysis.eachEntry(direction, row, (entry) => {
    const set = entryAddresses[entry]!;
    if (set >= 0) for (const cut of groupOf(analysis.index.addressSets, set)) all.add(cut);
  });
  return Int32Array.from(all).sort();
}

/** Ranges of atoms, cut. */
export function piecesBetween(cuts: Int32Array, atoms: Int32Array): Int32Array[] {
  const pieces: Int32Array[] = [];
  for (let i = 0; i < atoms.length; i += 2) {
    let at = atoms[i]!;
    const end = atoms[i + 1]!;
    for (let next = firstNotBelow(cuts, at + 1); next < cuts.length && cuts[next]! < end; next++) {
      pieces.push(Int32Array.of(at, cuts[next]!));
      at = cuts[next]!;
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
  /** Addresses of the pods' own nodes, which policies alone would not let pass all this. */
  readonly isNodeLocal: boolean;
}

/** An address that has traffic whatever the policies say. */
export interface AddressWithTraffic {
  readonly address: IpAddress;
  readonly traffic: number;
}

interface AddressGroup {
  readonly traffic: number;
  readonly isNodeLocal: boolean;
  readonly ranges: AddressRange[];
  readonly atoms: number[];
}

/**
 * Groups pieces by traffic. What `always` says of single addresses is added to what the pieces say; those that it gives
 * more are groups of their own.
 */
export function groupAddresses(
  analysis: Analysis,
  { cuts, traffic }: AddressTraffic,
  always: readonly AddressWithTraffic[],
): ExternalGroup[] {
  const groups = new Map<string, AddressGroup>();
  const group = (set: number, isNodeLocal: boolean): AddressGroup => {
    const key = `${set} ${isNodeLocal}`;
    let found = groups.get(key);
    if (found === undefined) {
      found = { traffic: set, isNodeLocal, ranges: [], atoms: [] };
      groups.set(key, found);
    }
    return found;
  };
  const [ipv6] = atomsOfFamily(analysis.index.atoms, 6);
  const exceptions = distinct(analysis, always);
  for (let piece = 0; piece < traffic.length; piece++) {
    const set = traffic[piece]!;
    const [first, end] = [cuts[piece]!, cuts[piece + 1]!];
    if (first === end || belongsToPods(analysis, first, end)) continue;
    const family: AddressFamily = first < ipv6 ? 4 : 6;
    let start: readonly number[] | null = atomBounds(analysis.index.atoms, first).first;
    const { last } = atomBounds(analysis.index.atoms, end - 1);
    const plain = group(set, false);
    plain.atoms.push(first, end);
    for (const { address, traffic: extra } of exceptions) {
      const { words } = address;
      if (address.family !== family || start === null) continue;
      if (compareWords(words, start) < 0 || compareWords(words, last) > 0) continue;
      const together = analysis.traffic.union(set, extra);
      if (together === set) continue;
      if (compareWords(start, words) < 0)
        appendRange(plain.ranges, { family, first: start, last: previousWords(words)! });
      const own = group(together, true);
      appendRange(own.ranges, { family, first: words, last: words });
      own.atoms.push(first, end);
      start = nextWords(words);
    }
    if (start !== null && compareWords(start, last) <= 0)
      appendRange(plain.ranges, { family, first: start, last });
  }
  return (
    [...groups.values()]
      // A piece may be nothing but an address that has its traffic always.
      .filter(({ ranges, traffic: set }) => ranges.length > 0 && set !== NO_TRAFFIC)
      .map(({ ranges, atoms, ...rest }) => ({
        ...rest,
        cidrs: cidrsOfRanges(ranges),
        atoms: Int32Array.from(atoms),
      }))
  );
}

/** The part of some groups that lies in given addresses. */
export function clipGroups(
  groups: readonly ExternalGroup[],
  { cidrs, atoms }: ExternalAddresses,
): ExternalGroup[] {
  const networks = cidrs.map(parseCidr);
  return groups
    .map((group) => ({
      ...group,
      cidrs: group.cidrs.flatMap((cidr) =>
        networks.map((network) => commonCidr(cidr, network)).filter((common) => common !== null),
      ),
      atoms: commonAtoms(group.atoms, atoms),
    }))
    .filter((group) => group.cidrs.length > 0 && group.atoms.length > 0);
}

function commonAtoms(a: Int32Array, b: Int32Array): Int32Array {
  const common: number[] = [];
  for (let i = 0; i < a.length; i += 2) common.push(...clipAtoms(b, a[i]!, a[i + 1]!));
  return Int32Array.from(common);
}

/** The part of [first, end) ranges that lies between two atoms. */
export function clipAtoms(ranges: Int32Array, first: number, end: number): Int32Array {
  const clipped: number[] = [];
  for (let i = 0; i < ranges.length; i += 2) {
    const from = Math.max(first, ranges[i]!);
    const to = Math.min(end, ranges[i + 1]!);
    if (from < to) clipped.push(from, to);
  }
  return Int32Array.from(clipped);
}

/** Whether all addresses of a piece are pods': what passes there is said of these pods. */
function belongsToPods({ facts }: Analysis, first: number, end: number): boolean {
  for (let atom = first; atom < end; atom++) if (!facts.isPodAddress(atom)) return false;
  return true;
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
  const admitted = new TrafficSum(analysis.traffic);
  analysis.eachEntry(direction, row, (entry) => {
    if (analysis.entryAdmitsAtoms(entry, atoms))
      admitted.add(analysis.index.compiled.entryTraffic[entry]!);
  });
  return admitted.total();
}
