import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Place } from '@portolan/report';

const ReviewSideEnum = { BASE: 'BASE', HEAD: 'HEAD' } as const satisfies Record<
  Place['side'],
  Place['side']
>;

registerEnumType(ReviewSideEnum, {
  name: 'ReviewSide',
  description: 'One of the two states of a review.',
  valuesMap: {
    BASE: { description: 'Before the change.' },
    HEAD: { description: 'After it.' },
  },
});

/** Where something stands in one of the two states. */
@ObjectType('ReviewPlace', { description: 'A place in the files of one of the two states.' })
export class ReviewPlaceModel {
  @Field(() => ReviewSideEnum, { description: 'In which of them.' })
  readonly side!: Place['side'];

  @Field(() => String, { description: 'Path, as the manifests came.' })
  readonly path!: string;

  @Field(() => Int, { description: 'First line, from 1.' })
  readonly startLine!: number;

  @Field(() => Int, { description: 'Last line, inclusive.' })
  readonly endLine!: number;
}
