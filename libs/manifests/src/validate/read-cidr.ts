import { readAddress, readNetwork } from './addresses.js';
import { formatCidr, maskCidr } from '@portolan/model';

/** A network, or why the text is none. */
export type ReadCidr =
  { readonly ok: true; readonly cidr: string } | { readonly ok: false; readonly message: string };

const LONGEST = 49;

/**
 * Reads an IPv4 or IPv6 network as strictly as those of policies are read, and makes it canonical: host bits zero, IPv6 in
 * RFC 5952 form. A bare address is the network of that one address.
 */
export function readCidr(text: string): ReadCidr {
  if (text.length > LONGEST) return refuse(`${text.slice(0, LONGEST)}…`, 'it is too long');
  const [addressText = '', prefix, ...more] = text.split('/');
  if (more.length > 0) return refuse(text, 'it has more than one "/"');
  const address = readAddress(addressText);
  if (address === null) return refuse(text, faultInAddress(addressText));
  const bits = address.family === 4 ? 32 : 128;
  const network = prefix === undefined ? { ...address, prefix: bits } : readNetwork(text);
  if (network === null) return refuse(text, `the prefix length must be 0 to ${String(bits)}`);
  return { ok: true, cidr: formatCidr(maskCidr(network)) };
}

/** What is wrong with a text that is no address. */
function faultInAddress(text: string): string {
  if (!text.includes(':')) {
    return 'an IPv4 address is four numbers from 0 to 255, without leading zeros';
  }
  if (text.includes('%')) return 'an address with a zone means something on one host only';
  return 'it is no IPv6 address, or one that stands for an IPv4 address: write that as four numbers';
}

function refuse(text: string, reason: string): ReadCidr {
  return { ok: false, message: `"${text}" is no network: ${reason}` };
}
