import { Field, ObjectType } from '@nestjs/graphql';
import type { Labels, RouteKind, RouteState } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { RouteKindEnum } from './route-kind.enum.js';

/** A Gateway that a route names. */
@ObjectType('RouteParent', { description: 'A Gateway that a route is to be attached to.' })
export class RouteParentModel {
  @Field(() => String, { description: 'Namespace of the Gateway.' })
  readonly namespace!: string;

  @Field(() => String, { description: 'Name of the Gateway.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'Its listener; null = any.' })
  readonly sectionName!: string | null;
}

/** A route of a snapshot. */
@ObjectType('Route', {
  description: 'What publishes Services by host names or ports: an Ingress or a route of any kind.',
  implements: () => [NodeModel, KubernetesObjectModel],
})
export class RouteModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  /** What becomes of its traffic, when that is known already. */
  readonly state!: RouteState | null;
  readonly stableKey!: string;
  readonly name!: string;
  readonly labels!: Labels;

  @Field(() => RouteKindEnum, { description: 'Kind of the object.' })
  readonly kind!: RouteKind;

  @Field(() => [String], { description: 'Host names; empty = every host.' })
  readonly hosts!: readonly string[];

  @Field(() => Boolean, { description: 'Whether the route itself says how TLS ends.' })
  readonly tls!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Class of an Ingress; null when none is given.',
  })
  readonly ingressClass!: string | null;

  @Field(() => [RouteParentModel], { description: 'Gateways of a route of the Gateway API.' })
  readonly parents!: readonly RouteParentModel[];
}
