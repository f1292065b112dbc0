import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { MAX_PROBLEMS } from '../uploads/upload-limits.js';
import { ChangeReviewModel } from './change-review.model.js';

/** What became of a request for a review. */
@ObjectType({ description: 'What became of a request for a review.' })
export class CreateChangeReviewPayload {
  @Field(() => String, { nullable: true, description: 'The text that the input gave.' })
  readonly clientMutationId!: string | null;

  @Field(() => ChangeReviewModel, {
    nullable: true,
    description:
      'The review; it has a `conclusion` when it ended within `waitSeconds`. Null when the input was refused before.',
  })
  readonly review!: ChangeReviewModel | null;

  @Field(() => [UserErrorModel], {
    description: `Why there is no report: what is wrong with the input, or the first ${MAX_PROBLEMS} problems in the manifests.`,
  })
  readonly userErrors!: readonly UserErrorModel[];
}
