import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnModuleInit,
} from '@nestjs/common';
import type { SnapshotContent } from '@portolan/model';
import { TaskCancelledError, WorkerPool } from '@portolan/pool';
import { JobRepository, type JobRow, SnapshotRepository } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../../config/config.js';
import { JobBoard } from '../../jobs/job-board.js';
import { LOG, type Log } from '../../logging/log.js';
import type { IngestOutcome, IngestRequest, Refusal } from './ingest-request.js';
import { failureOf } from './job-failure.js';
import { manifestLimits } from './manifest-limits.js';
import { ProgressWriter } from './progress-writer.js';
import { refusalOf } from './refusal.js';

/** An ingestion that was begun. */
export interface Ingestion {
  /** Resolves when the worker pool has taken it; rejects when its queue is full. */
  readonly accepted: Promise<void>;
  /** Rejects with what the worker pool or the store threw, when the job has noted it. */
  readonly outcome: Promise<IngestOutcome>;
}

interface Work {
  readonly job: JobRow;
  readonly request: IngestRequest;
  readonly signal: AbortSignal;
  readonly progress: ProgressWriter;
  readonly reading: Promise<SnapshotContent>;
}

/**
 * From an upload to a snapshot: a worker reads it, one transaction stores it, and a job tells how far it is. Whatever
 * happens, the job ends, and the upload's bytes are released.
 */
@Injectable()
export class IngestionService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #running = new Set<Promise<unknown>>();

  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(LOG) private readonly log: Log,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(SnapshotRepository) private readonly snapshots: SnapshotRepository,
    @Inject(JobBoard) private readonly board: JobBoard,
  ) {}

  async onModuleInit(): Promise<void> {
    const count = await this.jobs.failInterrupted('The server stopped before the job had ended');
    if (count > 0) this.log.warn(`Jobs that a server before left unfinished have failed: ${count}`);
  }

  /** Uploads that are being read end before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.workers.close();
    await Promise.allSettled(this.#running);
  }

  /** Carries out a job that was created for the request. */
  run(job: JobRow, request: IngestRequest): Ingestion {
    const signal = this.board.enter(job.id);
    const progress = new ProgressWriter(job.id, this.jobs, this.board);
    const reading = this.workers.ingest(request.upload.source, manifestLimits(this.config), {
      signal,
      onProgress: (now) => progress.report(now),
    });
    const outcome = this.#finish({ job, request, signal, progress, reading });
    this.#running.add(outcome);
    const forget = (): boolean => this.#running.delete(outcome);
    outcome.then(forget, forget);
    // A full queue refuses before anything else happens.
    const accepted = Promise.race([reading.then(() => undefined), nextTurn()]);
    return { outcome, accepted };
  }

  async #finish(work: Work): Promise<IngestOutcome> {
    const { job, signal, request } = work;
    try {
      return await this.#store(work, await work.reading);
    } catch (error) {
      // Who stopped it has noted that in the job.
      if (error instanceof TaskCancelledError && signal.aborted) return { kind: 'CANCELLED', job };
      await this.#fail(job, error);
      throw error;
    } finally {
      this.board.leave(job.id);
      await request.upload.release();
    }
  }

  async #store(
    { job, request, signal, progress }: Work,
    content: SnapshotContent,
  ): Promise<IngestOutcome> {
    if (signal.aborted) return { kind: 'CANCELLED', job };
    this.board.storing(job.id);
    const { completeness, takenAt, git, isStrict } = request.options;
    const refusal = refusalOf(content, isStrict);
    if (refusal !== null) return this.#refuse(job, refusal);
    await progress.storing(content.parts.length);
    const { actor } = request;
    const about = { completeness, takenAt, git, actor, sourceKind: 'UPLOAD' } as const;
    const { snapshot, deduplicated } = await this.snapshots.save(
      request.cluster.id,
      content,
      about,
    );
    await progress.stored(content.parts.length);
    const ended = await this.jobs.complete(job.id, snapshot.id, { deduplicated });
    return { kind: 'STORED', job: this.#told(ended ?? job), snapshot, deduplicated };
  }

  async #refuse(job: JobRow, refusal: Refusal): Promise<IngestOutcome> {
    const failed = await this.jobs.fail(job.id, refusal);
    return { kind: 'REFUSED', job: this.#told(failed ?? job), refusal };
  }

  async #fail(job: JobRow, error: unknown): Promise<void> {
    try {
      const failed = await this.jobs.fail(job.id, failureOf(error));
      if (failed !== null) this.#told(failed);
    } catch (cause) {
      // Without a database the job stays as it is, until the next start finds it.
      this.log.error({ err: cause, jobId: job.id }, 'a failed job could not be noted');
    }
  }

  #told(job: JobRow): JobRow {
    this.board.tell(job);
    return job;
  }
}
