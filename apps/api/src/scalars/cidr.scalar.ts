import { textScalar } from './text-scalar.js';

/** Canonical in answers; in questions also a bare address, which means that one address. */
export const CidrScalar = textScalar(
  'CIDR',
  'An IPv4 or IPv6 network in CIDR form, canonicalised (host bits zero). In questions a bare address stands for itself.',
);
