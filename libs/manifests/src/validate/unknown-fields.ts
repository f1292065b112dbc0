import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { nearestName } from './nearest-name.js';
import type { Fields } from './shape.js';

/** What becomes of fields that a type does not have. */
export type UnknownFields = (
  fields: Fields,
  known: readonly string[],
  path: Path,
  findings: Findings,
) => void;

/** Rejects fields that a type does not have: the API server would drop them, and with them a part of the policy. */
export function rejectUnknown(
  fields: Fields,
  known: readonly string[],
  path: Path,
  findings: Findings,
): void {
  for (const name of unknownIn(fields, known)) {
    const near = nearestName(name, known);
    const hint = near === null ? '' : `: did you mean ${near}?`;
    findings.reject([...path, name], `there is no field ${quoted(name)}${hint}`, 'UNKNOWN_FIELD');
  }
}

const DROPPED = 'the API server drops it';

/**
 * Notes fields that a custom resource does not have. The API server prunes them and takes the rest, which is then another
 * policy than the one that was meant: `consequence` says which.
 */
export function pruneUnknown(
  fields: Fields,
  known: readonly string[],
  path: Path,
  findings: Findings,
  consequence = DROPPED,
): void {
  for (const name of unknownIn(fields, known)) {
    const near = nearestName(name, known);
    const hint = near === null ? '' : ` (did you mean ${near}?)`;
    const message = `there is no field ${quoted(name)}${hint}: ${consequence}`;
    findings.note([...path, name], message, 'UNSUPPORTED_FIELD', 'WARNING');
  }
}

/** The same in a selector, where less may be left than selects anything in particular. */
export function pruneInSelector(
  fields: Fields,
  known: readonly string[],
  path: Path,
  findings: Findings,
): void {
  const isLeft = known.some((name) => fields[name] !== undefined && fields[name] !== null);
  const consequence = isLeft ? DROPPED : `${DROPPED}, and what is left selects everything`;
  pruneUnknown(fields, known, path, findings, consequence);
}

function unknownIn(fields: Fields, known: readonly string[]): string[] {
  return Object.keys(fields).filter((name) => !known.includes(name));
}
