import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { textAt } from './shape.js';

/** Reads one of a few words, written exactly so; null when it is missing. */
export function readChoice<T extends string>(
  value: unknown,
  choices: readonly T[],
  path: Path,
  findings: Findings,
): T | null {
  const text = textAt(value, path, findings);
  if (text === null) return null;
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  findings.reject(path, `${quoted(text)} is none of ${choices.join(', ')}`);
  return null;
}
