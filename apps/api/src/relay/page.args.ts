import { ArgsType, Field, Int } from '@nestjs/graphql';

/** Arguments of every paged list. Checked by `readPage`. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many to return: 1 to 100. Default 20.',
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Return what comes after this cursor (`pageInfo.endCursor` of the page before).',
  })
  readonly after?: string | null;
}
