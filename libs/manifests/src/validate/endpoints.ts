import { compareText, formatAddress, type Protocol } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readChoice } from './choice.js';
import type { Findings } from './findings.js';
import { addressAt } from './pod.js';
import { readPortNumber, readProtocol } from './ports.js';
import { checkGiven, type Fields, listAt, mapAt, textAt } from './shape.js';

/** Addresses with the same ports, as written: `protocol` null = missing, `port` null = every port. */
export interface EndpointsManifest {
  readonly addresses: readonly { readonly ip: string; readonly pod: string | null }[];
  readonly ports: readonly {
    readonly name: string | null;
    readonly protocol: Protocol | null;
    readonly port: number | null;
  }[];
}

const ADDRESS_TYPES = ['IPv4', 'IPv6', 'FQDN'] as const;

/**
 * Reads an EndpointSlice. Names (address type FQDN) are no addresses.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/
 */
export function readEndpointSlice(object: Fields, findings: Findings): EndpointsManifest[] {
  checkGiven(object.addressType, ['addressType'], findings);
  const type = readChoice(object.addressType, ADDRESS_TYPES, ['addressType'], findings);
  const list = listAt(object.endpoints, ['endpoints'], findings) ?? [];
  if (type === 'FQDN') return [];
  const addresses = list.flatMap((entry, i) => {
    const at = ['endpoints', i];
    const fields = mapAt(entry, at, findings) ?? {};
    const pod = readPodName(fields.targetRef, [...at, 'targetRef'], findings);
    const path = [...at, 'addresses'];
    return (listAt(fields.addresses, path, findings) ?? []).flatMap((address, j) =>
      addressAt(address, [...path, j], findings).map((ip) => ({ ip: formatAddress(ip), pod })),
    );
  });
  return group(addresses, readEndpointPorts(object.ports, ['ports'], findings));
}

/** Reads v1 Endpoints: one group for each subset. */
export function readEndpoints(object: Fields, findings: Findings): EndpointsManifest[] {
  return (listAt(object.subsets, ['subsets'], findings) ?? []).flatMap((entry, i) => {
    const at = ['subsets', i];
    const subset = mapAt(entry, at, findings) ?? {};
    const addresses = ['addresses', 'notReadyAddresses'].flatMap((field) =>
      (listAt(subset[field], [...at, field], findings) ?? []).flatMap((address, j) => {
        const path = [...at, field, j];
        const fields = mapAt(address, path, findings) ?? {};
        const pod = readPodName(fields.targetRef, [...path, 'targetRef'], findings);
        return addressAt(fields.ip, [...path, 'ip'], findings).map((ip) => ({
          ip: formatAddress(ip),
          pod,
        }));
      }),
    );
    return group(addresses, readEndpointPorts(subset.ports, [...at, 'ports'], findings));
  });
}

/** Lists of addresses come in any order: equal ones are to be equal. */
function group(
  addresses: readonly EndpointsManifest['addresses'][number][],
  ports: EndpointsManifest['ports'],
): EndpointsManifest[] {
  if (addresses.length === 0) return [];
  return [{ addresses: [...addresses].sort((a, b) => compareText(a.ip, b.ip)), ports }];
}

function readPodName(value: unknown, path: Path, findings: Findings): string | null {
  const reference = mapAt(value, path, findings) ?? {};
  const name = textAt(reference.name, [...path, 'name'], findings);
  return reference.kind === 'Pod' ? name : null;
}

function readEndpointPorts(
  value: unknown,
  path: Path,
  findings: Findings,
): EndpointsManifest['ports'] {
  return (listAt(value, path, findings) ?? []).map((entry, i) => {
    const at = [...path, i];
    const fields = mapAt(entry, at, findings) ?? {};
    const name = textAt(fields.name, [...at, 'name'], findings) ?? '';
    const isEveryPort = fields.port === undefined || fields.port === null;
    return {
      name: name === '' ? null : name,
      protocol: readProtocol(fields.protocol, [...at, 'protocol'], findings),
      port: isEveryPort ? null : readPortNumber(fields.port, [...at, 'port'], findings),
    };
  });
}
