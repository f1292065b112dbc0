import { textScalar } from './text-scalar.js';

/** Read as a CIDR of one address. */
export const IpAddressScalar = textScalar('IPAddress', 'An IPv4 or IPv6 address.');
