import { type Cidr, type IpAddress } from '@portolan/model';
import ipaddr from 'ipaddr.js';

const IPV4 = /^(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\.(?!$)|$)){4}$/;
const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/;

/** Reads an address as Go's netip does: no leading zeros, no zone, no IPv4 written as IPv6. Null when it is none. */
export function readAddress(text: string): IpAddress | null {
  if (IPV4.test(text)) return { family: 4, words: [ipv4Word(text)] };
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  const tail = text.slice(text.lastIndexOf(':') + 1);
  if (address.isIPv4MappedAddress() || (tail.includes('.') && !IPV4.test(tail))) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts;
  return { family: 6, words: [word(a, b), word(c, d), word(e, f), word(g, h)] };
}

/** Reads a network; host bits are kept. Null when the text is none. */
export function readNetwork(text: string): Cidr | null {
  const slash = text.indexOf('/');
  const address = slash < 0 ? null : readAddress(text.slice(0, slash));
  const prefixText = text.slice(slash + 1);
  if (address === null || !PREFIX.test(prefixText)) return null;
  const prefix = Number(prefixText);
  return prefix <= (address.family === 4 ? 32 : 128) ? { ...address, prefix } : null;
}

function ipv4Word(text: string): number {
  return text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function word(high: number, low: number): number {
  return ((high << 16) | low) >>> 0;
}
