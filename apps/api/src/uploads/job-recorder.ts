import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRepository, type JobRow } from '@portolan/store';
import { JobBoard } from '../jobs/job-board.js';
import { LOG, type Log } from '../logging/log.js';
import type { Refusal } from './ingest-request.js';
import { failureOf } from './job-failure.js';
import { ProgressWriter } from './progress-writer.js';

/** A job that is being worked on here. */
export interface RunningJob {
  readonly job: JobRow;
  /** Aborted when somebody stops it. */
  readonly signal: AbortSignal;
  readonly progress: ProgressWriter;
}

/** Notes what becomes of jobs in the database, and tells whoever watches them. */
@Injectable()
export class JobRecorder implements OnModuleInit {
  constructor(
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(JobBoard) private readonly board: JobBoard,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const count = await this.jobs.failInterrupted('The server stopped before the job had ended');
    if (count > 0) this.log.warn(`Jobs that a server before left unfinished have failed: ${count}`);
  }

  /** The job is here, and waits for a worker. */
  enter(job: JobRow): RunningJob {
    const signal = this.board.enter(job.id);
    return { job, signal, progress: new ProgressWriter(job.id, this.jobs, this.board) };
  }

  /** From here on it cannot be stopped. */
  storing({ job }: RunningJob): void {
    this.board.storing(job.id);
  }

  async completed(
    { job }: RunningJob,
    snapshotId: string,
    result: { readonly deduplicated: boolean },
  ): Promise<JobRow> {
    return this.#told((await this.jobs.complete(job.id, snapshotId, result)) ?? job);
  }

  async refused({ job }: RunningJob, refusal: Refusal): Promise<JobRow> {
    return this.#told((await this.jobs.fail(job.id, refusal)) ?? job);
  }

  /** Never fails: without a database the job stays as it is, until the next start finds it. */
  async failed({ job }: RunningJob, error: unknown): Promise<void> {
    const failure = failureOf(error);
    // Nobody may be waiting for the answer any more, who would be told.
    if (failure.code === 'INTERNAL') this.log.error({ err: error, jobId: job.id }, 'a job failed');
    try {
      const failed = await this.jobs.fail(job.id, failure);
      if (failed !== null) this.#told(failed);
    } catch (cause) {
      this.log.error({ err: cause, jobId: job.id }, 'a failed job could not be noted');
    }
  }

  /** Nobody works on it here any more. */
  leave({ job }: RunningJob): void {
    this.board.leave(job.id);
  }

  #told(job: JobRow): JobRow {
    this.board.tell(job);
    return job;
  }
}
