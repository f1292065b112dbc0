import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeReviewRepository, type ChangeReviewRow } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import { isPassing } from '../jobs/job-failure.js';
import { JobsService } from '../jobs/jobs.service.js';
import { LOG, type Log } from '../logging/log.js';
import { ANONYMOUS, requestContext } from '../logging/request-context.js';
import { type PlannedReview, releaseUploads, type ReviewUploads } from './planned-review.js';
import { requestFingerprint } from './request-fingerprint.js';
import { toReviewWork } from './review-work.js';

/** What became of a request: the review as it is when the wait is over, or what the caller has to change. */
export type TakenReview =
  | { readonly kind: 'REVIEW'; readonly review: ChangeReviewRow }
  | { readonly kind: 'WRONG'; readonly errors: readonly UserError[] };

/** Reviews: one for each idempotency key, waited for as long as the caller wants to. */
@Injectable()
export class ReviewsService implements OnModuleInit {
  constructor(
    @Inject(ChangeReviewRepository) private readonly reviews: ChangeReviewRepository,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.#removeExpired();
  }

  /** Begins a review, or finds the one that answered the request before, and waits for it. Manifests are the job's then, or gone. */
  async take(plan: PlannedReview, uploads: ReviewUploads): Promise<TakenReview> {
    let isTaken = false;
    try {
      const created = await this.#create(plan, uploads);
      if (created === 'KEY_REUSED') return { kind: 'WRONG', errors: [KEY_REUSED] };
      const { review } = created;
      isTaken = created.created;
      if (isTaken) {
        // When too many wait already, its job says so.
        await this.jobs.begin(review.job);
        await this.#removeExpired();
      }
      return { kind: 'REVIEW', review: await this.wait(review, plan.said.waitSeconds) };
    } finally {
      // Nobody will read them: there is an answer already, or there will be none.
      if (!isTaken) await releaseUploads(uploads);
    }
  }

  /** A key whose review failed by no fault of its own, or was cancelled, is free again. */
  async #create(
    plan: PlannedReview,
    uploads: ReviewUploads,
  ): Promise<{ readonly review: ChangeReviewRow; readonly created: boolean } | 'KEY_REUSED'> {
    const { said, cluster } = plan;
    for (;;) {
      const made = await this.reviews.create({
        clusterId: cluster.id,
        path: said.path,
        actor: requestContext.getStore()?.actor ?? ANONYMOUS,
        git: said.git,
        idempotencyKey: said.idempotencyKey,
        requestFingerprint: requestFingerprint(said, uploads),
        request: JSON.stringify(toReviewWork(plan, uploads)),
        uploads: [uploads.base, uploads.head].flatMap((upload) => upload?.stored.id ?? []),
      });
      if (made === 'KEY_REUSED' || made.created || !mayBeRepeated(made.review)) return made;
      await this.reviews.freeKey(made.review.id);
    }
  }

  /** Null when there is no such review, or not any more. */
  find(id: string): Promise<ChangeReviewRow | null> {
    return this.reviews.find(id);
  }

  /** The review when it has ended, or as it is when the time is up. */
  async wait(review: ChangeReviewRow, seconds: number): Promise<ChangeReviewRow> {
    await this.jobs.wait(review.job, seconds);
    return (await this.find(review.id)) ?? review;
  }

  /** Never fails: what is not removed now is removed later. */
  async #removeExpired(): Promise<void> {
    try {
      const count = await this.reviews.removeExpired();
      if (count > 0) this.log.info(`Reviews that had expired have been removed: ${count}`);
    } catch (error) {
      this.log.warn({ err: error }, 'expired reviews could not be removed');
    }
  }
}

const KEY_REUSED: UserError = {
  code: 'CONFLICT',
  message: 'The idempotency key was used for another review of this cluster',
  field: ['idempotencyKey'],
};

function mayBeRepeated({ job }: ChangeReviewRow): boolean {
  return job.status === 'CANCELLED' || (job.error !== null && isPassing(job.error.code));
}
