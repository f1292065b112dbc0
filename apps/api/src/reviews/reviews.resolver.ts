import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { ChangeReviewRow } from '@portolan/store';
import { ClustersService } from '../clusters/clusters.service.js';
import { toInputError, toManifestError, type UserError } from '../errors/user-error.js';
import type { UserErrorModel } from '../errors/user-error.model.js';
import { toUserErrorCode } from '../jobs/job.mapper.js';
import { JobsService } from '../jobs/jobs.service.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { decodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { MAX_PROBLEMS } from '../uploads/upload-limits.js';
import { toChangeReviewModel } from './change-review.mapper.js';
import { ChangeReviewModel } from './change-review.model.js';
import { CreateChangeReviewInput } from './create-change-review.input.js';
import { CreateChangeReviewPayload } from './create-change-review.payload.js';
import { ReviewSubmission } from './review-submission.service.js';
import { ReviewsService } from './reviews.service.js';

/** Reviews: asking for one, and finding it again. */
@Resolver(() => ChangeReviewModel)
export class ReviewsResolver {
  constructor(
    @Inject(ReviewSubmission) private readonly submission: ReviewSubmission,
    @Inject(ReviewsService) private readonly reviews: ReviewsService,
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(NodeRegistry) nodes: NodeRegistry,
  ) {
    nodes.register('ChangeReview', ({ uuid }) => this.#find(uuid));
  }

  @Query(() => ChangeReviewModel, {
    nullable: true,
    description: 'A review by its ID; null when there is none, or not any more.',
  })
  async changeReview(
    @Args('id', { type: () => ID, description: 'Global ID of the review.' }) id: string,
  ): Promise<ChangeReviewModel | null> {
    const globalId = decodeGlobalId(id);
    return globalId?.type === 'ChangeReview' ? this.#find(globalId.uuid) : null;
  }

  @Mutation(() => CreateChangeReviewPayload, {
    description:
      'Compare a proposed change with what was before it, and judge it. Nothing of the manifests is kept.',
    complexity: 100,
  })
  async createChangeReview(
    @Args('input', { type: () => CreateChangeReviewInput, description: 'What to review.' })
    input: CreateChangeReviewInput,
  ): Promise<CreateChangeReviewPayload> {
    const taken = await this.submission.submit(input);
    const clientMutationId = input.clientMutationId ?? null;
    if (taken.kind === 'WRONG') {
      const userErrors = taken.errors.map(toErrorOfInput);
      return newModel(CreateChangeReviewPayload, { clientMutationId, review: null, userErrors });
    }
    const { review } = taken;
    return newModel(CreateChangeReviewPayload, {
      clientMutationId,
      review: await this.#present(review),
      userErrors: toUserErrors(review),
    });
  }

  async #find(uuid: string): Promise<ChangeReviewModel | null> {
    const review = await this.reviews.find(uuid);
    return review === null ? null : this.#present(review);
  }

  async #present(review: ChangeReviewRow): Promise<ChangeReviewModel> {
    const cluster = await this.clusters.findById(review.clusterId);
    return toChangeReviewModel(
      review,
      await this.jobs.toModel(review.job),
      cluster ?? { slug: '' },
    );
  }
}

function toUserErrors({ job: { error } }: ChangeReviewRow): UserErrorModel[] {
  if (error === null) return [];
  const { code, message, problems } = error;
  if (problems.length > 0) return problems.slice(0, MAX_PROBLEMS).map(toManifestError);
  return [toErrorOfInput({ code: toUserErrorCode(code), message, field: null })];
}

function toErrorOfInput({ code, message, field }: UserError): UserErrorModel {
  return toInputError({ code, message, field: ['input', ...(field ?? [])] });
}
