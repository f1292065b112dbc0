import { assertUnreachable } from '@portolan/model';
import type { WriteOptions } from '../review/write-review.js';
import {
  writeFindingsGitlab,
  writeFindingsJson,
  writeFindingsJunit,
  writeFindingsSarif,
} from './finding-formats.js';
import type { FindingsReport } from './findings-report.js';
import { writeFindingsMarkdown } from './markdown.js';
import { writeFindingsText } from './text.js';

/** Formats of findings. */
export const FINDINGS_FORMATS = ['text', 'json', 'sarif', 'junit', 'gitlab', 'md'] as const;
/** A format of FINDINGS_FORMATS. */
export type FindingsFormat = (typeof FINDINGS_FORMATS)[number];

/** The document of findings. Equal reports give equal documents, byte for byte. */
export function writeFindings(
  report: FindingsReport,
  format: FindingsFormat,
  { maxLength, paint }: WriteOptions = {},
): string {
  switch (format) {
    case 'text':
      return writeFindingsText(report, paint);
    case 'json':
      return writeFindingsJson(report);
    case 'sarif':
      return writeFindingsSarif(report);
    case 'junit':
      return writeFindingsJunit(report);
    case 'gitlab':
      return writeFindingsGitlab(report);
    case 'md':
      return writeFindingsMarkdown(report, maxLength);
    default:
      return assertUnreachable(format);
  }
}
