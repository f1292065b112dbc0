import { Field, ObjectType } from '@nestjs/graphql';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { EndpointModel } from './endpoint.model.js';

/** Addresses that belong to no pod. */
@ObjectType('ExternalNetwork', {
  description: 'Addresses that belong to no pod of the snapshot.',
  implements: () => [EndpointModel],
})
export class ExternalNetworkModel {
  readonly stableKey!: string;
  readonly displayName!: string;

  @Field(() => [CidrScalar], { description: 'The networks, merged and sorted.' })
  readonly cidrs!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it covers public addresses.' })
  readonly includesInternet!: boolean;
}
