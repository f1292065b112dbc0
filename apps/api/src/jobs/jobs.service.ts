import { Inject, Injectable } from '@nestjs/common';
import { JobRepository, type JobRow } from '@portolan/store';
import DataLoader from 'dataloader';
import { CONFIG, type ServerConfig } from '../config/config.js';
import type { UserError } from '../errors/user-error.js';
import { JobBoard } from './job-board.js';
import { JobQueue } from './job-queue.js';
import { hasEnded } from './job-status.enum.js';
import { toJobModel } from './job.mapper.js';
import type { JobModel } from './job.model.js';
import type { JobWatch } from './job-watch.js';

/** The job after being cancelled, or why it was not. */
export interface CancelledJob {
  readonly job: JobRow | null;
  readonly userErrors: readonly UserError[];
}

/** Jobs: having them done, finding, watching and cancelling them. */
@Injectable()
export class JobsService {
  // Batch what one tick asks for, and keep nothing: rows change.
  readonly #byId: DataLoader<string, JobRow | null>;
  readonly #byResult: DataLoader<string, JobRow | null>;
  readonly #positions: DataLoader<string, number | null>;

  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(JobBoard) private readonly board: JobBoard,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {
    this.#byId = new DataLoader((ids) => jobs.findByIds(ids), { cache: false });
    this.#byResult = new DataLoader((ids) => jobs.findByResults(ids), { cache: false });
    this.#positions = new DataLoader((ids) => jobs.queuePositions(ids), { cache: false });
  }

  /** Has a new job taken up, when there is room here. False when too many wait already: then it has failed. */
  async begin({ id }: JobRow): Promise<boolean> {
    await this.queue.poke();
    return (await this.jobs.refuseBeyond(this.config.queueLimit, id, TOO_MANY)) === null;
  }

  find(id: string): Promise<JobRow | null> {
    return this.#byId.load(id);
  }

  /** The first job that made a snapshot. */
  findByResult(snapshotId: string): Promise<JobRow | null> {
    return this.#byResult.load(snapshotId);
  }

  async toModel(job: JobRow): Promise<JobModel> {
    return toJobModel(job, job.status === 'QUEUED' ? await this.#positions.load(job.id) : null);
  }

  /** The job as it is now, then as it changes, to its end. Null when there is no such job. */
  async watch(id: string): Promise<JobWatch | null> {
    const watch = this.board.watch(id);
    const job = await this.find(id);
    if (job === null) {
      await watch.return();
      return null;
    }
    watch.begin(job);
    return watch;
  }

  /** The job when it has ended, or as it is when the time is up. */
  async wait(job: JobRow, seconds: number): Promise<JobRow> {
    if (hasEnded(job)) return job;
    const watch = seconds === 0 ? null : await this.watch(job.id);
    if (watch === null) return (await this.find(job.id)) ?? job;
    let latest = job;
    const timer = setTimeout(() => void watch.return(), seconds * 1000);
    for await (const state of watch) latest = state;
    clearTimeout(timer);
    return latest;
  }

  async cancel(id: string): Promise<CancelledJob> {
    const cancelled = await this.jobs.cancel(id);
    if (cancelled !== null) return { job: cancelled, userErrors: [] };
    const job = await this.find(id);
    if (job === null) return { job, userErrors: [UNKNOWN] };
    return { job, userErrors: [hasEnded(job) ? ENDED : TOO_LATE] };
  }
}

const TOO_MANY = {
  code: 'LIMIT_REACHED',
  message: 'Too much work is waiting already. Try again later.',
};
const FIELD = ['input', 'jobId'];
const UNKNOWN: UserError = { code: 'NOT_FOUND', message: 'There is no such job', field: FIELD };
const ENDED: UserError = { code: 'CONFLICT', message: 'The job has ended already', field: FIELD };
const TOO_LATE: UserError = {
  code: 'CONFLICT',
  message: 'The job is storing its result and ends in a moment',
  field: FIELD,
};
