import type { JobRow, JobStatus } from '@portolan/store';
import { toInputError } from '../errors/user-error.js';
import { type UserErrorCode, UserErrorCodeEnum } from '../errors/user-error-code.enum.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { toInt } from '../schema/int.js';
import { JobModel, JobProgressModel } from './job.model.js';

const POLL_AFTER_MS = {
  QUEUED: 1000,
  IN_PROGRESS: 500,
  COMPLETED: 0,
  FAILED: 0,
  CANCELLED: 0,
} as const satisfies Record<JobStatus, number>;

/** `queuePosition` from 1; null when the job does not wait. */
export function toJobModel(row: JobRow, queuePosition: number | null): JobModel {
  const { id, kind, status, phase, done, total, error, createdAt, startedAt, finishedAt } = row;
  return newModel(JobModel, {
    id: encodeGlobalId({ type: 'Job', uuid: id }),
    row,
    kind,
    status,
    progress: newModel(JobProgressModel, {
      phase,
      done: toInt(done),
      total: total === null ? null : toInt(total),
      queuePosition,
    }),
    createdAt,
    startedAt,
    finishedAt,
    error:
      error === null
        ? null
        : toInputError({ code: toUserErrorCode(error.code), message: error.message, field: null }),
    pollAfterMs: POLL_AFTER_MS[status],
  });
}

/** Jobs keep their error's code as text; one that a later version wrote is not known here. */
export function toUserErrorCode(code: string): UserErrorCode {
  return code in UserErrorCodeEnum ? (code as UserErrorCode) : 'INTERNAL';
}
