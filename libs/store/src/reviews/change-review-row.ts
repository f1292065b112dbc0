import type { ChangeReview, Job } from '../generated/client.js';
import { type JobRow, toJobRow } from '../jobs/job-row.js';
import { type GitProvenance, toGit } from '../snapshots/snapshot-row.js';

/** How a change was judged: whether every gate held. */
export type ReviewVerdict = 'PASSED' | 'WARNED' | 'FAILED';

/** A change that was judged, or is being; without its report. */
export interface ChangeReviewRow {
  /** That of its job. */
  readonly id: string;
  readonly clusterId: string;
  /** How far it is, and why it failed. */
  readonly job: JobRow;
  /** What is reviewed of the repository. */
  readonly path: string;
  /** Set exactly when the job is completed. */
  readonly verdict: ReviewVerdict | null;
  /** Who asked for it. */
  readonly actor: string;
  readonly git: GitProvenance | null;
  readonly createdAt: Date;
  /** When it is forgotten. */
  readonly expiresAt: Date;
}

/** From the tables to the row that callers see. */
export function toChangeReviewRow(
  record: Omit<ChangeReview, 'report'> & { readonly job: Job },
): ChangeReviewRow {
  const { id, clusterId, job, path, verdict, actor, createdAt, expiresAt } = record;
  return {
    id,
    clusterId,
    job: toJobRow(job),
    path,
    // A check of the table holds that it is one.
    verdict: verdict as ReviewVerdict | null,
    actor,
    git: toGit(record),
    createdAt,
    expiresAt,
  };
}
