import { type ReviewFormat, type ReviewReport, writeReview } from '@portolan/report';
import type { ChangeReviewRow } from '@portolan/store';
import { toUserErrorCode } from '../jobs/job.mapper.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { MAX_PROBLEMS } from '../uploads/upload-limits.js';
import { presentProblem, problem, statusOf } from '../uploads/upload-response.js';
import { conclusionOf, exitCodeOf } from './review-conclusion.js';
import { REVIEW_POLL_MS } from './review-limits.js';

/** An answer about a review by REST. */
export interface ReviewAnswer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Media types of reports, the usual one first, and the format of each. */
export const REPORT_TYPES = {
  'application/json': 'json',
  'text/markdown': 'md',
  'application/sarif+json': 'sarif',
  'text/plain': 'text',
} as const satisfies Readonly<Record<string, ReviewFormat>>;
/** A media type of REPORT_TYPES. */
export type ReportType = keyof typeof REPORT_TYPES;

/** Where a review is found by REST. */
export function reviewUrl({ id }: Pick<ChangeReviewRow, 'id'>): string {
  return `/v1/reviews/${encodeGlobalId({ type: 'ChangeReview', uuid: id })}`;
}

/** What a review is answered with that is not finished. */
export function runningAnswer(review: ChangeReviewRow): ReviewAnswer {
  const id = encodeGlobalId({ type: 'ChangeReview', uuid: review.id });
  const url = reviewUrl(review);
  const { status } = review.job;
  return {
    status: 202,
    type: 'application/json',
    headers: { 'portolan-review': id, location: url },
    body: JSON.stringify({ id, status, pollAfterMs: REVIEW_POLL_MS, url }),
  };
}

/** The report of a completed review. */
export function reportAnswer(
  review: ChangeReviewRow,
  report: ReviewReport,
  type: ReportType,
): ReviewAnswer {
  const body = writeReview(report, REPORT_TYPES[type]);
  return { status: 200, type, headers: headersOf(review), body };
}

/** Why a review has no report: a problem (RFC 9457). */
export function failureAnswer(
  review: ChangeReviewRow,
  requestId: string | undefined,
): ReviewAnswer {
  const { error } = review.job;
  const code = error === null ? 'CANCELLED' : toUserErrorCode(error.code);
  const { status, body } = problem(
    code === 'CANCELLED' ? 409 : statusOf(code),
    code,
    error?.message ?? 'The review was cancelled',
    {
      review: encodeGlobalId({ type: 'ChangeReview', uuid: review.id }),
      problemCount: error?.problems.length ?? 0,
      problems: (error?.problems ?? []).slice(0, MAX_PROBLEMS).map(presentProblem),
      requestId,
    },
  );
  const headers = headersOf(review);
  return {
    status,
    type: 'application/problem+json',
    headers: status === 503 ? { ...headers, 'retry-after': '5' } : headers,
    body: JSON.stringify(body),
  };
}

function headersOf(review: ChangeReviewRow): Readonly<Record<string, string>> {
  const conclusion = conclusionOf(review) ?? 'ERROR';
  return {
    'portolan-review': encodeGlobalId({ type: 'ChangeReview', uuid: review.id }),
    'portolan-conclusion': conclusion,
    'portolan-exit-code': String(exitCodeOf(conclusion)),
  };
}
