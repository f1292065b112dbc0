import { Field, ID, InputType } from '@nestjs/graphql';

/** Which job to stop. */
@InputType({ description: 'Which job to stop.' })
export class CancelJobInput {
  @Field(() => ID, { description: 'Global ID of the job.' })
  readonly jobId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Any text; the payload returns it as it is.',
  })
  readonly clientMutationId?: string | null;
}
