import { type Cidr, formatCidr, maskCidr } from '@portolan/model';
import ipaddr from 'ipaddr.js';

/** A network, or why the text is none. */
export type ReadCidr =
  { readonly ok: true; readonly cidr: string } | { readonly ok: false; readonly message: string };

/** Octets and prefix lengths without leading zeros: `010` would be 8 to some readers and 10 to others. */
const IPV4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const PREFIX = /^(?:0|[1-9]\d{0,2})$/;
const LONGEST = 49;

/**
 * Reads an IPv4 or IPv6 network strictly and makes it canonical: host bits zero, IPv6 in RFC 5952 form. A bare address
 * is the network of that one address.
 */
export function readCidr(text: string): ReadCidr {
  if (text.length > LONGEST) return refuse(`${text.slice(0, LONGEST)}…`, 'it is too long');
  const [address = '', prefix, ...more] = text.split('/');
  if (more.length > 0) return refuse(text, 'it has more than one "/"');
  const bytes = readAddress(address);
  if (typeof bytes === 'string') return refuse(text, bytes);
  const bits = bytes.length * 8;
  if (prefix !== undefined && (!PREFIX.test(prefix) || Number(prefix) > bits)) {
    return refuse(text, `the prefix length must be 0 to ${String(bits)}`);
  }
  const length = prefix === undefined ? bits : Number(prefix);
  return { ok: true, cidr: formatCidr(maskCidr(toCidr(bytes, length))) };
}

/** Bytes of an address, or why it is none. */
function readAddress(text: string): number[] | string {
  if (!text.includes(':')) {
    const isAddress = IPV4.test(text) && ipaddr.IPv4.isValid(text);
    return isAddress
      ? ipaddr.IPv4.parse(text).toByteArray()
      : 'an IPv4 address is four numbers from 0 to 255, without leading zeros';
  }
  if (text.includes('%')) return 'an address with a zone means something on one host only';
  if (!ipaddr.IPv6.isValid(text)) return 'it is no IPv6 address';
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() || text.includes('.')
    ? 'write an IPv4 address as four numbers'
    : address.toByteArray();
}

function toCidr(bytes: readonly number[], prefix: number): Cidr {
  const words: number[] = [];
  for (let i = 0; i < bytes.length; i += 4) {
    words.push(bytes.slice(i, i + 4).reduce((word, byte) => word * 256 + byte, 0));
  }
  return { family: bytes.length === 4 ? 4 : 6, words, prefix };
}

function refuse(text: string, reason: string): ReadCidr {
  return { ok: false, message: `"${text}" is no network: ${reason}` };
}
