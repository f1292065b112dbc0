import { Field, ObjectType } from '@nestjs/graphql';
import type { GateResult } from '@portolan/report';
import { connectionType } from '../relay/connection.model.js';
import { GateRuleEnum } from './gate-rules.js';
import { type GateAction, GateActionEnum } from './review.enums.js';
import { ReviewPlaceModel } from './review-place.model.js';

/** Something that breaks a rule. */
@ObjectType('GateViolation', {
  description: 'Something that breaks a rule, and that no exception accepts.',
})
export class GateViolationModel {
  @Field(() => String, { description: 'What it is, for people.' })
  readonly text!: string;

  @Field(() => ReviewPlaceModel, {
    nullable: true,
    description: 'What caused it; null when that has no place.',
  })
  readonly place!: ReviewPlaceModel | null;
}

/** A page of violations. */
export const GateViolationConnection = connectionType<GateViolationModel>(
  'GateViolation',
  () => GateViolationModel,
);

/** A gate that was asked for, and whether it held. `violations` is resolved beside it. */
@ObjectType('GateResult', {
  description: 'A rule that a change must satisfy, and whether it does.',
})
export class GateResultModel {
  /** Not in the schema. */
  readonly result!: GateResult;

  @Field(() => GateRuleEnum, { description: 'The rule.' })
  readonly rule!: string;

  @Field(() => GateActionEnum, { description: 'What happens when it does not hold.' })
  readonly action!: GateAction;

  @Field(() => Boolean, { description: 'Whether it held.' })
  readonly passed!: boolean;

  @Field(() => String, { description: 'One line, for people.' })
  readonly message!: string;
}
