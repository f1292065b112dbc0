import { assertUnreachable } from '@portolan/model';
import { QueueFullError } from '@portolan/pool';
import { type JobFailure, StoreError } from '@portolan/store';
import { describeFailure } from '../errors/describe-failure.js';
import type { ErrorCode } from '../errors/error-code.js';
import type { UserErrorCode } from '../errors/user-error-code.enum.js';

/** The failure that a job records when the upload was not at fault. */
export function failureOf(error: unknown): JobFailure {
  const { code, message } = describeFailure(error);
  return { code: jobCodeOf(code), message };
}

/** Whether a job that failed so is worth another attempt of its own. */
export function mayPassNextTime(error: unknown): boolean {
  if (error instanceof StoreError) return error.code !== 'DAMAGED';
  return error instanceof QueueFullError;
}

/** Whether the same request may succeed when it is made again: then an idempotency key is not used up. */
export function isPassing(code: string): boolean {
  return PASSING.has(code as UserErrorCode);
}

const PASSING: ReadonlySet<UserErrorCode> = new Set([
  'LIMIT_REACHED',
  'TIMEOUT',
  'INTERRUPTED',
  'INTERNAL',
]);

function jobCodeOf(code: ErrorCode): UserErrorCode {
  switch (code) {
    case 'QUEUE_FULL':
      return 'LIMIT_REACHED';
    case 'TIMEOUT':
      return 'TIMEOUT';
    case 'SHUTTING_DOWN':
    case 'DATABASE_UNAVAILABLE':
    case 'CONFLICT':
      return 'INTERRUPTED';
    case 'UNAUTHENTICATED':
    case 'CROSS_ORIGIN':
    case 'BAD_REQUEST':
    case 'NOT_FOUND':
    case 'TOO_LARGE':
    case 'REQUEST_TIMEOUT':
    case 'GRAPHQL_PARSE_FAILED':
    case 'GRAPHQL_VALIDATION_FAILED':
    case 'BAD_USER_INPUT':
    case 'TOO_MANY_TOKENS':
    case 'TOO_MANY_ALIASES':
    case 'QUERY_TOO_DEEP':
    case 'QUERY_TOO_COSTLY':
    case 'WORKER_DIED':
    case 'INTERNAL':
      return 'INTERNAL';
    default:
      return assertUnreachable(code);
  }
}
