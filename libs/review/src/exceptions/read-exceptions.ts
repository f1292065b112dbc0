import { DEFAULT_MANIFEST_LIMITS, readYamlFile } from '@portolan/manifests';
import { readFindingMatch } from './read-finding-match.js';
import { readEndMatch, readTraffic } from './read-match.js';
import type { ReviewException } from './review-exception.js';
import { type ExceptionFault, type FieldPath, StrictFields } from './strict-fields.js';

const API_VERSION = 'portolan/v1';

/** A file of exceptions, or everything that is wrong with it: one that is not understood as a whole is of no use. */
export type ExceptionsFile =
  | { readonly ok: true; readonly exceptions: readonly ReviewException[] }
  | { readonly ok: false; readonly faults: readonly ExceptionFault[] };

/** Reads a file of exceptions. `path` names it in faults. */
export function readExceptions(text: string, path: string): ExceptionsFile {
  const file = readYamlFile(text, DEFAULT_MANIFEST_LIMITS);
  if (!file.ok)
    return { ok: false, faults: [{ path, line: file.line, field: '', message: file.message }] };
  const fields = new StrictFields(path, file.lineOf);
  const exceptions = readFile(file.value, path, fields);
  return fields.faults.length === 0
    ? { ok: true, exceptions }
    : { ok: false, faults: fields.faults };
}

function readFile(value: unknown, path: string, fields: StrictFields): ReviewException[] {
  const file = fields.map(value, [], { required: ['apiVersion', 'exceptions'] });
  if (file === null) return [];
  if (file.apiVersion !== API_VERSION) fields.fault(['apiVersion'], `must be ${API_VERSION}`);
  if (!Array.isArray(file.exceptions)) {
    fields.fault(['exceptions'], 'must be a list');
    return [];
  }
  const exceptions = (file.exceptions as unknown[]).flatMap(
    (item, i) => readException(item, ['exceptions', i], path, fields) ?? [],
  );
  const ids = new Set<string>();
  for (const [i, { id }] of exceptions.entries()) {
    if (ids.has(id)) fields.fault(['exceptions', i, 'id'], 'another exception has this id');
    ids.add(id);
  }
  return exceptions;
}

function readException(
  value: unknown,
  at: FieldPath,
  path: string,
  fields: StrictFields,
): ReviewException | null {
  const map = fields.map(value, at, { required: ['id', 'match', 'reason', 'expires'] });
  if (map === null) return null;
  const id = fields.text(map.id, [...at, 'id']);
  const reason = fields.text(map.reason, [...at, 'reason']);
  const matchAt = [...at, 'match'];
  const match = fields.map(map.match, matchAt, {
    required: [],
    optional: ['access', 'finding', 'invariant'],
  });
  if (match === null || id === null || reason === null) return null;
  if (Object.keys(match).length !== 1)
    return fields.fault(matchAt, 'must have exactly one of access, finding, invariant');
  const terms = { id, reason, expires: scalarText(map.expires), path, line: fields.line(at) };
  if (Object.hasOwn(match, 'finding')) {
    const finding = readFindingMatch(match.finding, [...matchAt, 'finding'], fields);
    return finding === null ? null : { ...terms, finding };
  }
  if (Object.hasOwn(match, 'invariant')) {
    const invariant = fields.text(match.invariant, [...matchAt, 'invariant']);
    return invariant === null ? null : { ...terms, invariant };
  }
  const where = [...matchAt, 'access'];
  const access = fields.map(match.access, where, {
    required: ['from', 'to'],
    optional: ['traffic'],
  });
  if (access === null) return null;
  const from = readEndMatch(access.from, [...where, 'from'], fields);
  const to = readEndMatch(access.to, [...where, 'to'], fields);
  const traffic = readTraffic(access.traffic, [...where, 'traffic'], fields);
  if (from === null || to === null || traffic === null) return null;
  return { ...terms, from, to, traffic };
}

/** What is no date counts as expired, whatever it is. */
function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '(unreadable)';
}
