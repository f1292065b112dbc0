import { assertUnreachable, type Problem } from '@portolan/model';
import type { JobRow } from '@portolan/store';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { RequestError } from '../errors/request-error.js';
import type { UserError } from '../errors/user-error.js';
import type { UserErrorCode } from '../errors/user-error-code.enum.js';
import { encodeGlobalId } from '../relay/global-id.js';
import type { Refusal } from './ingest-request.js';
import { MAX_PROBLEMS } from './upload-limits.js';
import type { UploadAnswer } from './uploads.service.js';

/** Status and JSON body of the answer to a REST upload. `title` = a problem (RFC 9457). */
export interface UploadResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * `problems`: the first of the stored snapshot's, and how many there are.
 * @throws what `wrongRequest` makes when the request has to be changed.
 */
export function uploadResponse(
  answer: UploadAnswer,
  problems: { readonly items: readonly Problem[]; readonly total: number },
): UploadResponse {
  switch (answer.kind) {
    case 'STORED': {
      const { snapshot, deduplicated, job } = answer;
      return {
        status: deduplicated ? 200 : 201,
        body: {
          snapshotId: encodeGlobalId({ type: 'Snapshot', uuid: snapshot.id }),
          digest: snapshot.digest,
          deduplicated,
          takenAt: snapshot.takenAt.toISOString(),
          completeness: snapshot.completeness,
          job: jobOf(job),
          stats: snapshot.stats,
          problemCount: problems.total + snapshot.problemsOmitted,
          problems: problems.items.slice(0, MAX_PROBLEMS).map(presentProblem),
        },
      };
    }
    case 'RUNNING':
      return { status: 202, body: { snapshotId: null, job: jobOf(answer.job) } };
    case 'REFUSED':
      return refused(answer.refusal, answer.job);
    case 'CANCELLED':
      return problem(409, 'CANCELLED', 'The job was cancelled', { job: jobOf(answer.job) });
    case 'WRONG':
      throw wrongRequest(answer.errors);
    default:
      return assertUnreachable(answer);
  }
}

/** What is wrong with a request, as every other REST request is told it: the first mistake's code and argument, all sentences. */
export function wrongRequest(errors: readonly UserError[]): Error {
  const message = errors.map((error) => error.message).join('; ');
  const [first] = errors;
  switch (first?.code) {
    case 'NOT_FOUND':
    case 'CONFLICT':
      return new RequestError(first.code, message);
    default:
      return new BadQuestionError({
        code: 'INVALID',
        message,
        argument: first?.field?.join('.') ?? null,
      });
  }
}

/** A problem as RFC 9457 has it, with our code. */
export function problem(
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>>,
): UploadResponse {
  return { status, body: { type: 'about:blank', title: code, status, detail, code, ...more } };
}

function refused({ code, message, problems }: Refusal, job: JobRow): UploadResponse {
  return problem(statusOf(code), code, message, {
    job: jobOf(job),
    problemCount: problems.length,
    problems: problems.slice(0, MAX_PROBLEMS).map(presentProblem),
  });
}

/** The HTTP status of what is wrong with an upload, or was with the work. */
export function statusOf(code: UserErrorCode): number {
  switch (code) {
    case 'TOO_LARGE':
      return 413;
    case 'LIMIT_REACHED':
    case 'TIMEOUT':
    case 'INTERRUPTED':
      return 503;
    case 'INTERNAL':
      return 500;
    case 'NOT_FOUND':
    case 'ALREADY_EXISTS':
    case 'INVALID':
    case 'CONFLICT':
    case 'MANIFEST_SYNTAX':
    case 'MANIFEST_INVALID':
    case 'NO_MANIFESTS':
      return 422;
    default:
      return assertUnreachable(code);
  }
}

function jobOf({ id, status, phase, done, total }: JobRow): Readonly<Record<string, unknown>> {
  return { id: encodeGlobalId({ type: 'Job', uuid: id }), status, phase, done, total };
}

/** A problem of the input as answers show it. */
export function presentProblem(item: Problem): Readonly<Record<string, unknown>> {
  const { code, severity, outcome, location, kind, object, field, message } = item;
  const { path, startLine, endLine, documentIndex } = location;
  return {
    code,
    severity,
    outcome,
    location: { path, startLine, endLine, documentIndex },
    kind,
    object,
    field,
    message,
  };
}
