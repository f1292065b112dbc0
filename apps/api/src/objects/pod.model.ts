import { Field, ObjectType } from '@nestjs/graphql';
import type { Labels } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import { EndpointModel } from './endpoint.model.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';

/** A pod of a snapshot. */
@ObjectType('Pod', {
  description: 'A pod that was in the input.',
  implements: () => [NodeModel, KubernetesObjectModel, EndpointModel],
})
export class PodModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  readonly stableKey!: string;
  readonly name!: string;
  readonly labels!: Labels;

  @Field(() => String, { description: 'For example `shop/web-7d9f-abcde`.' })
  readonly displayName!: string;

  @Field(() => [IpAddressScalar], {
    description: "Addresses from the pod's status; empty when the input does not tell them.",
  })
  readonly ips!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'The node that it runs on; null while it is not known.',
  })
  readonly nodeName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Phase, for example Running; Succeeded and Failed pods take no traffic.',
  })
  readonly phase!: string | null;
}
