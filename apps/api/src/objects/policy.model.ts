import { Field, ObjectType } from '@nestjs/graphql';
import type { Direction, Labels } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { DirectionEnum } from './direction.enum.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { type PolicyKind, PolicyKindEnum } from './policy-kind.enum.js';

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

  @Field(() => [DirectionEnum], { description: 'Directions it governs after defaulting.' })
  readonly directions!: readonly Direction[];
}
