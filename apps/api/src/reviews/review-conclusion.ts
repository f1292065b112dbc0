import { assertUnreachable } from '@portolan/model';
import type { ChangeReviewRow } from '@portolan/store';
import type { ReviewConclusion } from './review.enums.js';

/** The result of a review; null until it has ended. */
export function conclusionOf({
  job,
  verdict,
}: Pick<ChangeReviewRow, 'job' | 'verdict'>): ReviewConclusion | null {
  switch (job.status) {
    case 'QUEUED':
    case 'IN_PROGRESS':
      return null;
    case 'CANCELLED':
      return 'CANCELLED';
    case 'FAILED':
      return job.error?.code === 'TIMEOUT' ? 'TIMED_OUT' : 'ERROR';
    case 'COMPLETED':
      return conclusionOfVerdict(verdict);
    default:
      return assertUnreachable(job.status);
  }
}

function conclusionOfVerdict(verdict: ChangeReviewRow['verdict']): ReviewConclusion {
  switch (verdict) {
    case 'PASSED':
      return 'SUCCESS';
    case 'WARNED':
      return 'NEUTRAL';
    case 'FAILED':
      return 'FAILURE';
    case null:
      return 'ERROR';
    default:
      return assertUnreachable(verdict);
  }
}

/** The exit code of the command line: 0 = every gate held, 1 = one did not, 2 = could not decide. */
export function exitCodeOf(conclusion: ReviewConclusion): number {
  switch (conclusion) {
    case 'SUCCESS':
    case 'NEUTRAL':
      return 0;
    case 'FAILURE':
      return 1;
    case 'CANCELLED':
    case 'TIMED_OUT':
    case 'ERROR':
      return 2;
    default:
      return assertUnreachable(conclusion);
  }
}
