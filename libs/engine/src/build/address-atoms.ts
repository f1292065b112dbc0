import {
  type AddressFamily,
  compareWords,
  type IpBlockPeer,
  lastWords,
  nextWords,
  parseCidr,
  previousWords,
  wordCount,
} from '@portolan/model';
import { shared } from '../sets/int-list.js';

/**
 * The addresses at which some ipBlock begins or ends cut each family into atoms: ranges that every ipBlock has as a whole
 * or not at all. Atoms are numbered through: IPv4 first, then IPv6. Atom 0 begins at 0.0.0.0.
 */
export interface AddressAtoms {
  /** First address of each IPv4 atom (words as unsigned 32-bit in a signed array), sorted as unsigned. */
  readonly ipv4: Int32Array;
  /** First address of each IPv6 atom, four words each. */
  readonly ipv6: Int32Array;
}

export function collectAtoms(blocks: Iterable<IpBlockPeer>): AddressAtoms {
  const starts: Record<AddressFamily, Map<string, readonly number[]>> = {
    4: new Map([['0', [0]]]),
    6: new Map([['0,0,0,0', [0, 0, 0, 0]]]),
  };
  const seen = new Set<string>();
  for (const { cidr, except } of blocks) {
    for (const text of [cidr, ...except]) {
      if (seen.has(text)) continue;
      seen.add(text);
      const network = parseCidr(text);
      const after = nextWords(lastWords(network));
      for (const words of after === null ? [network.words] : [network.words, after])
        starts[network.family].set(words.join(), words);
    }
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

/** The atom that an address lies in; its words begin at `offset`. */
export function atomOf(
  atoms: AddressAtoms,
  family: AddressFamily,
  words: ArrayLike<number>,
  offset = 0,
): number {
  const width = wordCount(family);
  const starts = family === 4 ? atoms.ipv4 : atoms.ipv6;
  let low = 0;
  let high = starts.length / width;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (isAtOrBefore(starts, middle * width, words, offset, width)) low = middle;
    else high = middle;
  }
  return family === 4 ? low : atoms.ipv4.length + low;
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

/** The atoms of an ipBlock as sorted, disjoint [first, end) pairs. Its excepts cut only itself. */
export function atomsOfBlock(atoms: AddressAtoms, { cidr, except }: IpBlockPeer): Int32Array {
  const [first, end] = atomsOfCidr(atoms, cidr);
  const holes = except.map((hole) => atomsOfCidr(atoms, hole)).sort(([a], [b]) => a - b);
  const ranges: number[] = [];
  let at = first;
  for (const [from, to] of holes) {
    if (from > at) ranges.push(at, from);
    at = Math.max(at, to);
  }
  if (at < end) ranges.push(at, end);
  return Int32Array.from(ranges);
}

/** Atoms that a CIDR touches. Of an ipBlock's own CIDR these are exactly its addresses. */
export function atomsOfCidr(
  atoms: AddressAtoms,
  cidr: string,
): readonly [first: number, end: number] {
  const network = parseCidr(cidr);
  return [
    atomOf(atoms, network.family, network.words),
    atomOf(atoms, network.family, lastWords(network)) + 1,
  ];
}
