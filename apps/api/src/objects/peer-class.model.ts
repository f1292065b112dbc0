import { Field, ObjectType } from '@nestjs/graphql';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import { EndpointModel } from './endpoint.model.js';

/** Pods that need not exist. */
@ObjectType('PeerClass', {
  description:
    'Pods that need not exist in the snapshot: the one that a question supposes, or all that rules treat alike. Both selectors must match.',
  implements: () => [EndpointModel],
})
export class PeerClassModel {
  readonly stableKey!: string;
  readonly displayName!: string;

  @Field(() => LabelSelectorScalar, {
    description: 'Selector over labels of their namespaces, existing and new ones. Empty = any.',
  })
  readonly namespaceSelector!: string;

  @Field(() => LabelSelectorScalar, { description: 'Selector over their labels. Empty = any pod.' })
  readonly podSelector!: string;

  @Field(() => Boolean, { description: 'Whether it is every pod that may come to exist.' })
  readonly isEntireCluster!: boolean;
}
