import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ChangeReviewRow, JobStatus } from '@portolan/store';
import { UserErrorModel } from '../errors/user-error.model.js';
import { JobModel } from '../jobs/job.model.js';
import { JobStatusEnum } from '../jobs/job-status.enum.js';
import { NodeModel } from '../nodes/node.model.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { UriScalar } from '../scalars/uri.scalar.js';
import { GitContextModel } from '../snapshots/snapshot-source.model.js';
import { type ReviewConclusion, ReviewConclusionEnum } from './review.enums.js';

/** What the report says is resolved by ChangeReviewResolver. */
@ObjectType('ChangeReview', {
  implements: () => [NodeModel],
  description:
    'A review of a proposed change: what it opens and closes, and whether it satisfies the rules. Kept for 14 days.',
})
export class ChangeReviewModel extends NodeModel {
  /** Not in the schema. */
  readonly row!: ChangeReviewRow;

  @Field(() => String, { description: 'What is reviewed of the repository; empty when not said.' })
  readonly path!: string;

  @Field(() => JobStatusEnum, { description: 'How far it is.' })
  readonly status!: JobStatus;

  @Field(() => ReviewConclusionEnum, {
    nullable: true,
    description: 'Overall result, in the words of a check run; null until it has ended.',
  })
  readonly conclusion!: ReviewConclusion | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Exit code for command lines: 0 every gate held, 1 a gate did not, 2 could not decide; null until it has ended.',
  })
  readonly exitCode!: number | null;

  @Field(() => JobModel, {
    description: 'The job that makes it: its progress, and how to stop it.',
  })
  readonly job!: JobModel;

  @Field(() => UserErrorModel, {
    nullable: true,
    description: 'Why there is no report; null unless it has failed.',
  })
  readonly error!: UserErrorModel | null;

  @Field(() => GitContextModel, {
    nullable: true,
    description: 'Where the head lies in git; null when not said.',
  })
  readonly git!: GitContextModel | null;

  @Field(() => String, {
    description: 'Hidden line by which a bot finds and replaces its own comment.',
  })
  readonly commentMarker!: string;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it is forgotten.' })
  readonly expiresAt!: Date;

  @Field(() => UriScalar, { description: 'Its report by REST: a path on this server.' })
  readonly url!: string;
}
