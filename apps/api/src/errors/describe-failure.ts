import { HttpException } from '@nestjs/common';
import { assertUnreachable } from '@portolan/model';
import {
  QueueFullError,
  TaskCancelledError,
  TaskTimeoutError,
  WorkerDiedError,
} from '@portolan/pool';
import { StoreError } from '@portolan/store';
import { BadQuestionError } from './bad-question.error.js';
import type { ErrorCode, Failure } from './error-code.js';
import { RequestError } from './request-error.js';

/** Codes that mean something is wrong with us: logged as errors, with the cause. */
export const OUR_FAULT: ReadonlySet<ErrorCode> = new Set(['INTERNAL', 'WORKER_DIED']);

/** What a caller is told about anything that was thrown. The one place that decides it. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof RequestError) return failure(error.code, error.message, error.details);
  if (error instanceof BadQuestionError) return describeBadQuestion(error);
  if (error instanceof StoreError) return describeStoreError(error);
  if (error instanceof QueueFullError) {
    return failure('QUEUE_FULL', 'Too much work is waiting already. Try again later.');
  }
  if (error instanceof TaskTimeoutError) {
    return failure('TIMEOUT', 'It took longer than it may. Ask for less, or raise the limit.', {
      seconds: error.timeoutMs / 1000,
    });
  }
  if (error instanceof TaskCancelledError) {
    return failure('SHUTTING_DOWN', 'The work was stopped. Try again later.');
  }
  if (error instanceof WorkerDiedError) {
    return failure('WORKER_DIED', 'The worker died over it, and so did a second one.');
  }
  if (error instanceof HttpException) return describeHttpException(error);
  return describeBodyError(error) ?? INTERNAL;
}

const INTERNAL = failure('INTERNAL', 'Something went wrong on our side. The log says more.');

function failure(
  code: ErrorCode,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Failure {
  return { code, message, details };
}

function describeBadQuestion({ code, message, argument }: BadQuestionError): Failure {
  return failure('BAD_USER_INPUT', message, { reason: code, argument });
}

function describeStoreError({ code }: StoreError): Failure {
  switch (code) {
    case 'UNAVAILABLE':
      return failure('DATABASE_UNAVAILABLE', 'The database does not answer. Try again later.');
    case 'CONFLICT':
      return failure('CONFLICT', 'Another request changed the same thing. Try again.');
    case 'DAMAGED':
      return INTERNAL;
    default:
      return assertUnreachable(code);
  }
}

/** Nest's own: an address that does not exist, a body that its parser refused. */
function describeHttpException(error: HttpException): Failure {
  const status = error.getStatus();
  if (status === 404) return failure('NOT_FOUND', 'There is nothing here.');
  if (status === 413) return failure('TOO_LARGE', 'The body is larger than the limit.');
  return status < 500 ? failure('BAD_REQUEST', error.message) : INTERNAL;
}

/** Express' body parser marks what it throws with `type`. */
function describeBodyError(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string')
    return null;
  switch (error.type) {
    case 'entity.too.large':
      return failure(
        'TOO_LARGE',
        'The body is larger than the limit. Upload manifests of this size to /v1/clusters/{slug}/snapshots.',
      );
    case 'request.aborted':
    case 'request.size.invalid':
      return failure('BAD_REQUEST', 'The body ended early.');
    case 'entity.parse.failed':
      return failure('BAD_REQUEST', 'The body is not JSON.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return failure('BAD_REQUEST', 'The body must be JSON in UTF-8.');
    default:
      return null;
  }
}
