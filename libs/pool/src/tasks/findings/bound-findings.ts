import type { Finding } from '@portolan/model';
import { byGravity, type OmittedFindings } from '@portolan/review';
import type { FoundFindings } from '../../finding-messages.js';

/** JSON of the findings of one answer: some ten thousand, or two million objects. */
export const MAX_FINDINGS_BYTES = 16 * 1024 * 1024;

/** Findings with the gravest first, as many as find room; the others are counted. */
export function boundFindings(findings: readonly Finding[], maxBytes: number): FoundFindings {
  const sorted = [...findings].sort(byGravity);
  const kept: Finding[] = [];
  const omitted = new Map<string, OmittedFindings>();
  let byteLength = 0;
  for (const finding of sorted) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 1;
    // A smaller one behind one that is left out is left out too: else it would be chance which ones are there.
    if (omitted.size === 0 && byteLength + size <= maxBytes) {
      kept.push(finding);
      byteLength += size;
    } else count(omitted, finding);
  }
  return { findings: kept, omitted: [...omitted.values()], byteLength };
}

function count(
  omitted: Map<string, OmittedFindings>,
  { rule, severity, suppressed }: Finding,
): void {
  const isSuppressed = suppressed !== null;
  const key = `${rule} ${severity} ${String(isSuppressed)}`;
  const before = omitted.get(key)?.count ?? 0;
  omitted.set(key, { rule, severity, isSuppressed, count: before + 1 });
}
