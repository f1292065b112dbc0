import type { StoredUpload } from '../uploads/stored-upload.js';
import type { PlannedReview, PlannedSide, ReviewUploads } from './planned-review.js';
import type { SaidReview } from './said-review.js';

/** A state as a worker finds it again. */
export interface SideWork extends Omit<PlannedSide, 'below'> {
  /** Id of the snapshot. */
  readonly below: string | null;
  readonly upload: StoredUpload | null;
}

/** What is said of a review that matters when everything that it names is found. */
export type ReviewTerms = Pick<
  SaidReview,
  | 'path'
  | 'prunesFolder'
  | 'gates'
  | 'minSeverity'
  | 'exceptions'
  | 'invariants'
  | 'settings'
  | 'today'
  | 'isStrict'
  | 'mayBeEmpty'
>;

/** What a worker needs to know of a review; as JSON. The snapshots are those of the time of the request. */
export interface ReviewWork {
  readonly terms: ReviewTerms;
  readonly base: SideWork;
  readonly head: SideWork;
  /** Id of the snapshot whose profile holds for both states; null when the cluster has none. */
  readonly profiled: string | null;
}

/** A planned review, for a worker. */
export function toReviewWork(
  { said, base, head, profiled }: PlannedReview,
  uploads: ReviewUploads,
): ReviewWork {
  const { path, prunesFolder, gates, minSeverity, today, isStrict, mayBeEmpty } = said;
  const { exceptions, invariants, settings } = said;
  return {
    terms: {
      path,
      prunesFolder,
      gates,
      minSeverity,
      exceptions,
      invariants,
      settings,
      today,
      isStrict,
      mayBeEmpty,
    },
    base: { ...base, below: base.below?.id ?? null, upload: uploads.base?.stored ?? null },
    head: { ...head, below: head.below?.id ?? null, upload: uploads.head?.stored ?? null },
    profiled: profiled?.id ?? null,
  };
}
