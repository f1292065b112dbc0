import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { peerWorkloads } from '@portolan/engine';
import type { Connection } from '../relay/connection.js';
import { PageArgs } from '../relay/page.args.js';
import { locateRule } from './locate.js';
import { objectPage } from './object-page.js';
import { RulePeerModel } from './rule-peer.model.js';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { WorkloadConnection } from './workload.connection.js';
import { toWorkloadModel } from './workload.mapper.js';
import type { WorkloadModel } from './workload.model.js';

/** What is found through a peer. */
@Resolver(() => RulePeerModel)
export class RulePeerResolver {
  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared.',
  })
  location(@Parent() { snapshot, ref }: RulePeerModel): Promise<SourceLocationModel | null> {
    return locateRule(snapshot, ref);
  }

  @ResolveField(() => Int, { description: 'How many workloads it matches.', complexity: 1 })
  matchedWorkloadCount(@Parent() { snapshot, ref }: RulePeerModel): number {
    return peerWorkloads(snapshot.analysis, ref).length;
  }

  @ResolveField(() => WorkloadConnection, { description: 'Workloads that it matches.' })
  matchedWorkloads(
    @Parent() { snapshot, ref }: RulePeerModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<WorkloadModel> {
    const found = peerWorkloads(snapshot.analysis, ref);
    return objectPage(found, args, (workload) => toWorkloadModel(snapshot, workload));
  }
}
