import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { JobModel } from './job.model.js';

@ObjectType({ description: 'Payload of cancelJob.' })
export class CancelJobPayload {
  @Field(() => String, { nullable: true, description: 'As given.' })
  readonly clientMutationId!: string | null;

  @Field(() => JobModel, { nullable: true, description: 'The job.' })
  readonly job!: JobModel | null;

  @Field(() => [UserErrorModel], { description: 'Problems.' })
  readonly userErrors!: readonly UserErrorModel[];
}
