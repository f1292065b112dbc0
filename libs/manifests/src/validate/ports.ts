import { MAX_PORT, MIN_PORT, type Protocol, PROTOCOLS } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readChoice } from './choice.js';
import { type Findings, quoted } from './findings.js';
import { faultInPortName } from './names.js';
import { checkGiven, type Fields, integerAt, listAt, mapAt, textAt } from './shape.js';

/** A port of a container as written; `protocol` null = missing. */
export interface ContainerPortManifest {
  readonly name: string | null;
  readonly port: number;
  readonly protocol: Protocol | null;
}

/** What is wrong with a port number, or null. */
export function faultInPortNumber(port: number): string | null {
  return port >= MIN_PORT && port <= MAX_PORT ? null : `must be from ${MIN_PORT} to ${MAX_PORT}`;
}

/** Reads a protocol; null when it is missing. */
export function readProtocol(value: unknown, path: Path, findings: Findings): Protocol | null {
  return readChoice(value, PROTOCOLS, path, findings);
}

/** Reads a required port number; null when it is none. */
export function readPortNumber(value: unknown, path: Path, findings: Findings): number | null {
  checkGiven(value, path, findings);
  const port = integerAt(value, path, findings);
  const fault = port === null ? null : faultInPortNumber(port);
  if (fault !== null) findings.reject(path, `${String(port)} ${fault}`);
  return port;
}

/** Reads the ports of all containers of a list. A list without containers is taken: exports leave them out at times. */
export function readContainerPorts(
  value: unknown,
  path: Path,
  findings: Findings,
): ContainerPortManifest[] {
  return (listAt(value, path, findings) ?? []).flatMap((entry, i) => {
    const container = mapAt(entry, [...path, i], findings) ?? {};
    const at = [...path, i, 'ports'];
    const names = new Set<string>();
    return (listAt(container.ports, at, findings) ?? []).flatMap((port, j) => {
      const fields = mapAt(port, [...at, j], findings) ?? {};
      return readContainerPort(fields, [...at, j], names, findings);
    });
  });
}

function readContainerPort(
  fields: Fields,
  path: Path,
  names: Set<string>,
  findings: Findings,
): ContainerPortManifest[] {
  const protocol = readProtocol(fields.protocol, [...path, 'protocol'], findings);
  const name = textAt(fields.name, [...path, 'name'], findings) ?? '';
  if (name !== '') {
    const fault = names.has(name) ? 'names another port as well' : faultInPortName(name);
    if (fault !== null) findings.reject([...path, 'name'], `${quoted(name)} ${fault}`);
    names.add(name);
  }
  const port = readPortNumber(fields.containerPort, [...path, 'containerPort'], findings);
  return port === null ? [] : [{ name: name === '' ? null : name, port, protocol }];
}
