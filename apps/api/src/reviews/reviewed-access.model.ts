import { Extensions, Field, Int, ObjectType } from '@nestjs/graphql';
import type { AccessChangeKind, ObjectChange } from '@portolan/model';
import type { Severity } from '@portolan/model';
import { AccessChangeKindEnum, ObjectChangeKindEnum } from '../diff/diff.enums.js';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { connectionType } from '../relay/connection.model.js';
import { ReviewPlaceModel } from './review-place.model.js';
import { SeverityEnum } from '../severity/severity.enum.js';

/** Ends that one row lists by name. */
export const MAX_MEMBERS = 100;
/** Causes that one row lists. */
export const MAX_ROW_CAUSES = 20;

/** One end of a row of a review. */
@ObjectType('ReviewedEnd', {
  description:
    'One end of a row: a workload, networks, or several workloads that a change treats alike.',
})
export class ReviewedEndModel {
  @Field(() => String, {
    description: 'For people: `shop/web (Deployment)`, `12 workloads in shop`, `10.0.0.0/8`.',
  })
  readonly text!: string;

  @Field(() => [String], {
    description: `Each workload, or each network; the first ${MAX_MEMBERS} when there are more.`,
  })
  readonly members!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it is outside the cluster.' })
  readonly isExternal!: boolean;
}

/** An object that caused a row. */
@ObjectType('ReviewedCause', {
  description: 'An object that differs, and what in it made the difference.',
})
export class ReviewedCauseModel {
  @Field(() => ObjectChangeKindEnum, { description: 'Which way it changed.' })
  readonly change!: ObjectChange['change'];

  @Field(() => String, { description: 'Kind and name: `NetworkPolicy shop/web`.' })
  readonly object!: string;

  @Field(() => [String], { description: 'What differs in it: `labels`, `spec.ingress[0]`.' })
  readonly fields!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'The rule that opened or closed it, down to its peer; null when it is no rule.',
  })
  readonly rule!: string | null;

  @Field(() => ReviewPlaceModel, {
    nullable: true,
    description: 'Where it stands; null when nowhere.',
  })
  readonly place!: ReviewPlaceModel | null;
}

/** A row of a review. */
@ObjectType('ReviewedAccess', {
  description: 'Access that a change opens or closes, for all pairs of ends that it treats alike.',
})
export class ReviewedAccessModel {
  @Field(() => String, { description: 'Equal for equal rows of two reviews.' })
  readonly fingerprint!: string;

  @Field(() => AccessChangeKindEnum, {
    description: 'Whether traffic was opened, closed, or both.',
  })
  readonly kind!: AccessChangeKind;

  @Field(() => ReviewedEndModel, { description: 'Who opens the connections.' })
  readonly source!: ReviewedEndModel;

  @Field(() => ReviewedEndModel, { description: 'Who accepts them.' })
  readonly destination!: ReviewedEndModel;

  @Field(() => Int, { description: 'How many pairs of ends it stands for.' })
  readonly pairs!: number;

  @Field(() => TrafficSetModel, { description: 'What was opened.' })
  readonly opened!: TrafficSetModel;

  @Field(() => TrafficSetModel, { description: 'What was closed.' })
  readonly closed!: TrafficSetModel;

  @Field(() => SeverityEnum, { description: 'How grave it is.' })
  readonly severity!: Severity;

  @Field(() => [String], { description: 'Why it is so grave, for people.' })
  readonly reasons!: readonly string[];

  @Extensions({ maxLength: MAX_ROW_CAUSES })
  @Field(() => [ReviewedCauseModel], {
    description: `Which object changes caused it; the first ${MAX_ROW_CAUSES} when there are more.`,
  })
  readonly causes!: readonly ReviewedCauseModel[];

  @Field(() => [String], { description: 'IDs of the exceptions that cover some of it.' })
  readonly exceptions!: readonly string[];
}

/** A page of rows. */
export const ReviewedAccessConnection = connectionType<ReviewedAccessModel>(
  'ReviewedAccess',
  () => ReviewedAccessModel,
);
