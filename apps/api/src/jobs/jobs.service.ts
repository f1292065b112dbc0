import { Inject, Injectable } from '@nestjs/common';
import { JobRepository, type JobRow } from '@portolan/store';
import DataLoader from 'dataloader';
import type { UserError } from '../errors/user-error.js';
import { JobBoard } from './job-board.js';
import { toJobModel } from './job.mapper.js';
import type { JobModel } from './job.model.js';
import type { JobWatch } from './job-watch.js';

/** The job after being cancelled, or why it was not. */
export interface CancelledJob {
  readonly job: JobRow | null;
  readonly userErrors: readonly UserError[];
}

/** Jobs: finding, watching and cancelling them. */
@Injectable()
export class JobsService {
  // Batch what one tick asks for, and keep nothing: rows change.
  readonly #byId: DataLoader<string, JobRow | null>;
  readonly #byResult: DataLoader<string, JobRow | null>;

  constructor(
    @Inject(JobRepository) private readonly jobs: JobRepository,
    @Inject(JobBoard) private readonly board: JobBoard,
  ) {
    this.#byId = new DataLoader((ids) => jobs.findByIds(ids), { cache: false });
    this.#byResult = new DataLoader((ids) => jobs.findByResults(ids), { cache: false });
  }

  find(id: string): Promise<JobRow | null> {
    return this.#byId.load(id);
  }

  /** The first job that made a snapshot. */
  findByResult(snapshotId: string): Promise<JobRow | null> {
    return this.#byResult.load(snapshotId);
  }

  toModel(job: JobRow): JobModel {
    return toJobModel(job, this.board.queuePosition(job.id));
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

  async cancel(id: string): Promise<CancelledJob> {
    if (this.board.stop(id) === 'TOO_LATE') {
      return { job: await this.find(id), userErrors: [TOO_LATE] };
    }
    const cancelled = await this.jobs.cancel(id);
    if (cancelled !== null) {
      this.board.tell(cancelled);
      return { job: cancelled, userErrors: [] };
    }
    const job = await this.find(id);
    return { job, userErrors: [job === null ? UNKNOWN : ENDED] };
  }
}

const FIELD = ['input', 'jobId'];
const UNKNOWN: UserError = { code: 'NOT_FOUND', message: 'There is no such job', field: FIELD };
const ENDED: UserError = { code: 'CONFLICT', message: 'The job has ended already', field: FIELD };
const TOO_LATE: UserError = {
  code: 'CONFLICT',
  message: 'The job is storing its result and ends in a moment',
  field: FIELD,
};
