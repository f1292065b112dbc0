import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { invariant } from '@portolan/model';
import { QueueFullError } from '@portolan/pool';
import { JobRepository, type JobRow } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { isPassing } from '../jobs/job-failure.js';
import { hasEnded } from '../jobs/job-status.enum.js';
import { toUserErrorCode } from '../jobs/job.mapper.js';
import { JobsService } from '../jobs/jobs.service.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import type { IngestOutcome, IngestRequest, IngestWork } from './ingest-request.js';

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
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(JobsService) private readonly watching: JobsService,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
  ) {}

  /** @throws QueueFullError when too many wait already. */
  async take(request: IngestRequest, waitSeconds: number): Promise<TakenUpload> {
    const made = await this.#create(request);
    if (made === 'KEY_REUSED') return { kind: 'KEY_REUSED' };
    if (made.created && !(await this.watching.begin(made.job)))
      throw new QueueFullError(this.config.queueLimit);
    return this.#outcome(await this.watching.wait(made.job, waitSeconds));
  }

  async #create(
    request: IngestRequest,
  ): Promise<{ readonly job: JobRow; readonly created: boolean } | 'KEY_REUSED'> {
    let isTaken = false;
    try {
      const made = await this.#createJob(request);
      isTaken = made !== 'KEY_REUSED' && made.created;
      return made;
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
    actor,
  }: IngestRequest): Promise<{ job: JobRow; created: boolean } | 'KEY_REUSED'> {
    const { idempotencyKey, completeness, takenAt, git, isStrict } = options;
    const requestFingerprint = sha256([upload.fingerprint, completeness, takenAt, git, isStrict]);
    const work: IngestWork = {
      upload: upload.stored,
      completeness,
      takenAt: takenAt?.toISOString() ?? null,
      git,
      isStrict,
      actor,
    };
    let key = idempotencyKey;
    for (;;) {
      const made = await this.jobs.create({
        kind: 'INGEST',
        clusterId: cluster.id,
        idempotencyKey: key,
        requestFingerprint,
        request: JSON.stringify(work),
        uploads: [upload.stored.id],
      });
      if (made === 'KEY_REUSED' || made.created || !mayBeRepeated(made.job)) return made;
      // All who repeat it agree on the name of the next attempt, so that one of them makes it.
      key = sha256([idempotencyKey, made.job.id]);
    }
  }

  async #outcome(job: JobRow): Promise<TakenUpload> {
    if (!hasEnded(job)) return { kind: 'RUNNING', job };
    if (job.status === 'CANCELLED') return { kind: 'CANCELLED', job };
    if (job.error !== null) {
      const { code, message, problems } = job.error;
      return { kind: 'REFUSED', job, refusal: { code: toUserErrorCode(code), message, problems } };
    }
    const snapshot = job.snapshotId === null ? null : await this.snapshots.findById(job.snapshotId);
    invariant(snapshot !== null, 'a completed job has a snapshot');
    return { kind: 'STORED', job, snapshot, deduplicated: job.deduplicated };
  }
}

function mayBeRepeated(job: JobRow): boolean {
  if (!hasEnded(job)) return false;
  return job.status === 'CANCELLED' || (job.error !== null && isPassing(job.error.code));
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
