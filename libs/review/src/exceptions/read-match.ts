import { readCidr } from '@portolan/manifests';
import { PUBLIC_CIDRS } from '@portolan/engine';
import {
  ALL_TRAFFIC,
  MAX_PORT,
  MIN_PORT,
  type Protocol,
  PROTOCOLS,
  type TrafficSet,
} from '@portolan/model';
import type { EndMatch } from './review-exception.js';
import type { FieldPath, StrictFields } from './strict-fields.js';

const ENDS = ['workload', 'namespace', 'cidr', 'internet'] as const;

/** Reads what an end has to be; null after a fault. */
export function readEndMatch(value: unknown, at: FieldPath, fields: StrictFields): EndMatch | null {
  const end = fields.map(value, at, { required: [], optional: ENDS });
  if (end === null) return null;
  const given = ENDS.filter((key) => Object.hasOwn(end, key));
  const [one] = given;
  if (one === undefined || given.length > 1)
    return fields.fault(at, `must have exactly one of ${ENDS.join(', ')}`);
  const path = [...at, one];
  switch (one) {
    case 'workload':
      return readWorkload(end.workload, path, fields);
    case 'namespace': {
      const name = fields.text(end.namespace, path);
      return name === null ? null : { is: 'namespace', name };
    }
    case 'cidr': {
      const text = fields.text(end.cidr, path);
      if (text === null) return null;
      const read = readCidr(text);
      return read.ok ? { is: 'addresses', cidrs: [read.cidr] } : fields.fault(path, read.message);
    }
    case 'internet':
      return end.internet === true
        ? { is: 'addresses', cidrs: PUBLIC_CIDRS }
        : fields.fault(path, 'can only be true');
  }
}

function readWorkload(value: unknown, at: FieldPath, fields: StrictFields): EndMatch | null {
  const map = fields.map(value, at, { required: ['namespace', 'name'], optional: ['kind'] });
  if (map === null) return null;
  const namespace = fields.text(map.namespace, [...at, 'namespace']);
  const name = fields.text(map.name, [...at, 'name']);
  const kind = map.kind === undefined ? null : fields.text(map.kind, [...at, 'kind']);
  if (namespace === null || name === null || (map.kind !== undefined && kind === null)) return null;
  return { is: 'workload', namespace, name, kind };
}

/** Reads traffic: `protocol` and, when it is to be less than all of its ports, `port` and `endPort`. Missing = all traffic. */
export function readTraffic(
  value: unknown,
  at: FieldPath,
  fields: StrictFields,
): TrafficSet | null {
  if (value === undefined) return ALL_TRAFFIC;
  const map = fields.map(value, at, { required: ['protocol'], optional: ['port', 'endPort'] });
  if (map === null) return null;
  const protocol = PROTOCOLS.find((known) => known === map.protocol);
  if (protocol === undefined)
    return fields.fault([...at, 'protocol'], `must be one of ${PROTOCOLS.join(', ')}`);
  return readPorts(map, protocol, at, fields);
}

function readPorts(
  { port, endPort }: Readonly<Record<string, unknown>>,
  protocol: Protocol,
  at: FieldPath,
  fields: StrictFields,
): TrafficSet | null {
  if (port === undefined)
    return endPort === undefined
      ? [{ protocol, from: MIN_PORT, to: MAX_PORT }]
      : fields.fault([...at, 'endPort'], 'needs a port');
  if (!isPort(port)) return fields.fault([...at, 'port'], 'must be a number from 1 to 65535');
  if (endPort === undefined) return [{ protocol, from: port, to: port }];
  return isPort(endPort) && endPort >= port
    ? [{ protocol, from: port, to: endPort }]
    : fields.fault([...at, 'endPort'], 'must be a number from port to 65535');
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= MIN_PORT && Number(value) <= MAX_PORT;
}
