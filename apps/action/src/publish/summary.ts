import { appendFile } from 'node:fs/promises';
import {
  MARKDOWN_MAX_LENGTH,
  MARKDOWN_MIN_LENGTH,
  type ReviewReport,
  writeReview,
} from '@portolan/report';

/** What GitHub takes of one step. */
const MAX_BYTES = 1024 * 1024;
/** A line that says that something is left out always has room. */
const KEPT_BYTES = 200;

/** Adds reports to the summary of the job, as much of each as there is room for. */
export async function writeSummary(
  file: string | null,
  reports: readonly ReviewReport[],
): Promise<void> {
  if (file === null || reports.length === 0) return;
  await appendFile(file, summaryOf(reports));
}

/** Reports as one page that GitHub takes. */
export function summaryOf(reports: readonly ReviewReport[]): string {
  const share = Math.floor((MAX_BYTES - KEPT_BYTES) / reports.length);
  let text = '';
  let left = 0;
  for (const report of reports) {
    const page = pageWithin(report, share);
    if (Buffer.byteLength(text) + Buffer.byteLength(page) > MAX_BYTES - KEPT_BYTES) left++;
    else text += page;
  }
  return left === 0 ? text : `${text}**${left} reviews are left out here.**\n`;
}

/** Characters are counted by the writer, and bytes by GitHub: of these there are never fewer. */
function pageWithin(report: ReviewReport, bytes: number): string {
  let length = Math.max(MARKDOWN_MIN_LENGTH, Math.min(MARKDOWN_MAX_LENGTH, bytes));
  for (;;) {
    const page = `${writeReview(report, 'md', { maxLength: length })}\n`;
    if (Buffer.byteLength(page) <= bytes || length === MARKDOWN_MIN_LENGTH) return page;
    length = Math.max(MARKDOWN_MIN_LENGTH, length >> 1);
  }
}
