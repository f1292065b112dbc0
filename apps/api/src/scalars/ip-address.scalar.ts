import { textScalar } from './text-scalar.js';

export const IpAddressScalar = textScalar('IPAddress', 'An IPv4 or IPv6 address.');
