import { Field, InputType } from '@nestjs/graphql';
import { EndpointInput } from './endpoint.input.js';
import { PeerScopeInput } from './peer-scope.input.js';
import { TrafficInput } from './traffic.input.js';

@InputType('AccessFilter', { description: 'Filter for access.' })
export class AccessFilterInput {
  @Field(() => EndpointInput, { nullable: true, description: 'Source.' })
  readonly from?: EndpointInput | null;

  @Field(() => EndpointInput, { nullable: true, description: 'Destination.' })
  readonly to?: EndpointInput | null;

  @Field(() => TrafficInput, {
    nullable: true,
    description: 'Only access to some of this traffic.',
  })
  readonly traffic?: TrafficInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only access that crosses namespaces.',
  })
  readonly crossNamespace?: boolean | null;

  @Field(() => PeerScopeInput, { nullable: true, description: 'Which peers to include.' })
  readonly peers?: PeerScopeInput | null;
}
