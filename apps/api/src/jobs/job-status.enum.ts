import { registerEnumType } from '@nestjs/graphql';
import type { JobKind, JobStatus } from '@portolan/store';

/** What jobs do. */
export const JobKindEnum = {
  INGEST: 'INGEST',
  REVIEW: 'REVIEW',
} as const satisfies Record<JobKind, JobKind>;

registerEnumType(JobKindEnum, {
  name: 'JobKind',
  description: 'What a job does.',
  valuesMap: {
    INGEST: { description: 'Reads an upload into a snapshot.' },
    REVIEW: { description: 'Reviews a change.' },
  },
});

/** How far jobs can be. */
export const JobStatusEnum = {
  QUEUED: 'QUEUED',
  IN_PROGRESS: 'IN_PROGRESS',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<JobStatus, JobStatus>;

registerEnumType(JobStatusEnum, {
  name: 'JobStatus',
  description: 'How far a job is.',
  valuesMap: {
    QUEUED: { description: 'Waits for a worker.' },
    IN_PROGRESS: { description: 'Is being worked on.' },
    COMPLETED: { description: 'Done; there is a result.' },
    FAILED: { description: 'Ended without a result; `error` says why.' },
    CANCELLED: { description: 'Was cancelled before it had a result.' },
  },
});

const ENDED: ReadonlySet<JobStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** Whether a job changes no more. */
export function hasEnded({ status }: { readonly status: JobStatus }): boolean {
  return ENDED.has(status);
}
