import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import type { Severity } from '@portolan/model';
import { connectionType } from '../relay/connection.model.js';
import { type AnnotationLevel, AnnotationLevelEnum } from './review.enums.js';
import { ANNOTATIONS_PAGE } from './review-limits.js';
import { SeverityEnum } from '../severity/severity.enum.js';

/** What a review says about a line. */
@ObjectType('Annotation', {
  description: 'A position with a message, for comments in the files of a change.',
})
export class AnnotationModel {
  @Field(() => String, { description: 'Path.' })
  readonly path!: string;

  @Field(() => Int, { description: 'First line.' })
  readonly startLine!: number;

  @Field(() => Int, { description: 'Last line.' })
  readonly endLine!: number;

  @Field(() => AnnotationLevelEnum, { description: 'Level, in the words of check runs.' })
  readonly level!: AnnotationLevel;

  @Field(() => SeverityEnum, { description: 'How grave it is.' })
  readonly severity!: Severity;

  @Field(() => String, { description: 'Stable ID of what is said, as in SARIF.' })
  readonly rule!: string;

  @Field(() => String, { description: 'Title.' })
  readonly title!: string;

  @Field(() => String, { description: 'Message.' })
  readonly message!: string;

  @Field(() => String, { description: 'Stable, to tell the same annotation in another run.' })
  readonly fingerprint!: string;
}

/** A page of annotations. */
export const AnnotationConnection = connectionType<AnnotationModel>(
  'Annotation',
  () => AnnotationModel,
);

/** Arguments of `ChangeReview.annotations`. */
@ArgsType()
export class AnnotationsArgs {
  @Field(() => Int, {
    defaultValue: ANNOTATIONS_PAGE,
    description: `How many to return: 1 to 100. Default ${ANNOTATIONS_PAGE}, as many as check runs take.`,
  })
  readonly first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Return what comes after this cursor (`pageInfo.endCursor` of the page before).',
  })
  readonly after?: string | null;
}
