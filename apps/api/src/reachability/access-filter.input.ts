import { Field, InputType } from '@nestjs/graphql';
import { EndpointInput } from '../endpoints/endpoint.input.js';
import { PeerScopeInput } from './peer-scope.input.js';
import { TrafficInput } from './traffic.input.js';

/** Which access is wanted. Read by `readAllowedAccessQuestion`. */
@InputType('AccessFilter', {
  description: 'Which access is wanted: what fits everything that is given.',
})
export class AccessFilterInput {
  @Field(() => EndpointInput, { nullable: true, description: 'Only access from this source.' })
  readonly from?: EndpointInput | null;

  @Field(() => EndpointInput, { nullable: true, description: 'Only access to this destination.' })
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

  @Field(() => PeerScopeInput, { nullable: true, description: 'Which ends of a row to include.' })
  readonly peers?: PeerScopeInput | null;
}
