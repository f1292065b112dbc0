import { expiredSuppressions } from '@portolan/findings';
import type { SnapshotView, SourceView } from '@portolan/model';
import type { ExpiredAnnotation } from '@portolan/report';

/** Entries that a report tells; they are the work of people. */
const MAX_EXPIRED = 1_000;

/** Annotations whose last day is over on a day: what they silenced is found again, and somebody has to know why. */
export function expiredAnnotations(
  view: SnapshotView,
  sources: SourceView,
  today: string,
): ExpiredAnnotation[] {
  return expiredSuppressions(view, sources, today)
    .slice(0, MAX_EXPIRED)
    .map(({ kind, object, message, location: { path, startLine, endLine } }) => ({
      object: [kind, object].filter(Boolean).join(' '),
      message,
      place: { path, startLine, endLine },
    }));
}
