import type { ReviewReport } from './review-report.js';

/** What a document calls itself: changes when a reader would have to. Its schema is `review.schema.json`. */
export const REVIEW_FORMAT = 'portolan.review/v1';

/** The whole report as one JSON object, with two blanks a level. */
export function writeReviewJson(report: ReviewReport): string {
  return `${JSON.stringify({ format: REVIEW_FORMAT, ...report }, null, 2)}\n`;
}
