import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { boundedListAt, type ListBounds, mapAt } from './shape.js';
import { pruneUnknown } from './unknown-fields.js';

/** The forms that a map may take: it has exactly one of these fields, and this reads the field. */
export type Forms<T> = Readonly<Record<string, FormReader<T>>>;

/** Null = nothing in it is known, or there is a finding. */
export type FormReader<T> = (
  value: unknown,
  path: Path,
  findings: Findings,
  whenUnknown: string | null,
) => T | null;

/**
 * Reads a map of which exactly one field must be set. Where fields are set, but none that is known, the map is of a later
 * version of the API: that is noted, `whenUnknown` saying what follows from it, and null is returned for the caller to
 * fail closed. With `whenUnknown` null it is a finding, as for an empty map.
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function readOneOf<T>(
  value: unknown,
  forms: Forms<T>,
  path: Path,
  findings: Findings,
  whenUnknown: string | null,
): T | null {
  const fields = mapAt(value ?? {}, path, findings);
  if (fields === null) return null;
  const known = Object.keys(forms);
  const given = Object.keys(fields).filter((field) => fields[field] !== null);
  const [name, ...others] = given.filter((field) => known.includes(field));
  const isUnknown = name === undefined && given.length > 0 && whenUnknown !== null;
  pruneUnknown(fields, known, path, findings, isUnknown ? whenUnknown : undefined);
  if (name === undefined) {
    if (!isUnknown) findings.reject(path, `needs ${known.join(' or ')}`);
    return null;
  }
  if (others.length > 0) findings.reject(path, `takes only one of ${known.join(', ')}`);
  return forms[name]?.(fields[name], [...path, name], findings, whenUnknown) ?? null;
}

/** A list of such maps. */
export interface Entries<T> {
  readonly forms: Forms<T>;
  readonly bounds: ListBounds;
}

/** Reads a list of maps of which each has one field set, null for those that fail closed. Null when it is missing. */
export function readEachOf<T>(
  value: unknown,
  { forms, bounds }: Entries<T>,
  path: Path,
  findings: Findings,
  whenUnknown: string,
): (T | null)[] | null {
  const list = boundedListAt(value, bounds, path, findings);
  if (list === null) return null;
  return list.map((entry, i) => readOneOf(entry, forms, [...path, i], findings, whenUnknown));
}
