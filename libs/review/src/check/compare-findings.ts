import { fingerprintOf, objectName } from '@portolan/findings';
import type { Finding, SnapshotView } from '@portolan/model';
import { narrowFinding } from './narrow-finding.js';

/** The findings of a state, and the objects that they are about. */
export interface FoundInState {
  readonly view: SnapshotView;
  readonly findings: readonly Finding[];
}

/** What differs between the findings of two states, object by object: each finding has only those of its objects for which it differs. */
export interface ComparedFindings {
  /** Of the head, and the base has not got them. */
  readonly added: readonly Finding[];
  /** Of the base, and the head has not got them. */
  readonly gone: readonly Finding[];
}

/** Compares by fingerprints, whether annotations silence a finding or not: what is silenced is there nevertheless. */
export function compareFindings(base: FoundInState, head: FoundInState): ComparedFindings {
  const before = fingerprintsIn(base);
  const after = fingerprintsIn(head);
  return { added: lackingIn(before, after), gone: lackingIn(after, before) };
}

/** How many findings there are, counted by objects. */
export function countByObject(found: FoundInState): number {
  return fingerprintsIn(found).known.size;
}

interface Fingerprints {
  /** Of each finding, in the order of its objects. */
  readonly all: ReadonlyMap<Finding, readonly string[]>;
  readonly known: ReadonlySet<string>;
}

function fingerprintsIn({ view, findings }: FoundInState): Fingerprints {
  const all = new Map<Finding, readonly string[]>();
  const known = new Set<string>();
  for (const finding of findings) {
    const fingerprints = fingerprintsOf(view, finding);
    all.set(finding, fingerprints);
    for (const fingerprint of fingerprints) known.add(fingerprint);
  }
  return { all, known };
}

function fingerprintsOf(view: SnapshotView, finding: Finding): string[] {
  const { object, objects } = finding;
  if (object.kind === 'INPUT') return [fingerprintOf(finding, objectName(view, object))];
  const { kind } = object;
  return objects.map((index) => fingerprintOf(finding, objectName(view, { kind, index })));
}

function lackingIn({ known }: Fingerprints, { all }: Fingerprints): Finding[] {
  return Array.from(all).flatMap(([finding, fingerprints]) => {
    const isLacking = (at: number): boolean => !known.has(fingerprints[at] ?? '');
    if (finding.object.kind === 'INPUT') return isLacking(0) ? finding : [];
    const objects = finding.objects.filter((_, at) => isLacking(at));
    return narrowFinding(finding, objects) ?? [];
  });
}
