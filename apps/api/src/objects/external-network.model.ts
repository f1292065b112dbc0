import { Field, ObjectType } from '@nestjs/graphql';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { EndpointModel } from './endpoint.model.js';

/** Addresses that belong to no pod. */
@ObjectType('ExternalNetwork', {
  description: 'A network outside the cluster.',
  implements: () => [EndpointModel],
})
export class ExternalNetworkModel {
  readonly stableKey!: string;
  readonly displayName!: string;

  @Field(() => [CidrScalar], { description: 'Networks, merged.' })
  readonly cidrs!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it covers public addresses.' })
  readonly includesInternet!: boolean;
}
