import type { Protocol } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { type AdminPortManifest, type NumbersManifest, readNamedPort } from './admin-ports.js';
import type { Findings } from './findings.js';
import { type FormReader, type Forms, readOneOf } from './one-of.js';
import { type PortRangeManifest, readPortRange } from './port-range.js';
import { readPortNumber } from './ports.js';
import { mapAt } from './shape.js';
import { pruneUnknown } from './unknown-fields.js';

/**
 * The forms of a `ClusterNetworkPolicyProtocol` (`policy.networking.k8s.io/v1alpha2`).
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export const CLUSTER_PROTOCOLS: Forms<AdminPortManifest> = {
  tcp: ofProtocol('TCP'),
  udp: ofProtocol('UDP'),
  sctp: ofProtocol('SCTP'),
  destinationNamedPort: readNamedPort,
};

/** `destinationPort` is all that a protocol has as yet, and the CRD takes no empty map (`minProperties`). */
const ATTRIBUTES: Forms<PortRangeManifest> = {
  destinationPort: (value, path, findings, whenUnknown) =>
    readOneOf(value, PORTS, path, findings, whenUnknown),
};

const PORTS: Forms<PortRangeManifest> = { number: readNumber, range: readRange };

function ofProtocol(protocol: Protocol): FormReader<NumbersManifest> {
  return (value, path, findings, whenUnknown) => {
    const range = readOneOf(value, ATTRIBUTES, path, findings, whenUnknown);
    if (range === null) return null;
    const { start, end } = range;
    return { kind: 'numbers', protocol, port: start, endPort: end === start ? null : end };
  };
}

function readNumber(value: unknown, path: Path, findings: Findings): PortRangeManifest | null {
  const port = readPortNumber(value, path, findings);
  return port === null ? null : { start: port, end: port };
}

function readRange(value: unknown, path: Path, findings: Findings): PortRangeManifest | null {
  const fields = mapAt(value, path, findings) ?? {};
  pruneUnknown(fields, ['start', 'end'], path, findings);
  return readPortRange(fields, 1, path, findings);
}
