import { Field, Int, ObjectType } from '@nestjs/graphql';

/** Where something stands in the input. */
@ObjectType('SourceLocation', { description: 'A place in the files of an upload.' })
export class SourceLocationModel {
  @Field(() => String, { description: 'Path relative to the upload root.' })
  readonly path!: string;

  @Field(() => Int, { description: 'First line, from 1.' })
  readonly startLine!: number;

  @Field(() => Int, { description: 'Last line, inclusive.' })
  readonly endLine!: number;

  @Field(() => Int, { description: 'Index of the document in a multi-document file, from 0.' })
  readonly documentIndex!: number;
}
