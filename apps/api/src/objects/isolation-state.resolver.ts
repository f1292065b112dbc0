import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsolationStateModel } from './isolation-state.model.js';
import { toPolicyModel } from './policy.mapper.js';
import { PolicyModel } from './policy.model.js';

/** The policies behind an isolation. */
@Resolver(() => IsolationStateModel)
export class IsolationStateResolver {
  @ResolveField(() => [PolicyModel], { description: 'NetworkPolicies that isolate ingress.' })
  ingressPolicies(@Parent() { snapshot, policies }: IsolationStateModel): PolicyModel[] {
    return policies.ingress.map((policy) => toPolicyModel(snapshot, policy));
  }

  @ResolveField(() => [PolicyModel], { description: 'NetworkPolicies that isolate egress.' })
  egressPolicies(@Parent() { snapshot, policies }: IsolationStateModel): PolicyModel[] {
    return policies.egress.map((policy) => toPolicyModel(snapshot, policy));
  }
}
