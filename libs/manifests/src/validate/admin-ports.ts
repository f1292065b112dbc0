import type { Protocol } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { faultInPortName } from './names.js';
import type { Forms } from './one-of.js';
import { readPortRange } from './port-range.js';
import { readPortNumber, readProtocol } from './ports.js';
import { mapAt, textAt } from './shape.js';
import { pruneUnknown } from './unknown-fields.js';

/** An entry of `ports` or `protocols` as written; `protocol` null = missing. */
export type AdminPortManifest = NumbersManifest | NamedPortManifest;

export interface NumbersManifest {
  readonly kind: 'numbers';
  readonly protocol: Protocol | null;
  readonly port: number;
  /** Last port of a range that begins at `port`. */
  readonly endPort: number | null;
}

export interface NamedPortManifest {
  readonly kind: 'name';
  readonly name: string;
}

/**
 * The forms of an `AdminNetworkPolicyPort` (`policy.networking.k8s.io/v1alpha1`).
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export const ADMIN_PORTS: Forms<AdminPortManifest> = {
  portNumber: readNumber,
  portRange: readRange,
  namedPort: readNamedPort,
};

function readNumber(value: unknown, path: Path, findings: Findings): NumbersManifest | null {
  const fields = mapAt(value, path, findings) ?? {};
  pruneUnknown(fields, ['protocol', 'port'], path, findings);
  const protocol = readProtocol(fields.protocol, [...path, 'protocol'], findings);
  const port = readPortNumber(fields.port, [...path, 'port'], findings);
  return port === null ? null : { kind: 'numbers', protocol, port, endPort: null };
}

/** A range of one port is taken: that `start` is smaller only stands in the description of the field. */
function readRange(value: unknown, path: Path, findings: Findings): NumbersManifest | null {
  const fields = mapAt(value, path, findings) ?? {};
  pruneUnknown(fields, ['protocol', 'start', 'end'], path, findings);
  const protocol = readProtocol(fields.protocol, [...path, 'protocol'], findings);
  const range = readPortRange(fields, 0, path, findings);
  return range === null
    ? null
    : { kind: 'numbers', protocol, port: range.start, endPort: range.end };
}

/** Reads the name of a port. Any text is taken by the API server, also what no container can call a port. */
export function readNamedPort(value: unknown, path: Path, findings: Findings): NamedPortManifest {
  const name = textAt(value, path, findings) ?? '';
  const fault = faultInPortName(name);
  if (fault !== null) {
    const message = `${quoted(name)} names no port of any container: it ${fault}`;
    findings.note(path, message, 'INVALID_OBJECT', 'WARNING');
  }
  return { kind: 'name', name };
}
