import { Field, ObjectType } from '@nestjs/graphql';

/** Where a page stands in its list. */
@ObjectType('PageInfo', { description: 'Paging state of a connection.' })
export class PageInfoModel {
  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  readonly endCursor!: string | null;

  @Field(() => Boolean, { description: 'Whether more edges follow.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether edges precede.' })
  readonly hasPreviousPage!: boolean;
}
