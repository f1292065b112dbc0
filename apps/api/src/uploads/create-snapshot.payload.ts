import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { JobModel } from '../jobs/job.model.js';
import { MAX_PROBLEMS } from './upload-limits.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';

/** What became of an upload. */
@ObjectType({ description: 'What became of an upload.' })
export class CreateSnapshotPayload {
  @Field(() => String, { nullable: true, description: 'The text that the input gave.' })
  readonly clientMutationId!: string | null;

  @Field(() => SnapshotModel, {
    nullable: true,
    description:
      'The snapshot; an existing one when the same is already stored. Null while the job is running.',
  })
  readonly snapshot!: SnapshotModel | null;

  @Field(() => Boolean, { description: 'Whether equal content was already stored.' })
  readonly deduplicated!: boolean;

  @Field(() => JobModel, {
    nullable: true,
    description: 'The job that reads the upload; null when the input was refused before.',
  })
  readonly job!: JobModel | null;

  @Field(() => [UserErrorModel], {
    description: `Why nothing was stored: what is wrong with the input, or the first ${MAX_PROBLEMS} problems in the manifests.`,
  })
  readonly userErrors!: readonly UserErrorModel[];
}
