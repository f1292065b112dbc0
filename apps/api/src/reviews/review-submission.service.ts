import { Inject, Injectable } from '@nestjs/common';
import type { UserError } from '../errors/user-error.js';
import type { ManifestSourceInput } from '../uploads/create-snapshot.input.js';
import type { Upload } from '../uploads/ingest-request.js';
import { UploadReceiver } from '../uploads/upload-receiver.js';
import type { CreateChangeReviewInput } from './create-change-review.input.js';
import { releaseUploads } from './planned-review.js';
import { manifestsOf, readReviewInput } from './read-review-input.js';
import { ReviewPlanner } from './review-planner.js';
import { ReviewsService, type TakenReview } from './reviews.service.js';

/** Reviews that come inside a GraphQL request: what is said, then what it refers to, then the manifests, then the work. */
@Injectable()
export class ReviewSubmission {
  constructor(
    @Inject(ReviewPlanner) private readonly planner: ReviewPlanner,
    @Inject(UploadReceiver) private readonly receiver: UploadReceiver,
    @Inject(ReviewsService) private readonly reviews: ReviewsService,
  ) {}

  /** Fails as the store and the spool do. */
  async submit(input: CreateChangeReviewInput): Promise<TakenReview> {
    const said = readReviewInput(input);
    if (!('cluster' in said)) return { kind: 'WRONG', errors: said };
    const plan = await this.planner.plan(said);
    if ('code' in plan) return { kind: 'WRONG', errors: [plan] };
    const base = await this.#receive(plan.base.hasManifests ? input.base : null, 'base');
    if (isError(base)) return { kind: 'WRONG', errors: [base] };
    const head = await this.#receive(plan.head.hasManifests ? input.head : null, 'head');
    if (isError(head)) {
      await releaseUploads({ base, head: null });
      return { kind: 'WRONG', errors: [head] };
    }
    return this.reviews.take(plan, { base, head });
  }

  async #receive(
    source: ManifestSourceInput | null | undefined,
    side: string,
  ): Promise<Upload | UserError | null> {
    if (source === null || source === undefined) return null;
    const upload = await this.receiver.inline(manifestsOf(source));
    if (!isError(upload)) return upload;
    const path = source.overlay ? [side, 'overlay', 'manifests'] : [side];
    return { ...upload, field: [...path, ...(upload.field ?? []).slice(1)] };
  }
}

function isError(received: Upload | UserError | null): received is UserError {
  return received !== null && 'code' in received;
}
