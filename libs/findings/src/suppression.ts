import {
  type AnnotatedKind,
  ANNOTATED_KINDS,
  type FindingObject,
  type IgnoreAt,
  type IgnoreEntry,
  type Problem,
  type SnapshotView,
  type SourceView,
  type Suppression,
} from '@portolan/model';
import { objectName } from './object-name.js';

/**
 * Whether the annotation of an object silences findings of a rule about it on a day (`2027-01-31`). It speaks for its own object alone: that
 * of a Namespace does not cover what is in it. A finding about a pod is its workload's to silence.
 * @param rule - `NP201`
 * @param sources - of the side that is judged: a change must not silence itself, so gates ask those of the state before it
 */
export function suppressionOf(
  view: SnapshotView,
  sources: SourceView,
  object: FindingObject,
  rule: string,
  today: string,
): Suppression | null {
  const annotated = annotatedBy(view, object);
  const ignore = annotated === null ? null : sources.ignoreOf(annotated.kind, annotated.index);
  if (ignore === null) return null;
  const entry = ignore.entries.find((one) => one.rule === rule && !isOver(one, today));
  return entry === undefined ? null : { reason: entry.reason, until: entry.until };
}

/** The entries of a snapshot's annotations whose last day is over on a day: they silence nothing any more. */
export function expiredSuppressions(
  view: SnapshotView,
  sources: SourceView,
  today: string,
): Problem[] {
  const found: Problem[] = [];
  for (const ignore of sources.ignores()) {
    if (ignore.location === null) continue;
    for (const entry of ignore.entries)
      if (isOver(entry, today)) found.push(expired(view, ignore, ignore.location, entry));
  }
  return found;
}

function expired(
  view: SnapshotView,
  { kind, index }: IgnoreAt,
  location: Problem['location'],
  { rule, until }: IgnoreEntry,
): Problem {
  const [kindName = '', ...name] = objectName(view, { kind, index }).split(' ');
  return {
    code: 'EXPIRED_SUPPRESSION',
    severity: 'WARNING',
    outcome: 'INDEXED',
    location,
    kind: kindName,
    object: name.join(' '),
    field: 'metadata.annotations["portolan.dev/ignore"]',
    message: `${rule} was ignored until ${String(until)}: that day is over, and it is found again`,
  };
}

function annotatedBy(
  view: SnapshotView,
  object: FindingObject,
): { readonly kind: AnnotatedKind; readonly index: number } | null {
  if (object.kind === 'INPUT') return null;
  if (object.kind === 'POD') return { kind: 'WORKLOAD', index: view.pod(object.index).workload };
  const kind = ANNOTATED_KINDS.find((known) => known === object.kind);
  return kind === undefined ? null : { kind, index: object.index };
}

/** Days of this form are in the order of their texts. */
function isOver({ until }: Suppression, today: string): boolean {
  return until !== null && until < today;
}
