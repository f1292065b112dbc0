import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type ReviewOutcome, TaskCancelledError, WorkerPool } from '@portolan/pool';
import { ChangeReviewRepository } from '@portolan/store';
import { JobQueue } from '../jobs/job-queue.js';
import type { RunningJob } from '../jobs/running-job.js';
import { UploadCopies, type UploadCopy } from '../uploads/upload-copies.js';
import { ReviewCallService, type ReviewSources } from './review-call.service.js';
import type { ReviewWork, SideWork } from './review-work.js';

/** From a change to a report: a thread reads and compares both states, and one transaction stores the report and ends the job. */
@Injectable()
export class ReviewRunner implements OnModuleInit {
  constructor(
    @Inject(ChangeReviewRepository) private readonly reviews: ChangeReviewRepository,
    @Inject(ReviewCallService) private readonly calls: ReviewCallService,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    @Inject(UploadCopies) private readonly copies: UploadCopies,
    @Inject(JobQueue) private readonly queue: JobQueue,
  ) {}

  onModuleInit(): void {
    this.queue.handle('REVIEW', (running) => this.#carryOut(running));
  }

  async #carryOut(running: RunningJob): Promise<void> {
    // Only this program writes it.
    const work = JSON.parse(running.request) as ReviewWork;
    const outcome = await this.#withCopies(work, (sources) => this.#review(running, work, sources));
    if (outcome.kind === 'REFUSED') {
      await running.refuse(outcome.refusal);
      return;
    }
    await running.storing(1);
    await this.reviews.complete(running.claim, outcome.verdict, outcome.report);
  }

  async #review(
    running: RunningJob,
    work: ReviewWork,
    sources: ReviewSources,
  ): Promise<ReviewOutcome> {
    const { job, signal } = running;
    const today = job.createdAt.toISOString().slice(0, 10);
    const call = await this.calls.prepare(job.clusterId, work, sources, today);
    if (signal.aborted) throw new TaskCancelledError('SIGNAL');
    return this.workers.review(call, { signal, onProgress: (now) => running.report(now) });
  }

  async #withCopies<Result>(
    { base, head }: ReviewWork,
    use: (sources: ReviewSources) => Promise<Result>,
  ): Promise<Result> {
    const baseCopy = await this.#copy(base);
    try {
      const headCopy = await this.#copy(head);
      try {
        return await use({ base: baseCopy?.source ?? null, head: headCopy?.source ?? null });
      } finally {
        await headCopy?.release();
      }
    } finally {
      await baseCopy?.release();
    }
  }

  async #copy({ upload }: SideWork): Promise<UploadCopy | null> {
    return upload === null ? null : this.copies.copy(upload);
  }
}
