import { Field, InputType, registerEnumType } from '@nestjs/graphql';

/** Directions of a sort. */
export const OrderDirectionEnum = { ASC: 'ASC', DESC: 'DESC' } as const;
/** A direction of a sort. */
export type OrderDirection = keyof typeof OrderDirectionEnum;

registerEnumType(OrderDirectionEnum, {
  name: 'OrderDirection',
  description: 'Which way a list is sorted.',
  valuesMap: {
    ASC: { description: 'Smallest, earliest or first in the alphabet first.' },
    DESC: { description: 'Largest, latest or last in the alphabet first.' },
  },
});

/** What clusters can be sorted by. */
export const ClusterOrderFieldEnum = {
  SLUG: 'SLUG',
  CREATED_AT: 'CREATED_AT',
  LATEST_SNAPSHOT_AT: 'LATEST_SNAPSHOT_AT',
} as const;
/** A field that clusters can be sorted by. */
export type ClusterOrderField = keyof typeof ClusterOrderFieldEnum;

registerEnumType(ClusterOrderFieldEnum, {
  name: 'ClusterOrderField',
  description: 'What clusters can be sorted by.',
  valuesMap: {
    SLUG: { description: 'By slug, in the order of its characters.' },
    CREATED_AT: { description: 'When the cluster was registered.' },
    LATEST_SNAPSHOT_AT: {
      description: 'When its newest snapshot was taken; clusters without one are last.',
    },
  },
});

/** A sort of clusters. */
@InputType('ClusterOrder', { description: 'How to sort clusters.' })
export class ClusterOrderInput {
  @Field(() => ClusterOrderFieldEnum, { description: 'What to sort by.' })
  readonly field!: ClusterOrderField;

  @Field(() => OrderDirectionEnum, { description: 'Which way to sort.' })
  readonly direction!: OrderDirection;
}
