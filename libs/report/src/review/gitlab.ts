import type { Severity } from '@portolan/model';
import { annotationsOf } from './annotations.js';
import type { ReviewReport } from './review-report.js';

const SEVERITY: Readonly<Record<Severity, string>> = {
  CRITICAL: 'blocker',
  HIGH: 'critical',
  MEDIUM: 'major',
  LOW: 'minor',
  INFO: 'info',
};

/** A report of GitLab's code quality: one entry for each row that has a place. */
export function writeGitlab(report: ReviewReport): string {
  const entries = annotationsOf(report).map(({ rule, severity, message, place, fingerprint }) => ({
    description: message,
    check_name: `portolan/${rule}`,
    fingerprint,
    severity: SEVERITY[severity],
    location: { path: place.path, lines: { begin: place.startLine } },
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
