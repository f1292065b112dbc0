import { formatCidr } from '@portolan/model';
import { readCidr } from './cidr.js';
import type { FormReader } from './one-of.js';
import { readTextSet } from './text-set.js';

/** `networks` of a peer: canonical CIDRs. */
export interface NetworksManifest {
  readonly kind: 'networks';
  readonly cidrs: readonly string[];
}

const LONGEST_CIDR = 43;

/** Reads `networks` of `policy.networking.k8s.io/v1alpha2`. */
export const readNetworks = networksReader(faultInLength);

/** Reads `networks` of v1alpha1, whose definitions take no IPv4 address in an IPv6 address. */
export const readPlainNetworks = networksReader((text) =>
  text.includes(':') && text.includes('.')
    ? 'must not have an IPv4 address in an IPv6 address'
    : faultInLength(text),
);

function faultInLength(text: string): string | null {
  return text.length > LONGEST_CIDR ? `must not be longer than ${LONGEST_CIDR} characters` : null;
}

function networksReader(faultIn: (text: string) => string | null): FormReader<NetworksManifest> {
  return (value, path, findings) => ({
    kind: 'networks',
    cidrs: readTextSet(value, path, findings, (text, at) => {
      const fault = faultIn(text);
      if (fault !== null) findings.reject(at, fault);
      const cidr = fault === null ? readCidr(text, at, findings) : null;
      return cidr === null ? null : formatCidr(cidr);
    }),
  });
}
