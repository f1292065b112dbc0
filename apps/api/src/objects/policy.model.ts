import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Direction, Labels, PolicyKind, PolicyTier } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { DirectionEnum } from './direction.enum.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { PolicyKindEnum } from './policy-kind.enum.js';
import { PolicyTierEnum } from './policy-tier.enum.js';

/** A policy of a snapshot. */
@ObjectType('Policy', {
  description: 'A policy of any kind.',
  implements: () => [NodeModel, KubernetesObjectModel],
})
export class PolicyModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  readonly stableKey!: string;
  readonly name!: string;
  readonly labels!: Labels;

  @Field(() => PolicyKindEnum, { description: 'Kind.' })
  readonly kind!: PolicyKind;

  @Field(() => PolicyTierEnum, { description: 'Tier.' })
  readonly tier!: PolicyTier;

  @Field(() => Int, {
    nullable: true,
    description: 'Place in its tier, 0 to 1000, lower first; null for kinds without priorities.',
  })
  readonly priority!: number | null;

  @Field(() => [DirectionEnum], {
    description:
      'Directions it governs: of a NetworkPolicy the policy types after defaulting, of other kinds those that have rules.',
  })
  readonly directions!: readonly Direction[];
}
