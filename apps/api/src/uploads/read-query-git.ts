import { TEXT_LIMITS } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import type { GitContextInput } from './create-snapshot.input.js';

/** Parameters that say where manifests lie in git, named as the fields of the GraphQL input. */
export const GIT_PARAMETERS = [
  'git.repository',
  'git.commit',
  'git.ref',
  'git.pullRequest',
  'git.url',
] as const;

/** What the columns take. */
const MAX_NUMBER = 2_147_483_647;

/** Where manifests lie in git, or null; what is wrong with it is checked as in GraphQL, but for what its types say there. */
export function readQueryGit(query: URLSearchParams): {
  readonly git: GitContextInput | null;
  readonly errors: readonly UserError[];
} {
  const repository = query.get('git.repository');
  if (repository === null) {
    const stray = GIT_PARAMETERS.find((name) => query.has(name));
    const errors = stray === undefined ? [] : [invalid(stray, `${stray} needs git.repository`)];
    return { git: null, errors };
  }
  const number = query.get('git.pullRequest');
  const pullRequest = number === null ? null : toNumber(number);
  const ref = query.get('git.ref');
  const url = query.get('git.url');
  const errors = [
    ...(number !== null && pullRequest === null
      ? [invalid('git.pullRequest', `git.pullRequest is a number up to ${MAX_NUMBER}`)]
      : []),
    ...((ref?.length ?? 0) > TEXT_LIMITS.path
      ? [invalid('git.ref', `git.ref has at most ${TEXT_LIMITS.path} characters`)]
      : []),
    ...((url?.length ?? 0) > TEXT_LIMITS.url
      ? [invalid('git.url', `git.url has at most ${TEXT_LIMITS.url} characters`)]
      : []),
  ];
  const commit = query.get('git.commit');
  return { git: { repository, commit, ref, pullRequest, url }, errors };
}

function toNumber(text: string): number | null {
  return /^\d{1,10}$/.test(text) && Number(text) <= MAX_NUMBER ? Number(text) : null;
}

function invalid(name: string, message: string): UserError {
  return { code: 'INVALID', message, field: name.split('.') };
}
