import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { invariant } from '@portolan/model';
import { JobRepository, type JobRow } from '@portolan/store';
import { hasEnded } from '../jobs/job-status.enum.js';
import { toUserErrorCode } from '../jobs/job.mapper.js';
import { JobsService } from '../jobs/jobs.service.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import type { IngestOutcome, IngestRequest } from './ingest-request.js';
import { type Ingestion, IngestionService } from './ingestion.service.js';
import { isPassing } from './job-failure.js';

/** What became of an upload that was taken: how it ended, or the job to wait for. */
export type TakenUpload =
  | IngestOutcome
  | { readonly kind: 'RUNNING'; readonly job: JobRow }
  /** The idempotency key was used for another upload. */
  | { readonly kind: 'KEY_REUSED' };

/** The jobs of uploads: one for each idempotency key, waited for as long as the caller wants to. */
@Injectable()
export class UploadJobsService {
  constructor(
    @Inject(IngestionService) private readonly ingestion: IngestionService,
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(JobsService) private readonly watching: JobsService,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
  ) {}

  /** Rejects with what stopped the work when that is known within the wait: a full queue is known at once. */
  async take(request: IngestRequest, waitSeconds: number): Promise<TakenUpload> {
    const begun = await this.#begin(request);
    if (begun === 'KEY_REUSED') return { kind: 'KEY_REUSED' };
    const { job, outcome, accepted } = begun;
    const isAccepted = await accepted.then(
      () => true,
      () => false,
    );
    const answer = isAccepted ? await within(outcome, waitSeconds) : await outcome;
    return answer ?? { kind: 'RUNNING', job: (await this.watching.find(job.id)) ?? job };
  }

  async #begin(request: IngestRequest): Promise<(Ingestion & { job: JobRow }) | 'KEY_REUSED'> {
    let isTaken = false;
    try {
      const created = await this.#createJob(request);
      if (created === 'KEY_REUSED') return 'KEY_REUSED';
      const { job } = created;
      isTaken = created.created;
      if (isTaken) return { job, ...this.ingestion.run(job, request) };
      return { job, accepted: Promise.resolve(), outcome: this.#replay(job) };
    } finally {
      // Nobody will read it: there is an answer already, or there will be none.
      if (!isTaken) await request.upload.release();
    }
  }

  /** A job for the request, or the one that answered it before. A key whose job failed by no fault of its own is free again. */
  async #createJob({
    cluster,
    upload,
    options,
  }: IngestRequest): Promise<{ job: JobRow; created: boolean } | 'KEY_REUSED'> {
    const { idempotencyKey, completeness, takenAt, git, isStrict } = options;
    const requestFingerprint = sha256([upload.fingerprint, completeness, takenAt, git, isStrict]);
    let key = idempotencyKey;
    for (;;) {
      const made = await this.jobs.create({
        kind: 'INGEST',
        clusterId: cluster.id,
        idempotencyKey: key,
        requestFingerprint,
      });
      if (made === 'KEY_REUSED' || made.created || !mayBeRepeated(made.job)) return made;
      // All who repeat it agree on the name of the next attempt, so that one of them makes it.
      key = sha256([idempotencyKey, made.job.id]);
    }
  }

  /** What the first request with this key led to. */
  async #replay(first: JobRow): Promise<IngestOutcome> {
    const job = await this.#ended(first);
    if (job.status === 'CANCELLED') return { kind: 'CANCELLED', job };
    if (job.error !== null) {
      const { code, message, problems } = job.error;
      return { kind: 'REFUSED', job, refusal: { code: toUserErrorCode(code), message, problems } };
    }
    const snapshot = job.snapshotId === null ? null : await this.snapshots.findById(job.snapshotId);
    invariant(snapshot !== null, 'a completed job has a snapshot');
    return { kind: 'STORED', job, snapshot, deduplicated: job.deduplicated };
  }

  async #ended(job: JobRow): Promise<JobRow> {
    let latest = job;
    for await (const state of (await this.watching.watch(job.id)) ?? []) latest = state;
    return latest;
  }
}

function mayBeRepeated(job: JobRow): boolean {
  if (!hasEnded(job)) return false;
  return job.status === 'CANCELLED' || (job.error !== null && isPassing(job.error.code));
}

/** Null when the time is up. The outcome is not lost then: the job tells it. */
export async function within<T>(outcome: Promise<T>, seconds: number): Promise<T | null> {
  // When nobody waits any more, a failure is the job's, not the process'.
  outcome.catch(() => undefined);
  const answered = new AbortController();
  const timeUp = sleep(seconds * 1000, null, { signal: answered.signal, ref: false });
  timeUp.catch(() => undefined);
  try {
    return await Promise.race([outcome, timeUp]);
  } finally {
    answered.abort();
  }
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
