/** IP addresses and networks as big integers: slow, and nothing to get wrong. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export interface Network {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Null when the text is no IPv4 or IPv6 address. */
export function readAddress(text: string): Address | null {
  const family = text.includes(':') ? 6 : 4;
  const value = family === 6 ? readIpv6(text) : readIpv4(text);
  return value === null ? null : { family, value };
}

const networks = new Map<string, Network | null>();

/** Null when the text is no network. Host bits are masked. Remembered: the same few are read again and again. */
export function readNetwork(text: string): Network | null {
  const known = networks.get(text);
  if (known !== undefined) return known;
  const network = parseNetwork(text);
  networks.set(text, network);
  return network;
}

function parseNetwork(text: string): Network | null {
  const [base = '', prefix, ...rest] = text.split('/');
  const address = readAddress(base);
  if (address === null || prefix === undefined || rest.length > 0) return null;
  const bits = address.family === 4 ? 32 : 128;
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits) return null;
  const size = 1n << BigInt(bits - Number(prefix));
  const first = (address.value / size) * size;
  return { family: address.family, first, last: first + size - 1n };
}

/** IPv4 networks never hold IPv6 addresses and the reverse. */
export function contains(network: Network, address: Address): boolean {
  return (
    network.family === address.family &&
    network.first <= address.value &&
    address.value <= network.last
  );
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value;
}

const texts = new WeakMap<Address, string>();

/** Dotted quad, or eight hexadecimal groups. */
export function writeAddress(address: Address): string {
  let text = texts.get(address);
  if (text === undefined) texts.set(address, (text = formatAddress(address)));
  return text;
}

function formatAddress({ family, value }: Address): string {
  const [groups, bits] = family === 4 ? [4, 8n] : [8, 16n];
  const parts = Array.from({ length: groups }, (_, i) => {
    const part = (value >> (bits * BigInt(groups - 1 - i))) & ((1n << bits) - 1n);
    return part.toString(family === 4 ? 10 : 16);
  });
  return parts.join(family === 4 ? '.' : ':');
}

function readIpv4(text: string): bigint | null {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  let value = 0n;
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return null;
    value = value * 256n + BigInt(octet);
  }
  return value;
}

function readIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = readGroups(halves[0] ?? '');
  const tail = halves.length === 2 ? readGroups(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const zeros = 8 - head.length - tail.length;
  if (halves.length === 2 ? zeros < 1 : zeros !== 0) return null;
  const groups = [...head, ...new Array<bigint>(zeros).fill(0n), ...tail];
  return groups.reduce((value, group) => value * 65536n + group, 0n);
}

/** An IPv4 address may stand for the last two groups. */
function readGroups(text: string): bigint[] | null {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const [i, group] of text.split(':').entries()) {
    const ipv4 = group.includes('.') ? readIpv4(group) : null;
    if (ipv4 !== null && text.split(':').length === i + 1)
      groups.push(ipv4 / 65536n, ipv4 % 65536n);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group)) groups.push(BigInt(`0x${group}`));
    else return null;
  }
  return groups;
}
