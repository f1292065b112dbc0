import { Inject } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { EndpointSelection } from '@portolan/model';
import { WorkloadModel } from '../objects/workload.model.js';
import { readPage } from '../relay/page.js';
import { type AccessConnection, AllowedAccessConnection } from './allowed-access.connection.js';
import { toAccessConnection } from './allowed-access.mapper.js';
import { PeersArgs } from './reachability.args.js';
import { ReachabilityService } from './reachability.service.js';
import { readPeersQuestion } from './read-questions.js';
import { wantsExplanation } from './wants-explanation.js';

/** The questions about one workload, asked where the workload already is. */
@Resolver(() => WorkloadModel)
export class WorkloadReachabilityResolver {
  constructor(@Inject(ReachabilityService) private readonly reachability: ReachabilityService) {}

  @ResolveField(() => AllowedAccessConnection, {
    description: 'Who can reach it: as `whoCanReach` with this workload as the target.',
    complexity: 10,
  })
  async reachableBy(
    @Parent() workload: WorkloadModel,
    @Args({ type: () => PeersArgs }) args: PeersArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccessConnection> {
    const { snapshot } = workload.origin;
    const page = readPage(args);
    const isExplained = wantsExplanation(info);
    const question = readPeersQuestion(snapshot, args, selectionOf(workload), page, isExplained);
    return toAccessConnection(
      snapshot,
      await this.reachability.whoCanReach(snapshot, question),
      page,
    );
  }

  @ResolveField(() => AllowedAccessConnection, {
    description: 'What it can reach: as `reachableFrom` with this workload as the source.',
    complexity: 10,
  })
  async canReach(
    @Parent() workload: WorkloadModel,
    @Args({ type: () => PeersArgs }) args: PeersArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AccessConnection> {
    const { snapshot } = workload.origin;
    const page = readPage(args);
    const isExplained = wantsExplanation(info);
    const question = readPeersQuestion(snapshot, args, selectionOf(workload), page, isExplained);
    return toAccessConnection(
      snapshot,
      await this.reachability.reachableFrom(snapshot, question),
      page,
    );
  }
}

function selectionOf({ origin, name, kind }: WorkloadModel): EndpointSelection {
  const { view } = origin.snapshot;
  const namespace = view.namespaceName(view.namespaceOfWorkload(origin.index));
  return { kind: 'workload', namespace, name, workloadKind: kind };
}
