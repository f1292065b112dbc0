import { writeGitlabEntries } from '../formats/gitlab-entries.js';
import { annotationsOf } from './annotations.js';
import type { ReviewReport } from './review-report.js';

/** A report of GitLab's code quality: one entry for each row that has a place. */
export function writeGitlab(report: ReviewReport): string {
  return writeGitlabEntries(annotationsOf(report));
}
