import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'Input of cancelJob.' })
export class CancelJobInput {
  @Field(() => ID, { description: 'Job.' })
  readonly jobId!: string;

  @Field(() => String, { nullable: true, description: 'Returned as it is.' })
  readonly clientMutationId?: string | null;
}
