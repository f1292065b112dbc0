import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { JobKind, JobRow, JobStatus } from '@portolan/store';
import { UserErrorModel } from '../errors/user-error.model.js';
import { NodeModel } from '../nodes/node.model.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { CAPPED } from '../schema/int.js';
import { JobKindEnum, JobStatusEnum } from './job-status.enum.js';

/** How far a job is within its phase. */
@ObjectType('JobProgress', { description: 'How far a job is within its phase.' })
export class JobProgressModel {
  @Field(() => String, {
    description:
      'Phase: QUEUED, READ (bytes of the upload), BUILD (objects), COMPARE (of a review) or STORE. What it was last, when the job has ended.',
  })
  readonly phase!: string;

  @Field(() => Int, { description: `Units done in this phase. ${CAPPED}` })
  readonly done!: number;

  @Field(() => Int, {
    nullable: true,
    description: `Units in this phase; null while unknown. ${CAPPED}`,
  })
  readonly total!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Place in the queue, from 1; null once started.',
  })
  readonly queuePosition!: number | null;
}

/** `result` is resolved where results are known. */
@ObjectType('Job', {
  implements: () => [NodeModel],
  description: 'Work that goes on after the request that began it.',
})
export class JobModel extends NodeModel {
  /** Not in the schema. */
  readonly row!: JobRow;

  @Field(() => JobKindEnum, { description: 'What it does.' })
  readonly kind!: JobKind;

  @Field(() => JobStatusEnum, {
    description: 'Whether it waits, is being worked on, or has ended, and how.',
  })
  readonly status!: JobStatus;

  @Field(() => JobProgressModel, { description: 'How far it is within its phase.' })
  readonly progress!: JobProgressModel;

  @Field(() => DateTimeScalar, { description: 'When it was queued.' })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a worker took it up; null while it waits.',
  })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null before.' })
  readonly finishedAt!: Date | null;

  @Field(() => UserErrorModel, {
    nullable: true,
    description: 'Why it failed; null unless it has.',
  })
  readonly error!: UserErrorModel | null;

  @Field(() => Int, {
    description:
      'How long to wait before polling again, in milliseconds; 0 when it changes no more.',
  })
  readonly pollAfterMs!: number;
}
