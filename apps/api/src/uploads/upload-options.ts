import type { GitProvenance } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import { isGitObjectId } from '../scalars/git-object-id.scalar.js';
import type { CreateSnapshotInput, GitContextInput } from './create-snapshot.input.js';
import type { UploadOptions } from './ingest-request.js';
import { isGiven } from '../schema/is-given.js';
import { MAX_WAIT_SECONDS } from './upload-limits.js';

/** Longest idempotency key. */
export const MAX_KEY_LENGTH = 256;
const MAX_TEXT_LENGTH = 2048;
/** By how much a caller's clock may be ahead of ours, in milliseconds. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** What a caller says about an upload, as it came. */
export type SaidOptions = Omit<CreateSnapshotInput, 'cluster' | 'manifests' | 'clientMutationId'>;

/** What is said about an upload, and how long to wait for it; or everything that is wrong with it. */
export function readUploadOptions(
  input: SaidOptions,
): { readonly options: UploadOptions; readonly waitSeconds: number } | readonly UserError[] {
  const { waitSeconds, idempotencyKey = null, git } = input;
  const errors: UserError[] = [];
  const check = (isGood: boolean, field: string, message: string): void => {
    if (!isGood) errors.push({ code: 'INVALID', message, field: field.split('.') });
  };
  const isWait =
    Number.isInteger(waitSeconds) && waitSeconds >= 0 && waitSeconds <= MAX_WAIT_SECONDS;
  check(isWait, 'waitSeconds', `waitSeconds is a whole number from 0 to ${MAX_WAIT_SECONDS}`);
  const isKey = idempotencyKey === null || isShortText(idempotencyKey, MAX_KEY_LENGTH);
  check(isKey, 'idempotencyKey', `idempotencyKey has 1 to ${MAX_KEY_LENGTH} characters`);
  // The newest snapshot is the one taken last: one from the future would be it for ever.
  const isPast = !isGiven(input.takenAt) || input.takenAt.getTime() <= Date.now() + CLOCK_SKEW_MS;
  check(isPast, 'takenAt', 'takenAt lies in the future');
  if (isGiven(git)) checkGit(git, check);
  if (errors.length > 0) return errors;
  return {
    waitSeconds,
    options: {
      completeness: input.completeness,
      takenAt: input.takenAt ?? null,
      git: isGiven(git) ? toProvenance(git) : null,
      isStrict: input.strict,
      idempotencyKey,
    },
  };
}

/** Checks git provenance. */
export function checkGit(
  { repository, commit, pullRequest, url }: GitContextInput,
  check: (isGood: boolean, field: string, message: string) => void,
): void {
  const isRepository = isShortText(repository, MAX_TEXT_LENGTH);
  check(isRepository, 'git.repository', `A repository has 1 to ${MAX_TEXT_LENGTH} characters`);
  const isCommit = !isGiven(commit) || isGitObjectId(commit);
  check(isCommit, 'git.commit', 'A commit is a full object id of 40 or 64 hexadecimal digits');
  const isNumber = !isGiven(pullRequest) || pullRequest > 0;
  check(isNumber, 'git.pullRequest', 'A pull request has a number from 1');
  // Shown as a link: no other scheme may get there.
  const isLink = !isGiven(url) || (/^https?:\/\//i.test(url) && URL.canParse(url));
  check(isLink, 'git.url', 'A link begins with http:// or https://');
}

/** Git provenance as it is stored. */
export function toProvenance({
  repository,
  commit,
  ref,
  pullRequest,
  url,
}: GitContextInput): GitProvenance {
  return {
    repository,
    commit: commit ?? null,
    ref: ref ?? null,
    pullRequest: pullRequest ?? null,
    url: url ?? null,
  };
}

function isShortText(text: string, limit: number): boolean {
  return text.length > 0 && text.length <= limit;
}
