import { invariant } from './invariant.js';

/** IP address family. */
export type AddressFamily = 4 | 6;

/** An address as unsigned 32-bit words, most significant first: one word for IPv4, four for IPv6. */
export interface IpAddress {
  readonly family: AddressFamily;
  readonly words: readonly number[];
}

/** A network; host bits of `words` are zero. */
export interface Cidr extends IpAddress {
  /** Prefix length: 0-32 or 0-128. */
  readonly prefix: number;
}

/** How many 32-bit words an address of a family has. */
export function wordCount(family: AddressFamily): number {
  return family === 4 ? 1 : 4;
}

/** Orders two addresses of one family. */
export function compareWords(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The last address of a network. */
export function lastWords({ words, prefix }: Cidr): number[] {
  return words.map((word, i) => {
    const bits = Math.min(32, Math.max(0, prefix - 32 * i));
    return bits === 32 ? word : (word | (0xffffffff >>> bits)) >>> 0;
  });
}

/** Whether a network has an address. */
export function contains(cidr: Cidr, { family, words }: IpAddress): boolean {
  return (
    cidr.family === family &&
    compareWords(cidr.words, words) <= 0 &&
    compareWords(words, lastWords(cidr)) <= 0
  );
}

/** What two networks have in common: the smaller one, or nothing (`null`) where neither holds the other. */
export function commonCidr(a: Cidr, b: Cidr): Cidr | null {
  if (a.prefix < b.prefix) return contains(a, b) ? b : null;
  return contains(b, a) ? a : null;
}

/** Each address once, in the order of their first appearance. */
export function distinctAddresses(addresses: readonly IpAddress[]): IpAddress[] {
  return [...new Map(addresses.map((address) => [formatAddress(address), address])).values()];
}

/** How many addresses lie between two of one family, both included; beyond 2^53 about as many. */
export function countAddresses(first: readonly number[], last: readonly number[]): number {
  return first.reduce((count, word, i) => count * 2 ** 32 + (last[i]! - word), 0) + 1;
}

/** The address after, or null after the last of the family. */
export function nextWords(words: readonly number[]): number[] | null {
  const next = [...words];
  for (let i = next.length - 1; i >= 0; i--) {
    if (next[i]! < 0xffffffff) {
      next[i] = next[i]! + 1;
      return next;
    }
    next[i] = 0;
  }
  return null;
}

/** The address before, or null before the first of the family. */
export function previousWords(words: readonly number[]): number[] | null {
  const previous = [...words];
  for (let i = previous.length - 1; i >= 0; i--) {
    if (previous[i]! > 0) {
      previous[i] = previous[i]! - 1;
      return previous;
    }
    previous[i] = 0xffffffff;
  }
  return null;
}

/**
 * Reads a canonical address (as `formatAddress` writes it). Input from users goes through a strict parser first; text
 * that is not canonical here is a bug.
 */
export function parseAddress(text: string): IpAddress {
  if (!text.includes(':')) return { family: 4, words: [parseIpv4(text)] };
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = 8 - left.length - right.length;
  invariant(tail === undefined ? zeros === 0 : zeros >= 0, `IPv6 address ${text}`);
  const all = [...left, ...new Array<number>(zeros).fill(0), ...right];
  return { family: 6, words: [0, 2, 4, 6].map((i) => ((all[i]! << 16) | all[i + 1]!) >>> 0) };
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) {
      const word = parseIpv4(group);
      return [word >>> 16, word & 0xffff];
    }
    invariant(/^[0-9a-f]{1,4}$/.test(group), `IPv6 group ${group}`);
    return [parseInt(group, 16)];
  });
}

function parseIpv4(text: string): number {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  invariant(match !== null, `IPv4 address ${text}`);
  return match.slice(1).reduce((word, octet) => word * 256 + Number(octet), 0);
}

/** Reads a canonical CIDR (as `formatCidr` writes it). */
export function parseCidr(text: string): Cidr {
  const slash = text.indexOf('/');
  invariant(slash > 0, `CIDR ${text}`);
  return { ...parseAddress(text.slice(0, slash)), prefix: Number(text.slice(slash + 1)) };
}

/** The same network with host bits cleared. */
export function maskCidr({ family, words, prefix }: Cidr): Cidr {
  const masked = words.map((word, i) => {
    const bits = Math.min(32, Math.max(0, prefix - 32 * i));
    return bits === 0 ? 0 : (word & (0xffffffff << (32 - bits))) >>> 0;
  });
  return { family, words: masked, prefix };
}

/** Dotted quad, or RFC 5952 text. */
export function formatAddress({ family, words }: IpAddress): string {
  if (family === 4) {
    const word = words[0]!;
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  }
  const parts = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const { start, length } = longestZeroRun(parts);
  const hex = parts.map((part) => part.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function longestZeroRun(parts: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let i = 0; i <= parts.length; i++) {
    if (i < parts.length && parts[i] === 0) continue;
    if (i - start > best.length) best = { start, length: i - start };
    start = i + 1;
  }
  return best;
}

/** `10.0.0.0/8`; IPv6 as `formatAddress` has it. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr)}/${String(cidr.prefix)}`;
}

/** The fewest CIDRs that cover exactly the addresses from `first` to `last`, both included. */
export function rangeToCidrs(
  family: AddressFamily,
  first: readonly number[],
  last: readonly number[],
): Cidr[] {
  if (family === 4) return ipv4RangeToCidrs(first[0]!, last[0]!);
  const cidrs: Cidr[] = [];
  const bits = 32 * wordCount(family);
  let start: readonly number[] | null = first;
  while (start !== null && compareWords(start, last) <= 0) {
    let prefix = bits - trailingZeros(start);
    while (compareWords(lastWords({ family, words: start, prefix }), last) > 0) prefix++;
    const cidr: Cidr = { family, words: start, prefix };
    cidrs.push(cidr);
    start = nextWords(lastWords(cidr));
  }
  return cidrs;
}

/** One word is a number: all but a few of the ranges that there are. */
function ipv4RangeToCidrs(first: number, last: number): Cidr[] {
  const cidrs: Cidr[] = [];
  for (let start = first; start <= last;) {
    let prefix = 32 - trailingZeros([start]);
    while (start + 2 ** (32 - prefix) - 1 > last) prefix++;
    cidrs.push({ family: 4, words: [start], prefix });
    start += 2 ** (32 - prefix);
  }
  return cidrs;
}

function trailingZeros(words: readonly number[]): number {
  let zeros = 0;
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i]!;
    if (word !== 0) return zeros + 31 - Math.clz32(word & -word);
    zeros += 32;
  }
  return zeros;
}
