import { Extensions, Field, Int, ObjectType } from '@nestjs/graphql';
import type { AssertionKind, Direction, OffenceKind, Severity } from '@portolan/model';
import type { InvariantStatus, ReviewedInvariant } from '@portolan/report';
import { DirectionEnum } from '../../objects/direction.enum.js';
import { TrafficSetModel } from '../../objects/traffic-set.model.js';
import { connectionType } from '../../relay/connection.model.js';
import { ReviewPlaceModel } from '../review-place.model.js';
import { ReviewedCauseModel } from '../reviewed-access.model.js';
import { SeverityEnum } from '../../severity/severity.enum.js';
import {
  CounterexampleKindEnum,
  InvariantKindEnum,
  InvariantStandingEnum,
  InvariantStatusEnum,
} from './invariant.enums.js';

/** Counterexamples that an invariant lists, and causes of each. */
const MAX_COUNTEREXAMPLES = 10;
const MAX_CAUSES = 3;

/** Ends that break an invariant. */
@ObjectType('InvariantCounterexample', {
  description: 'Ends that break an invariant, or may break it.',
})
export class InvariantCounterexampleModel {
  @Field(() => CounterexampleKindEnum, { description: 'What is wrong.' })
  readonly kind!: OffenceKind;

  @Field(() => String, {
    nullable: true,
    description: 'Who opens the connections, for people; null for a workload that is not isolated.',
  })
  readonly from!: string | null;

  @Field(() => String, { description: 'Who accepts them, or the workload, for people.' })
  readonly to!: string;

  @Field(() => TrafficSetModel, { description: 'The traffic.' })
  readonly traffic!: TrafficSetModel;

  @Field(() => [DirectionEnum], { description: 'In which directions a workload is not isolated.' })
  readonly directions!: readonly Direction[];

  @Extensions({ maxLength: MAX_CAUSES })
  @Field(() => [ReviewedCauseModel], {
    description: `Which object changes made it, the first ${MAX_CAUSES}; empty where it was so before.`,
  })
  readonly causes!: readonly ReviewedCauseModel[];
}

/** What became of an invariant. */
@ObjectType('ReviewedInvariant', { description: 'An invariant, and what a change does to it.' })
export class ReviewedInvariantModel {
  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => String, { description: 'Why; may be empty.' })
  readonly description!: string;

  @Field(() => SeverityEnum, { description: 'How grave it is when it is broken.' })
  readonly severity!: Severity;

  @Field(() => InvariantKindEnum, { description: 'What is asserted.' })
  readonly kind!: AssertionKind;

  @Field(() => String, { description: 'The same with its ends and traffic, for people.' })
  readonly assertion!: string;

  @Field(() => InvariantStandingEnum, { description: 'Whether the change has to keep to it.' })
  readonly standing!: ReviewedInvariant['standing'];

  @Field(() => InvariantStatusEnum, { description: 'Status in the head.' })
  readonly status!: InvariantStatus;

  @Field(() => InvariantStatusEnum, { description: 'Status in the base, exceptions aside.' })
  readonly previousStatus!: InvariantStatus;

  @Field(() => Boolean, {
    description:
      'Whether the change broke it, or made it uncertain: the rule NO_BROKEN_INVARIANTS.',
  })
  readonly isNewlyBroken!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'ID of the exception that accepts it; null when none does.',
  })
  readonly acceptedBy!: string | null;

  @Extensions({ maxLength: MAX_COUNTEREXAMPLES })
  @Field(() => [InvariantCounterexampleModel], {
    description: `What breaks it, the first ${MAX_COUNTEREXAMPLES}.`,
  })
  readonly counterexamples!: readonly InvariantCounterexampleModel[];

  @Field(() => Int, { description: 'How many there are; at least so many unless all are counted.' })
  readonly counterexampleCount!: number;

  @Field(() => Boolean, { description: 'Whether all are counted.' })
  readonly isCountComplete!: boolean;

  @Field(() => [String], { description: 'Ends that match nothing in the head, for people.' })
  readonly unmatched!: readonly string[];

  @Field(() => ReviewPlaceModel, { description: 'Where it is declared.' })
  readonly place!: ReviewPlaceModel;
}

/** A page of invariants. */
export const ReviewedInvariantConnection = connectionType<ReviewedInvariantModel>(
  'ReviewedInvariant',
  () => ReviewedInvariantModel,
);
