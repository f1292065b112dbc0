import type { Problem } from '@portolan/model';
import type { Job, JobKind, JobStatus } from '../generated/client.js';

export type { JobKind, JobStatus };

/** Why a job failed. */
export interface JobFailure {
  /** Stable code of the caller's choosing. */
  readonly code: string;
  /** For people. */
  readonly message: string;
  /** Problems of a refused upload, cut at JOB_PROBLEM_LIMIT. */
  readonly problems?: readonly Problem[];
}

/** Most problems kept with a failed job. */
export const JOB_PROBLEM_LIMIT = 100;

/** Work that outlives a request. */
export interface JobRow {
  readonly id: string;
  readonly kind: JobKind;
  readonly status: JobStatus;
  readonly clusterId: string;
  /** QUEUED before the start, then what is being done: READ, BUILD or STORE. The last one stays when the job has ended. */
  readonly phase: string;
  /** Units done of this phase. */
  readonly done: number;
  /** Units of this phase; null while unknown. */
  readonly total: number | null;
  /** What a completed job made. */
  readonly snapshotId: string | null;
  /** Whether the content was stored before; false until the job is completed. */
  readonly deduplicated: boolean;
  /** Set exactly when the status is FAILED. */
  readonly error: Required<JobFailure> | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** From the table to the row that callers see. */
export function toJobRow(record: Job): JobRow {
  const { id, kind, status, clusterId, phase, snapshotId, createdAt, startedAt, finishedAt } =
    record;
  return {
    id,
    kind,
    status,
    clusterId,
    phase,
    done: Number(record.done),
    total: record.total === null ? null : Number(record.total),
    snapshotId,
    deduplicated: record.deduplicated ?? false,
    error: toFailure(record),
    createdAt,
    startedAt,
    finishedAt,
  };
}

function toFailure({ errorCode, errorMessage, errorProblems }: Job): Required<JobFailure> | null {
  if (errorCode === null || errorMessage === null) return null;
  // Only `JobRepository.fail` writes the column.
  return {
    code: errorCode,
    message: errorMessage,
    problems: errorProblems as unknown as Problem[],
  };
}
