import { Field, InputType, registerEnumType } from '@nestjs/graphql';

export const OrderDirectionEnum = { ASC: 'ASC', DESC: 'DESC' } as const;
export type OrderDirection = keyof typeof OrderDirectionEnum;

registerEnumType(OrderDirectionEnum, {
  name: 'OrderDirection',
  description: 'Sort direction.',
  valuesMap: {
    ASC: { description: 'Smallest, earliest or first in the alphabet first.' },
    DESC: { description: 'The other way round.' },
  },
});

export const ClusterOrderFieldEnum = {
  SLUG: 'SLUG',
  CREATED_AT: 'CREATED_AT',
  LATEST_SNAPSHOT_AT: 'LATEST_SNAPSHOT_AT',
} as const;
export type ClusterOrderField = keyof typeof ClusterOrderFieldEnum;

registerEnumType(ClusterOrderFieldEnum, {
  name: 'ClusterOrderField',
  description: 'Fields to sort clusters by.',
  valuesMap: {
    SLUG: { description: 'The slug.' },
    CREATED_AT: { description: 'When the cluster was registered.' },
    LATEST_SNAPSHOT_AT: {
      description: 'When its newest snapshot was taken; clusters without one are last.',
    },
  },
});

@InputType('ClusterOrder', { description: 'Sort for clusters.' })
export class ClusterOrderInput {
  @Field(() => ClusterOrderFieldEnum, { description: 'Field.' })
  readonly field!: ClusterOrderField;

  @Field(() => OrderDirectionEnum, { description: 'Direction.' })
  readonly direction!: OrderDirection;
}
