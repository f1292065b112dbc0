import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { InputOutcome, ProblemCode, ProblemSeverity } from '@portolan/model';
import { SourceLocationModel } from '../objects/source-location.model.js';
import { connectionType } from '../relay/connection.model.js';
import { InputOutcomeEnum } from './input-outcome.enum.js';
import { ProblemCodeEnum, ProblemSeverityEnum } from './problem.enum.js';

/** A Problem of the upload. */
@ObjectType('InputItem', { description: 'What became of one input document, and why.' })
export class InputItemModel {
  @Field(() => SourceLocationModel, { description: 'File and line.' })
  readonly location!: SourceLocationModel;

  @Field(() => InputOutcomeEnum, { description: 'Outcome.' })
  readonly outcome!: InputOutcome;

  @Field(() => ProblemCodeEnum, { description: 'Stable code of the problem.' })
  readonly code!: ProblemCode;

  @Field(() => ProblemSeverityEnum, { description: 'How bad it is.' })
  readonly severity!: ProblemSeverity;

  @Field(() => String, { description: 'Reason.' })
  readonly reason!: string;

  @Field(() => String, { nullable: true, description: 'Kind found.' })
  readonly kind!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The object, as `namespace/name` or `name`; null when unknown.',
  })
  readonly object!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Path inside the object, for example `spec.ingress[0].ports[1].endPort`; null for the whole.',
  })
  readonly field!: string | null;
}

export const InputItemConnection = connectionType('InputItem', () => InputItemModel);

@ObjectType('SkippedKind', { description: 'Documents of a kind that the analysis does not need.' })
export class SkippedKindModel {
  @Field(() => String, { description: 'API group; empty for core.' })
  readonly group!: string;

  @Field(() => String, { description: 'Kind.' })
  readonly kind!: string;

  @Field(() => Int, { description: 'How many there were.' })
  readonly count!: number;
}
