import type { ProblemCode } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';

/** A map of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is a map. */
export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A value of a type, or nothing. As in the API server, null is the same as absent. Another type is a finding, after which
 * the value counts as absent.
 */
export function mapAt(value: unknown, path: Path, findings: Findings): Fields | null {
  return typed(value, isMap, 'a map', path, findings);
}

/** A list; null when it is missing, or rejected as something else. */
export function listAt(value: unknown, path: Path, findings: Findings): readonly unknown[] | null {
  return typed(value, isList, 'a list', path, findings);
}

/** A text; null when it is missing, or rejected as something else. */
export function textAt(value: unknown, path: Path, findings: Findings): string | null {
  return typed(value, isText, 'text', path, findings);
}

/** As `textAt`, of the value of a label: YAML reads `yes` and `0123` as something else, which has a code of its own. */
export function labelTextAt(value: unknown, path: Path, findings: Findings): string | null {
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  return typed(value, isText, 'text', path, findings, isScalar ? 'LABEL_NOT_TEXT' : undefined);
}

/** A boolean; null when it is missing, or rejected as something else. */
export function booleanAt(value: unknown, path: Path, findings: Findings): boolean | null {
  return typed(value, isBoolean, 'true or false', path, findings);
}

/** A whole number; null when it is missing, or rejected as something else. */
export function integerAt(value: unknown, path: Path, findings: Findings): number | null {
  return typed(value, isInteger, 'a whole number', path, findings);
}

/** A finding when a required field is missing. */
export function checkGiven(value: unknown, path: Path, findings: Findings): void {
  if (value === undefined || value === null) findings.reject(path, 'is required');
}

/** How many elements a list may have. */
export interface ListBounds {
  readonly min: number;
  readonly max: number;
}

/** A list of so many elements, or null when it is missing. */
export function boundedListAt(
  value: unknown,
  { min, max }: ListBounds,
  path: Path,
  findings: Findings,
): readonly unknown[] | null {
  const list = listAt(value, path, findings);
  if (list !== null && (list.length < min || list.length > max)) {
    findings.reject(path, `must have from ${min} to ${max} entries, not ${list.length}`);
  }
  return list;
}

function typed<T>(
  value: unknown,
  isType: (value: unknown) => value is T,
  name: string,
  path: Path,
  findings: Findings,
  code?: ProblemCode,
): T | null {
  if (value === undefined || value === null) return null;
  if (isType(value)) return value;
  findings.reject(path, `must be ${name}, not ${typeName(value)}${quoteHint(value, name)}`, code);
  return null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
function isText(value: unknown): value is string {
  return typeof value === 'string';
}
function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object':
      return 'a map';
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    default:
      return 'a number';
  }
}

function quoteHint(value: unknown, expected: string): string {
  if (expected !== 'text') return '';
  if (typeof value === 'boolean')
    return ' (yes, no, on, off, y and n are booleans as well: quote it)';
  return typeof value === 'number' ? ' (quote it)' : '';
}
