import { assertUnreachable } from '@portolan/model';
import { writeReviewCsv } from './csv.js';
import { writeReviewDot } from './dot.js';
import { writeGitlab } from './gitlab.js';
import { writeReviewJson } from './json.js';
import { writeJunit } from './junit.js';
import { writeMarkdown } from './markdown.js';
import type { ReviewReport } from './review-report.js';
import { writeSarif } from './sarif.js';
import type { Paint } from '../text/paint.js';
import { writeReviewText } from './text.js';

/** Formats of a review. */
export const REVIEW_FORMATS = [
  'md',
  'json',
  'sarif',
  'junit',
  'gitlab',
  'csv',
  'dot',
  'text',
] as const;
/** A format of REVIEW_FORMATS. */
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

/** What some formats want to know besides the report. */
export interface WriteOptions {
  /** Characters of Markdown. */
  readonly maxLength?: number;
  /** Colours of text. */
  readonly paint?: Paint;
}

/** The document of a review. Equal reports give equal documents, byte for byte. */
export function writeReview(
  report: ReviewReport,
  format: ReviewFormat,
  { maxLength, paint }: WriteOptions = {},
): string {
  switch (format) {
    case 'md':
      return writeMarkdown(report, maxLength);
    case 'json':
      return writeReviewJson(report);
    case 'sarif':
      return writeSarif(report);
    case 'junit':
      return writeJunit(report);
    case 'gitlab':
      return writeGitlab(report);
    case 'csv':
      return writeReviewCsv(report);
    case 'dot':
      return writeReviewDot(report);
    case 'text':
      return writeReviewText(report, paint);
    default:
      return assertUnreachable(format);
  }
}
