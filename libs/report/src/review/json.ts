import type { ReviewReport } from './review-report.js';

/** Changes when a reader of the document would have to. Its schema is `review.schema.json`. */
const FORMAT = 'portolan.review/v1';

/** The whole report as one JSON object, with two blanks a level. */
export function writeReviewJson(report: ReviewReport): string {
  return `${JSON.stringify({ format: FORMAT, ...report }, null, 2)}\n`;
}
