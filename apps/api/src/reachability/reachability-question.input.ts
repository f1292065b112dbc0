import { Field, InputType } from '@nestjs/graphql';
import { EndpointInput } from '../endpoints/endpoint.input.js';
import { TrafficInput } from './traffic.input.js';

/** One question of `canReachMany`. */
@InputType('ReachabilityQuestionInput', {
  description: 'One question of `canReachMany`, as `canReach` takes it.',
})
export class ReachabilityQuestionInput {
  @Field(() => EndpointInput, { description: 'The endpoint that connects.' })
  readonly from!: EndpointInput;

  @Field(() => EndpointInput, { description: 'The endpoint that is connected to.' })
  readonly to!: EndpointInput;

  @Field(() => TrafficInput, { description: 'The protocol and ports of the connection.' })
  readonly traffic!: TrafficInput;
}
