import { faultInPortName, readSelectorField } from '@portolan/manifests';
import {
  ANY_TRAFFIC,
  type AssertedEnd,
  isAllTraffic,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  PROTOCOLS,
  type TrafficQuery,
} from '@portolan/model';
import { readEndMatch, readTraffic } from '../exceptions/read-match.js';
import type { FieldPath, StrictFields } from '../exceptions/strict-fields.js';

/** Ends that one side of an invariant may have. */
const MAX_ENDS = 100;

/** Reads one end, or a list of ends; null after a fault. */
export function readEnds(
  value: unknown,
  at: FieldPath,
  fields: StrictFields,
): readonly AssertedEnd[] | null {
  if (!Array.isArray(value)) {
    const end = readEnd(value, at, fields);
    return end === null ? null : [end];
  }
  if (value.length === 0 || value.length > MAX_ENDS)
    return fields.fault(at, `must be one end, or a list of 1 to ${MAX_ENDS}`);
  const ends = (value as unknown[]).map((one, i) => readEnd(one, [...at, i], fields));
  const read = ends.filter((end) => end !== null);
  return read.length === ends.length ? read : null;
}

/** An end has the forms that those of exceptions have, or labels: of pods, and of their namespaces or the name of one. */
function readEnd(value: unknown, at: FieldPath, fields: StrictFields): AssertedEnd | null {
  if (
    isMap(value) &&
    (Object.hasOwn(value, 'podSelector') || Object.hasOwn(value, 'namespaceSelector'))
  )
    return readPods(value, at, fields);
  const end = readEndMatch(value, at, fields);
  // The internet is addresses alone: that of a node does not make its pods the internet.
  const isInternet = end !== null && isMap(value) && Object.hasOwn(value, 'internet');
  return isInternet ? { is: 'internet' } : end;
}

function readPods(
  value: Readonly<Record<string, unknown>>,
  at: FieldPath,
  fields: StrictFields,
): AssertedEnd | null {
  const optional = ['podSelector', 'namespaceSelector', 'namespace'];
  const map = fields.map(value, at, { required: [], optional });
  if (map === null) return null;
  if (Object.hasOwn(map, 'namespace') && Object.hasOwn(map, 'namespaceSelector'))
    return fields.fault(at, 'must have either namespace or namespaceSelector');
  const pods = readSelector(map, 'podSelector', at, fields);
  const namespaces = Object.hasOwn(map, 'namespace')
    ? namedNamespace(map.namespace, [...at, 'namespace'], fields)
    : readSelector(map, 'namespaceSelector', at, fields);
  if (pods === null || namespaces === null) return null;
  return { is: 'pods', namespaces: namespaces ?? null, pods: pods ?? [] };
}

function namedNamespace(value: unknown, at: FieldPath, fields: StrictFields): LabelSelector | null {
  const name = fields.text(value, at);
  return name === null ? null : [{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [name] }];
}

/** Undefined when it is left out, null after a fault. */
function readSelector(
  map: Readonly<Record<string, unknown>>,
  key: string,
  at: FieldPath,
  fields: StrictFields,
): LabelSelector | null | undefined {
  if (!Object.hasOwn(map, key)) return undefined;
  const read = readSelectorField(map[key], [...at, key]);
  if (read.ok) return read.selector;
  for (const { path, message } of read.faults) fields.fault(path, message);
  return null;
}

/** Reads traffic as exceptions have it; its `port` may be a name as well, which means what the destination declares by it. */
export function readAssertedTraffic(
  value: unknown,
  at: FieldPath,
  fields: StrictFields,
): TrafficQuery | null {
  if (isMap(value) && typeof value.port === 'string') return readNamedPort(value, at, fields);
  const traffic = readTraffic(value, at, fields);
  if (traffic === null) return null;
  const [range] = traffic;
  if (range === undefined || isAllTraffic(traffic)) return ANY_TRAFFIC;
  const { protocol, from, to } = range;
  return { protocol, port: from, endPort: to, portName: null };
}

function readNamedPort(
  value: Readonly<Record<string, unknown>>,
  at: FieldPath,
  fields: StrictFields,
): TrafficQuery | null {
  const map = fields.map(value, at, { required: ['protocol', 'port'] });
  if (map === null) return null;
  const protocol = PROTOCOLS.find((known) => known === map.protocol);
  if (protocol === undefined)
    return fields.fault([...at, 'protocol'], `must be one of ${PROTOCOLS.join(', ')}`);
  const name = String(map.port);
  const fault = faultInPortName(name);
  if (fault !== null) return fields.fault([...at, 'port'], fault);
  return { protocol, port: null, endPort: null, portName: name };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
