import type { Severity } from '@portolan/model';
import type { LineNote } from './line-note.js';

const SEVERITY: Readonly<Record<Severity, string>> = {
  CRITICAL: 'blocker',
  HIGH: 'critical',
  MEDIUM: 'major',
  LOW: 'minor',
  INFO: 'info',
};

/** A report of GitLab's code quality: an entry for each note. */
export function writeGitlabEntries(notes: readonly LineNote[]): string {
  const entries = notes.map(({ rule, severity, message, place, fingerprint }) => ({
    description: message,
    check_name: `portolan/${rule}`,
    fingerprint,
    severity: SEVERITY[severity],
    location: { path: place.path, lines: { begin: place.startLine } },
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
