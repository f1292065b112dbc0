import { Field, ObjectType } from '@nestjs/graphql';

/** Where a page stands in its list. */
@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfoModel {
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first row; null on an empty page.',
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last row, to ask for the next page with; null on an empty page.',
  })
  readonly endCursor!: string | null;

  @Field(() => Boolean, { description: 'Whether rows follow behind the page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there are rows in front of the page.' })
  readonly hasPreviousPage!: boolean;
}
