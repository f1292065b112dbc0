import type { IpAddress } from '@portolan/model';
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
