import { formatCidr, type IpAddress } from '@portolan/model';
import { readCidr, readCidrList } from './cidr.js';
import type { Findings } from './findings.js';
import { addressAt } from './pod.js';
import { type Fields, listAt, mapAt, textAt } from './shape.js';

const ADDRESS_TYPES = ['InternalIP', 'ExternalIP'];

/** Reads the addresses of a Node: internal and external ones, not names. */
export function readNodeAddresses(object: Fields, findings: Findings): IpAddress[] {
  const status = mapAt(object.status, ['status'], findings) ?? {};
  const path = ['status', 'addresses'];
  return (listAt(status.addresses, path, findings) ?? []).flatMap((entry, i) => {
    const fields = mapAt(entry, [...path, i], findings) ?? {};
    const type = textAt(fields.type, [...path, i, 'type'], findings) ?? '';
    return ADDRESS_TYPES.includes(type)
      ? addressAt(fields.address, [...path, i, 'address'], findings)
      : [];
  });
}

/** Reads the networks from which the pods of a Node have their addresses, canonical. */
export function readPodCidrs(object: Fields, findings: Findings): string[] {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const listed = readCidrList(spec.podCIDRs, ['spec', 'podCIDRs'], findings);
  const isGiven = spec.podCIDR !== undefined && spec.podCIDR !== null && spec.podCIDR !== '';
  if (listed.length > 0 || !isGiven) return listed;
  const cidr = readCidr(spec.podCIDR, ['spec', 'podCIDR'], findings);
  return cidr === null ? [] : [formatCidr(cidr)];
}
