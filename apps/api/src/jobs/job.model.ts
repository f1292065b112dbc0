import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { JobKind, JobRow, JobStatus } from '@portolan/store';
import { UserErrorModel } from '../errors/user-error.model.js';
import { NodeModel } from '../nodes/node.model.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { CAPPED } from '../schema/int.js';
import { JobKindEnum, JobStatusEnum } from './job-status.enum.js';

@ObjectType('JobProgress', { description: 'Progress of a job.' })
export class JobProgressModel {
  @Field(() => String, {
    description:
      'Phase: QUEUED, READ (bytes of the upload), BUILD (objects) or STORE. What it was last, when the job has ended.',
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
@ObjectType('Job', { implements: () => [NodeModel], description: 'Work in the background.' })
export class JobModel extends NodeModel {
  /** Not in the schema. */
  readonly row!: JobRow;

  @Field(() => JobKindEnum, { description: 'Kind.' })
  readonly kind!: JobKind;

  @Field(() => JobStatusEnum, { description: 'Status.' })
  readonly status!: JobStatus;

  @Field(() => JobProgressModel, { description: 'Progress.' })
  readonly progress!: JobProgressModel;

  @Field(() => DateTimeScalar, { description: 'When it was queued.' })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it started.' })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended.' })
  readonly finishedAt!: Date | null;

  @Field(() => UserErrorModel, { nullable: true, description: 'Why it failed.' })
  readonly error!: UserErrorModel | null;

  @Field(() => Int, {
    description:
      'How long to wait before polling again, in milliseconds; 0 when it changes no more.',
  })
  readonly pollAfterMs!: number;
}
