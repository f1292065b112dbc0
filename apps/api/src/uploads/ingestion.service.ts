import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { SnapshotContent } from '@portolan/model';
import { TaskCancelledError, WorkerPool } from '@portolan/pool';
import { type JobRow, SnapshotRepository } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import type { IngestOutcome, IngestRequest } from './ingest-request.js';
import { JobRecorder, type RunningJob } from './job-recorder.js';
import { manifestLimits } from './manifest-limits.js';
import { refusalOf } from './refusal.js';

/** An ingestion that was begun. */
export interface Ingestion {
  /** Resolves when the worker pool has taken it; rejects when its queue is full. */
  readonly accepted: Promise<void>;
  /** Rejects with what the worker pool or the store threw, when the job has noted it. */
  readonly outcome: Promise<IngestOutcome>;
}

/**
 * From an upload to a snapshot: a worker reads it, one transaction stores it, and a job tells how far it is. Whatever
 * happens, the job ends, and the upload's bytes are released.
 */
@Injectable()
export class IngestionService implements BeforeApplicationShutdown {
  readonly #running = new Set<Promise<unknown>>();

  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(JobRecorder) private readonly recorder: JobRecorder,
  ) {}

  /** Uploads that are being read end before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.workers.close();
    await Promise.allSettled(this.#running);
  }

  /** Carries out a job that was created for the request. */
  run(job: JobRow, request: IngestRequest): Ingestion {
    const running = this.recorder.enter(job);
    const { signal, progress } = running;
    const reading = this.workers.ingest(request.upload.source, manifestLimits(this.config), {
      signal,
      onProgress: (now) => progress.report(now),
    });
    const outcome = this.#finish(running, request, reading);
    this.#running.add(outcome);
    const forget = (): boolean => this.#running.delete(outcome);
    outcome.then(forget, forget);
    // A full queue refuses before anything else happens.
    const accepted = Promise.race([reading.then(() => undefined), nextTurn()]);
    return { outcome, accepted };
  }

  async #finish(
    running: RunningJob,
    request: IngestRequest,
    reading: Promise<SnapshotContent>,
  ): Promise<IngestOutcome> {
    const { job, signal } = running;
    try {
      return await this.#store(running, request, await reading);
    } catch (error) {
      // Who stopped it has noted that in the job.
      if (error instanceof TaskCancelledError && signal.aborted) return { kind: 'CANCELLED', job };
      await this.recorder.failed(running, error);
      throw error;
    } finally {
      this.recorder.leave(running);
      await request.upload.release();
    }
  }

  async #store(
    running: RunningJob,
    { cluster, options, actor }: IngestRequest,
    content: SnapshotContent,
  ): Promise<IngestOutcome> {
    const { job, signal, progress } = running;
    if (signal.aborted) return { kind: 'CANCELLED', job };
    this.recorder.storing(running);
    const { takenAt, git, isStrict } = options;
    // Who sends it may learn only while it is sent that something cannot be had.
    const completeness = content.lacksKinds ? 'PARTIAL' : options.completeness;
    const refusal = refusalOf(content, isStrict);
    if (refusal !== null) {
      return { kind: 'REFUSED', job: await this.recorder.refused(running, refusal), refusal };
    }
    await progress.storing(content.parts.length);
    const about = { completeness, takenAt, git, actor, sourceKind: 'UPLOAD' } as const;
    const { snapshot, deduplicated } = await this.snapshots.save(cluster.id, content, about);
    await progress.stored(content.parts.length);
    const ended = await this.recorder.completed(running, snapshot.id, { deduplicated });
    return { kind: 'STORED', job: ended, snapshot, deduplicated };
  }
}
