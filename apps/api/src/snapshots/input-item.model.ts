import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { InputOutcome, ProblemCode, ProblemSeverity } from '@portolan/model';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { connectionType } from '../relay/connection.model.js';
import { InputOutcomeEnum } from './input-outcome.enum.js';
import { ProblemCodeEnum, ProblemSeverityEnum } from './problem.enum.js';

/** A Problem of the upload. */
@ObjectType('InputItem', { description: 'What became of one input document, and why.' })
export class InputItemModel {
  @Field(() => SourceLocationModel, {
    description: 'File and lines of the document, or of the field.',
  })
  readonly location!: SourceLocationModel;

  @Field(() => InputOutcomeEnum, { description: 'What became of the document.' })
  readonly outcome!: InputOutcome;

  @Field(() => ProblemCodeEnum, { description: 'What is wrong or noteworthy, for programs.' })
  readonly code!: ProblemCode;

  @Field(() => ProblemSeverityEnum, {
    description: 'Whether something was left out, is probably wrong, or is only good to know.',
  })
  readonly severity!: ProblemSeverity;

  @Field(() => String, { description: 'What is wrong or noteworthy, for people.' })
  readonly reason!: string;

  @Field(() => String, {
    nullable: true,
    description: 'API group and kind as found in the document; null when it has none.',
  })
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

/** A page of an input report. */
export const InputItemConnection = connectionType('InputItem', () => InputItemModel);

/** A kind of object that is not indexed. */
@ObjectType('SkippedKind', { description: 'Documents of a kind that the analysis does not need.' })
export class SkippedKindModel {
  @Field(() => String, { description: 'API group; empty for core.' })
  readonly group!: string;

  @Field(() => String, { description: 'Kind, as in the documents.' })
  readonly kind!: string;

  @Field(() => Int, { description: 'How many objects of it the upload has.' })
  readonly count!: number;
}
