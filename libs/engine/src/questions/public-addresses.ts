import {
  type Cidr,
  cidrDifference,
  compareWords,
  formatCidr,
  lastWords,
  parseCidr,
} from '@portolan/model';

/**
 * The public addresses: IANA's special-purpose registries taken away from the IPv4 space and from IPv6 global unicast
 * (RFC 6890 and its updates). What is left is what "the internet" means.
 */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const SPECIAL_IPV6 = ['2001:db8::/32', '3fff::/20'];
/** No peer of a pod over the network has one of these: this host, loopback, multicast, reserved. */
const NOBODYS = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4'];

/** Disjoint networks that together are the public addresses. */
export const PUBLIC_CIDRS: readonly string[] = [
  ...without('0.0.0.0/0', SPECIAL_IPV4),
  ...without('2000::/3', SPECIAL_IPV6),
];

/** Disjoint networks of the other addresses that a peer outside the cluster may have. */
export const PRIVATE_CIDRS: readonly string[] = [
  ...SPECIAL_IPV4.filter((cidr) => !NOBODYS.includes(cidr)),
  ...SPECIAL_IPV6,
  'fc00::/7',
  'fe80::/10',
];

const PUBLIC = PUBLIC_CIDRS.map(parseCidr).map((cidr) => ({ ...cidr, last: lastWords(cidr) }));

/** Whether a network has public addresses. */
export function hasPublicAddress(cidr: Cidr): boolean {
  const end = lastWords(cidr);
  return PUBLIC.some(
    ({ family, words, last }) =>
      family === cidr.family &&
      compareWords(words, end) <= 0 &&
      compareWords(cidr.words, last) <= 0,
  );
}

function without(whole: string, holes: readonly string[]): string[] {
  return cidrDifference(parseCidr(whole), holes.map(parseCidr)).map(formatCidr);
}
