import {
  type AddressFamily,
  type Cidr,
  compareWords,
  countAddresses,
  distinctAddresses,
  type IpAddress,
  type NetworksPeer,
  lastWords,
  nextWords,
  parseCidr,
  previousWords,
  wordCount,
} from '@portolan/model';
import { shared } from '../sets/int-list.js';

/**
 * The addresses at which some network of a policy begins or ends cut each family into atoms: ranges that every ipBlock,
 * `networks` and node address has as a whole or not at all. Atoms are numbered through: IPv4 first, then IPv6. Atom 0 begins at 0.0.0.0.
 */
export interface AddressAtoms {
  /** First address of each IPv4 atom (words as unsigned 32-bit in a signed array), sorted as unsigned. */
  readonly ipv4: Int32Array;
  /** First address of each IPv6 atom, four words each. */
  readonly ipv6: Int32Array;
}

export function collectAtoms(networks: Iterable<string>): AddressAtoms {
  const starts: Record<AddressFamily, Map<string, readonly number[]>> = {
    4: new Map([['0', [0]]]),
    6: new Map([['0,0,0,0', [0, 0, 0, 0]]]),
  };
  const seen = new Set<string>();
  for (const text of networks) {
    if (seen.has(text)) continue;
    seen.add(text);
    const network = parseCidr(text);
    const after = nextWords(lastWords(network));
    for (const words of after === null ? [network.words] : [network.words, after])
      starts[network.family].set(words.join(), words);
  }
  const flat = (family: AddressFamily): Int32Array =>
    shared([...starts[family].values()].sort(compareWords).flat());
  return { ipv4: flat(4), ipv6: flat(6) };
}

export function atomCount({ ipv4, ipv6 }: AddressAtoms): number {
  return ipv4.length + ipv6.length / 4;
}

/** Where a family's atoms begin and end in the numbering. */
export function atomsOfFamily(
  atoms: AddressAtoms,
  family: AddressFamily,
): [first: number, end: number] {
  return family === 4 ? [0, atoms.ipv4.length] : [atoms.ipv4.length, atomCount(atoms)];
}

const SIGN = 1 << 31;

/** The atom that an address lies in; its words begin at `offset`. */
export function atomOf(
  atoms: AddressAtoms,
  family: AddressFamily,
  words: ArrayLike<number>,
  offset = 0,
): number {
  if (family === 4) return atomOfIpv4(atoms.ipv4, words[offset]!);
  const width = wordCount(family);
  let low = 0;
  let high = atoms.ipv6.length / width;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (isAtOrBefore(atoms.ipv6, middle * width, words, offset, width)) low = middle;
    else high = middle;
  }
  return atoms.ipv4.length + low;
}

/** Asked of every pod. With the sign bit flipped, signed integers compare as unsigned ones do. */
function atomOfIpv4(starts: Int32Array, word: number): number {
  const wanted = word ^ SIGN;
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle]! ^ SIGN) <= wanted) low = middle;
    else high = middle;
  }
  return low;
}

function isAtOrBefore(
  starts: Int32Array,
  at: number,
  words: ArrayLike<number>,
  offset: number,
  width: number,
): boolean {
  for (let i = 0; i < width; i++) {
    const start = starts[at + i]! >>> 0;
    const word = words[offset + i]! >>> 0;
    if (start !== word) return start < word;
  }
  return true;
}

/** First and last address of an atom. */
export function atomBounds(
  atoms: AddressAtoms,
  atom: number,
): { family: AddressFamily; first: number[]; last: number[] } {
  const family: AddressFamily = atom < atoms.ipv4.length ? 4 : 6;
  const width = wordCount(family);
  const starts = family === 4 ? atoms.ipv4 : atoms.ipv6;
  const local = family === 4 ? atom : atom - atoms.ipv4.length;
  const first = wordsAt(starts, local, width);
  const isLast = (local + 1) * width >= starts.length;
  const last = isLast
    ? first.map(() => 0xffffffff)
    : previousWords(wordsAt(starts, local + 1, width))!;
  return { family, first, last };
}

function wordsAt(starts: Int32Array, index: number, width: number): number[] {
  return Array.from(starts.subarray(index * width, (index + 1) * width), (word) => word >>> 0);
}

/** The atoms of networks as sorted, disjoint [first, end) pairs. Exceptions cut only the peer that they stand in. */
export function atomsOfNetworks(
  atoms: AddressAtoms,
  { cidrs, except }: Pick<NetworksPeer, 'cidrs' | 'except'>,
): Int32Array {
  const holes = mergedAtoms(atoms, except);
  const ranges: number[] = [];
  let hole = 0;
  for (const [first, end] of mergedAtoms(atoms, cidrs)) {
    let at = first;
    while (hole < holes.length && holes[hole]![1] <= at) hole++;
    for (let i = hole; i < holes.length && holes[i]![0] < end; i++) {
      const [from, to] = holes[i]!;
      if (from > at) ranges.push(at, from);
      at = Math.max(at, to);
    }
    if (at < end) ranges.push(at, end);
  }
  return Int32Array.from(ranges);
}

/** The atoms of CIDRs as sorted, disjoint ranges that do not touch. */
function mergedAtoms(atoms: AddressAtoms, cidrs: readonly string[]): [number, number][] {
  const sorted = cidrs.map((cidr) => atomsOfCidr(atoms, cidr)).sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [first, end] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && first <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([first, end]);
  }
  return merged;
}

/**
 * The atoms of disjoint CIDRs, as `mergedAtoms`, but without those of which the CIDRs have no address that is not one of
 * `taken` (addresses of these CIDRs).
 */
export function freeAtoms(
  atoms: AddressAtoms,
  cidrs: readonly string[],
  taken: readonly IpAddress[],
): [number, number][] {
  const merged = mergedAtoms(atoms, cidrs);
  const counts = new Map<number, number>();
  for (const { family, words } of distinctAddresses(taken)) {
    const atom = atomOf(atoms, family, words);
    counts.set(atom, (counts.get(atom) ?? 0) + 1);
  }
  const networks = cidrs.map(parseCidr);
  const full = [...counts]
    .filter(([atom, count]) => count === countInAtom(atoms, atom, networks))
    .map(([atom]) => atom)
    .sort((a, b) => a - b);
  return full.length === 0 ? merged : merged.flatMap((range) => withoutAtoms(range, full));
}

function withoutAtoms(
  [first, end]: [number, number],
  sorted: readonly number[],
): [number, number][] {
  const rest: [number, number][] = [];
  let at = first;
  for (const atom of sorted) {
    if (atom < at || atom >= end) continue;
    if (atom > at) rest.push([at, atom]);
    at = atom + 1;
  }
  if (at < end) rest.push([at, end]);
  return rest;
}

/** How many addresses of an atom lie in disjoint networks. */
function countInAtom(atoms: AddressAtoms, atom: number, networks: readonly Cidr[]): number {
  const { family, first, last } = atomBounds(atoms, atom);
  return networks
    .filter((network) => network.family === family)
    .map((network) => {
      const end = lastWords(network);
      const from = compareWords(first, network.words) < 0 ? network.words : first;
      const to = compareWords(end, last) < 0 ? end : last;
      return compareWords(from, to) > 0 ? 0 : countAddresses(from, to);
    })
    .reduce((sum, count) => sum + count, 0);
}

/** Whether a network is some atoms and no part of one. */
export function hasWholeAtoms(atoms: AddressAtoms, cidr: string): boolean {
  const network = parseCidr(cidr);
  const end = lastWords(network);
  const first = atomBounds(atoms, atomOf(atoms, network.family, network.words));
  const last = atomBounds(atoms, atomOf(atoms, network.family, end));
  return compareWords(first.first, network.words) === 0 && compareWords(last.last, end) === 0;
}

/** Atoms that a CIDR touches. Of a policy's own network these are exactly its addresses. */
function atomsOfCidr(atoms: AddressAtoms, cidr: string): readonly [first: number, end: number] {
  const network = parseCidr(cidr);
  return [
    atomOf(atoms, network.family, network.words),
    atomOf(atoms, network.family, lastWords(network)) + 1,
  ];
}
