import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { JobModel } from './job.model.js';

/** The job after it was stopped, or why it was not. */
@ObjectType({ description: 'The job after it was stopped, or why it was not.' })
export class CancelJobPayload {
  @Field(() => String, { nullable: true, description: 'The text that the input gave.' })
  readonly clientMutationId!: string | null;

  @Field(() => JobModel, {
    nullable: true,
    description: 'The job as it is now; null when there is none with this ID.',
  })
  readonly job!: JobModel | null;

  @Field(() => [UserErrorModel], { description: 'Why the job was not stopped; empty when it was.' })
  readonly userErrors!: readonly UserErrorModel[];
}
