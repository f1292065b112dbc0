import { reviewMarker, type ReviewReport, writeReview } from '@portolan/report';
import { GithubApi, GithubError } from '../github/github-api.js';
import { StickyComments, type WantedComment } from '../github/sticky-comment.js';
import type { CommentWhen } from '../read-inputs.js';
import type { DiffContext, DiffResult } from '../run-diff.js';
import { workflowCommand } from './workflow-command.js';

/** The review of a folder. */
export interface FolderReview {
  readonly path: string;
  readonly result: DiffResult;
}

/**
 * Writes a comment for each review. What comes of it never changes what the reviews say; the answer is a line for the log
 * when comments could not be written.
 */
export async function commentReviews(
  reviews: readonly FolderReview[],
  { inputs, environment, origin }: DiffContext,
): Promise<string> {
  const { comment, commentMode: mode, githubToken } = inputs;
  const { pullRequest, repository } = origin;
  if (comment === 'never' || pullRequest === null) return '';
  if (githubToken === null)
    return workflowCommand('notice', 'No comment is written: there is no github-token.');
  const api = new GithubApi(environment.apiUrl, githubToken);
  const comments = new StickyComments(api, repository, pullRequest);
  try {
    for (const review of reviews)
      await comments.put({ ...textOf(review, inputs.cluster, comment), mode });
    return '';
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return error.isForbidden
      ? workflowCommand(
          'notice',
          `No comment is written: the token may not (${error.message}), as in runs for a fork. The review is in the summary of the job.`,
        )
      : workflowCommand('warning', `The comment could not be written: ${error.message}`);
  }
}

function textOf(
  { path, result }: FolderReview,
  cluster: string | null,
  when: CommentWhen,
): Omit<WantedComment, 'mode'> {
  if (result.kind === 'REVIEWED') {
    const { report } = result;
    const marker = reviewMarker(report);
    return { marker, body: writeReview(report, 'md'), isWanted: isWorthTelling(report, when) };
  }
  const marker = reviewMarker({ cluster: cluster ?? 'offline', path });
  const text =
    '⚠️ **Could not decide** – this run ended without a review; the log of its job says why.';
  return { marker, body: `${marker}\n${text}\n`, isWanted: when === 'always' };
}

function isWorthTelling(report: ReviewReport, when: CommentWhen): boolean {
  const { opened, altered, closed, newlyUnprotected, gates } = report;
  const hasOpened = opened.length + altered.length + newlyUnprotected.length > 0;
  switch (when) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'on-opened':
      return hasOpened;
    case 'on-change':
      return hasOpened || closed.length > 0 || gates.some(({ status }) => status !== 'HELD');
  }
}
