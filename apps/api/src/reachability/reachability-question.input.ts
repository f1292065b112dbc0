import { Field, InputType } from '@nestjs/graphql';
import { EndpointInput } from './endpoint.input.js';
import { TrafficInput } from './traffic.input.js';

@InputType('ReachabilityQuestionInput', { description: 'A question for `canReachMany`.' })
export class ReachabilityQuestionInput {
  @Field(() => EndpointInput, { description: 'Source.' })
  readonly from!: EndpointInput;

  @Field(() => EndpointInput, { description: 'Destination.' })
  readonly to!: EndpointInput;

  @Field(() => TrafficInput, { description: 'Traffic.' })
  readonly traffic!: TrafficInput;
}
