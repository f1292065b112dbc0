import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { boundedListAt, checkGiven, textAt } from './shape.js';

const BOUNDS = { min: 1, max: 25 };

/**
 * Reads a list of texts that must differ (`x-kubernetes-list-type: set`). Texts may differ and yet mean the same: each
 * meaning is kept once. `canonical` gives null where it has a finding.
 */
export function readTextSet(
  value: unknown,
  path: Path,
  findings: Findings,
  canonical: (text: string, at: Path) => string | null,
): string[] {
  const written = new Set<string>();
  const meant = new Set<string>();
  for (const [i, entry] of (boundedListAt(value, BOUNDS, path, findings) ?? []).entries()) {
    const at = [...path, i];
    checkGiven(entry, at, findings);
    const text = textAt(entry, at, findings);
    if (text === null) continue;
    if (written.has(text)) findings.reject(at, 'stands in the list twice');
    written.add(text);
    const meaning = canonical(text, at);
    if (meaning !== null) meant.add(meaning);
  }
  return [...meant];
}
