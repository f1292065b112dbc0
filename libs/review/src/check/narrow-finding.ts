import type { Finding } from '@portolan/model';

/**
 * A finding of some of its objects alone; null when none is left. What was said about the first object (a place, what to write there) goes with it
 * when that is not among them.
 */
export function narrowFinding(finding: Finding, objects: readonly number[]): Finding | null {
  const { object, fix } = finding;
  const [first] = objects;
  if (object.kind === 'INPUT' || objects.length === finding.objects.length) return finding;
  if (first === undefined) return null;
  const narrowed = { ...finding, objects, occurrences: objects.length };
  if (first === object.index) return narrowed;
  return {
    ...narrowed,
    object: { kind: object.kind, index: first },
    path: null,
    place: null,
    fix: fix === null ? null : { text: fix.text, yaml: null, edits: [] },
  };
}
