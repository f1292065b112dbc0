import { ArgsType, Field } from '@nestjs/graphql';
import type { EndpointGrouping } from '@portolan/model';
import { PageArgs } from '../relay/page.args.js';
import { AccessFilterInput } from './access-filter.input.js';
import { AssumeEnforcedField } from './assume-enforced.js';
import { EndpointGroupingEnum } from './endpoint-grouping.enum.js';
import { EndpointInput } from '../endpoints/endpoint.input.js';
import { PeerScopeInput } from './peer-scope.input.js';
import { ReachabilityQuestionInput } from './reachability-question.input.js';
import { TrafficInput } from './traffic.input.js';

/** Arguments of a list of access rows. */
@ArgsType()
class AccessRowsArgs extends PageArgs {
  @Field(() => EndpointGroupingEnum, {
    defaultValue: EndpointGroupingEnum.WORKLOAD,
    description: 'What one row stands for.',
  })
  readonly groupBy!: EndpointGrouping;

  @AssumeEnforcedField()
  readonly assumeEnforced!: boolean;
}

/** Arguments of a question about the peers of an endpoint that is known already. */
@ArgsType()
export class PeersArgs extends AccessRowsArgs {
  @Field(() => TrafficInput, {
    nullable: true,
    description:
      'Only rows that allow some of this traffic; each row has the part of it that is allowed.',
  })
  readonly traffic?: TrafficInput | null;

  @Field(() => PeerScopeInput, { nullable: true, description: 'Which peers to have rows for.' })
  readonly peers?: PeerScopeInput | null;
}

/** Arguments of `Snapshot.whoCanReach`. */
@ArgsType()
export class WhoCanReachArgs extends PeersArgs {
  @Field(() => EndpointInput, { description: 'The endpoint to be reached.' })
  readonly target!: EndpointInput;
}

/** Arguments of `Snapshot.reachableFrom`. */
@ArgsType()
export class ReachableFromArgs extends PeersArgs {
  @Field(() => EndpointInput, { description: 'The endpoint that reaches.' })
  readonly source!: EndpointInput;
}

/** Arguments of `Snapshot.allowedAccess`. */
@ArgsType()
export class AllowedAccessArgs extends AccessRowsArgs {
  @Field(() => AccessFilterInput, {
    nullable: true,
    description: 'Which access is wanted; default all.',
  })
  readonly filter?: AccessFilterInput | null;
}

/** Arguments of `Snapshot.canReach`. */
@ArgsType()
export class CanReachArgs {
  @Field(() => EndpointInput, { description: 'The endpoint that connects.' })
  readonly from!: EndpointInput;

  @Field(() => EndpointInput, { description: 'The endpoint that is connected to.' })
  readonly to!: EndpointInput;

  @Field(() => TrafficInput, { description: 'The protocol and ports of the connection.' })
  readonly traffic!: TrafficInput;

  @AssumeEnforcedField()
  readonly assumeEnforced!: boolean;
}

/** Arguments of `Snapshot.canReachMany`. */
@ArgsType()
export class CanReachManyArgs {
  @Field(() => [ReachabilityQuestionInput], { description: 'The questions, at most 500.' })
  readonly questions!: readonly ReachabilityQuestionInput[];

  @AssumeEnforcedField()
  readonly assumeEnforced!: boolean;
}
