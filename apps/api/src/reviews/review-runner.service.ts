import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type ReviewOutcome, TaskCancelledError, WorkerPool } from '@portolan/pool';
import { ChangeReviewRepository, type ChangeReviewRow } from '@portolan/store';
import { JobBoard } from '../jobs/job-board.js';
import { JobRecorder, type RunningJob } from '../uploads/job-recorder.js';
import { type PlannedReview, releaseUploads, type ReviewUploads } from './planned-review.js';
import { ReviewCallService } from './review-call.service.js';

/** Carries out reviews: whatever happens, the job ends, and the manifests are released. */
@Injectable()
export class ReviewRunner implements BeforeApplicationShutdown {
  readonly #running = new Set<Promise<void>>();

  constructor(
    @Inject(ChangeReviewRepository) private readonly reviews: ChangeReviewRepository,
    @Inject(ReviewCallService) private readonly calls: ReviewCallService,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
    @Inject(JobRecorder) private readonly recorder: JobRecorder,
    @Inject(JobBoard) private readonly board: JobBoard,
  ) {}

  /** Reviews that are under way end before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.workers.close();
    await Promise.allSettled(this.#running);
  }

  /** Resolves when the job has ended: it tells how. Never rejects. */
  run(review: ChangeReviewRow, plan: PlannedReview, uploads: ReviewUploads): Promise<void> {
    const running = this.recorder.enter(review.job);
    const outcome = this.#run(running, plan, uploads);
    this.#running.add(outcome);
    const forget = (): boolean => this.#running.delete(outcome);
    outcome.then(forget, forget);
    return outcome;
  }

  async #run(running: RunningJob, plan: PlannedReview, uploads: ReviewUploads): Promise<void> {
    const { signal, progress, job } = running;
    try {
      const today = job.createdAt.toISOString().slice(0, 10);
      const call = await this.calls.prepare(plan, uploads, today);
      if (signal.aborted) return;
      const outcome = await this.workers.review(call, {
        signal,
        onProgress: (now) => progress.report(now),
      });
      await this.#store(running, outcome);
    } catch (error) {
      // Who stopped it has noted that in the job.
      if (error instanceof TaskCancelledError && signal.aborted) return;
      await this.recorder.failed(running, error);
    } finally {
      this.recorder.leave(running);
      await releaseUploads(uploads);
    }
  }

  async #store(running: RunningJob, outcome: ReviewOutcome): Promise<void> {
    const { job, signal, progress } = running;
    if (signal.aborted) return;
    this.recorder.storing(running);
    if (outcome.kind === 'REFUSED') {
      await this.recorder.refused(running, outcome.refusal);
      return;
    }
    await progress.storing(1);
    const stored = await this.reviews.complete(job.id, outcome.verdict, outcome.report);
    if (stored !== null) this.board.tell(stored.job);
  }
}
