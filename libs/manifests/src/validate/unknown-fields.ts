import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { nearestName } from './nearest-name.js';
import type { Fields } from './shape.js';

/** Rejects fields that a type does not have: the API server would drop them, and with them a part of the policy. */
export function rejectUnknown(
  fields: Fields,
  known: readonly string[],
  path: Path,
  findings: Findings,
): void {
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const hint = near === null ? '' : `: did you mean ${near}?`;
    findings.reject([...path, name], `there is no field ${quoted(name)}${hint}`, 'UNKNOWN_FIELD');
  }
}
