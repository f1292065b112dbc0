import { DEFAULT_MANIFEST_LIMITS, readYamlFile } from '@portolan/manifests';
import {
  type AccessAssertion,
  ANY_TRAFFIC,
  type AssertionKind,
  SEVERITIES,
  type Severity,
} from '@portolan/model';
import { type ExceptionFault, type FieldPath, StrictFields } from '../exceptions/strict-fields.js';
import type { ClusterInvariant } from './cluster-invariant.js';
import { readAssertedTraffic, readEnds } from './read-invariant-ends.js';

const API_VERSION = 'portolan/v1';

/** Characters that a file of invariants may have. */
export const MAX_INVARIANTS_LENGTH = 1024 * 1024;
/** Invariants that a file may have. */
export const MAX_INVARIANTS = 200;
const MAX_NAME_LENGTH = 253;

/** What is asserted, in the words of a file. */
const KINDS: Readonly<Record<string, AssertionKind>> = {
  mustReach: 'MUST_REACH',
  mustNotReach: 'MUST_NOT_REACH',
  onlyReachableFrom: 'ONLY_REACHABLE_FROM',
  mayOnlyReach: 'MAY_ONLY_REACH',
  mustBeIsolated: 'MUST_BE_ISOLATED',
};

/** A file of invariants, or everything that is wrong with it: one that is not understood as a whole asserts nothing. */
export type InvariantsFile =
  | { readonly ok: true; readonly invariants: readonly ClusterInvariant[] }
  | { readonly ok: false; readonly faults: readonly ExceptionFault[] };

/** Reads a file of invariants. `path` names it in faults. */
export function readInvariants(text: string, path: string): InvariantsFile {
  const fault = (line: number, message: string): InvariantsFile => ({
    ok: false,
    faults: [{ path, line, field: '', message }],
  });
  if (text.length > MAX_INVARIANTS_LENGTH)
    return fault(1, `is longer than ${MAX_INVARIANTS_LENGTH} characters`);
  const file = readYamlFile(text, DEFAULT_MANIFEST_LIMITS);
  if (!file.ok) return fault(file.line, file.message);
  const fields = new StrictFields(path, file.lineOf);
  const invariants = readFile(file.value, path, fields);
  return fields.faults.length === 0
    ? { ok: true, invariants }
    : { ok: false, faults: fields.faults };
}

function readFile(value: unknown, path: string, fields: StrictFields): ClusterInvariant[] {
  const file = fields.map(value, [], { required: ['apiVersion', 'invariants'] });
  if (file === null) return [];
  if (file.apiVersion !== API_VERSION) fields.fault(['apiVersion'], `must be ${API_VERSION}`);
  if (!Array.isArray(file.invariants) || file.invariants.length > MAX_INVARIANTS) {
    fields.fault(['invariants'], `must be a list of at most ${MAX_INVARIANTS}`);
    return [];
  }
  const names = new Set<string>();
  return (file.invariants as unknown[]).flatMap((item, i) => {
    const read = readInvariant(item, ['invariants', i], path, fields);
    if (read === null) return [];
    if (names.has(read.name))
      fields.fault(['invariants', i, 'name'], 'another invariant has this name');
    names.add(read.name);
    return [read];
  });
}

function readInvariant(
  value: unknown,
  at: FieldPath,
  path: string,
  fields: StrictFields,
): ClusterInvariant | null {
  const map = fields.map(value, at, {
    required: ['name', 'assert'],
    optional: ['description', 'severity', 'from', 'to', 'traffic'],
  });
  if (map === null) return null;
  const name = readName(map.name, [...at, 'name'], fields);
  const description =
    map.description === undefined ? '' : fields.text(map.description, [...at, 'description']);
  const severity = readSeverity(map.severity, [...at, 'severity'], fields);
  const assertion = readAssertion(map, at, fields);
  if (name === null || description === null || severity === null || assertion === null) return null;
  return { name, description, severity, assertion, path, line: fields.line(at) };
}

function readName(value: unknown, at: FieldPath, fields: StrictFields): string | null {
  const name = fields.text(value, at);
  if (name === null || name.length <= MAX_NAME_LENGTH) return name;
  return fields.fault(at, `must not be longer than ${MAX_NAME_LENGTH} characters`);
}

function readSeverity(value: unknown, at: FieldPath, fields: StrictFields): Severity | null {
  if (value === undefined) return 'HIGH';
  const severity = SEVERITIES.find((one) => one === value);
  return severity ?? fields.fault(at, `must be one of ${SEVERITIES.join(', ')}`);
}

function readAssertion(
  map: Readonly<Record<string, unknown>>,
  at: FieldPath,
  fields: StrictFields,
): AccessAssertion | null {
  const word = typeof map.assert === 'string' ? map.assert : '';
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  if (kind === undefined)
    return fields.fault([...at, 'assert'], `must be one of ${Object.keys(KINDS).join(', ')}`);
  return kind === 'MUST_BE_ISOLATED'
    ? readIsolation(map, at, fields)
    : readPairs(kind, map, at, fields);
}

function readPairs(
  kind: AssertionKind,
  map: Readonly<Record<string, unknown>>,
  at: FieldPath,
  fields: StrictFields,
): AccessAssertion | null {
  for (const side of ['from', 'to'])
    if (!Object.hasOwn(map, side)) fields.fault(at, `${side} is required`);
  if (!Object.hasOwn(map, 'from') || !Object.hasOwn(map, 'to')) return null;
  const from = readEnds(map.from, [...at, 'from'], fields);
  const to = readEnds(map.to, [...at, 'to'], fields);
  const traffic = readAssertedTraffic(map.traffic, [...at, 'traffic'], fields);
  return from === null || to === null || traffic === null ? null : { kind, from, to, traffic };
}

/** Isolation is of pods, and of all their traffic. */
function readIsolation(
  map: Readonly<Record<string, unknown>>,
  at: FieldPath,
  fields: StrictFields,
): AccessAssertion | null {
  for (const key of ['from', 'traffic'])
    if (Object.hasOwn(map, key))
      return fields.fault([...at, key], 'mustBeIsolated is about the pods of `to` alone');
  if (!Object.hasOwn(map, 'to')) return fields.fault(at, 'to is required');
  const to = readEnds(map.to, [...at, 'to'], fields);
  if (to === null) return null;
  if (to.some(({ is }) => is === 'addresses' || is === 'internet'))
    return fields.fault([...at, 'to'], 'addresses are isolated by nothing: only pods can be meant');
  return { kind: 'MUST_BE_ISOLATED', from: [], to, traffic: ANY_TRAFFIC };
}
