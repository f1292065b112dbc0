import { Field, ObjectType } from '@nestjs/graphql';
import type { Labels } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { EndpointModel } from './endpoint.model.js';
import { KubernetesObjectModel } from './kubernetes-object.model.js';
import type { ObjectOrigin } from './object-origin.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';

/** A Service of a snapshot. */
@ObjectType('Service', {
  description: 'A Service.',
  implements: () => [NodeModel, KubernetesObjectModel, EndpointModel],
})
export class ServiceModel extends NodeModel {
  readonly origin!: ObjectOrigin;
  readonly stableKey!: string;
  readonly name!: string;
  readonly labels!: Labels;

  @Field(() => String, { description: 'For example `shop/web (Service)`.' })
  readonly displayName!: string;

  @Field(() => String, { description: 'Type, for example ClusterIP.' })
  readonly type!: string;

  @Field(() => Boolean, {
    description: 'Whether clients get the addresses of the pods (`clusterIP: None`).',
  })
  readonly headless!: boolean;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Labels of its pods; null when it has no selector.',
  })
  readonly selector!: string | null;

  @Field(() => [IpAddressScalar], { description: 'Its addresses in the cluster, where known.' })
  readonly clusterIPs!: readonly string[];

  @Field(() => [IpAddressScalar], {
    description: 'Addresses outside the cluster that lead to it, as in `spec.externalIPs`.',
  })
  readonly externalIPs!: readonly string[];

  @Field(() => [IpAddressScalar], {
    description: 'Addresses of its load balancer, as its status tells.',
  })
  readonly loadBalancerIPs!: readonly string[];

  @Field(() => [CidrScalar], {
    description: 'Networks that its load balancer admits; empty = every address.',
  })
  readonly loadBalancerSourceRanges!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'The name that it stands for, of type ExternalName; else null.',
  })
  readonly externalName!: string | null;
}
