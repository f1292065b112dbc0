import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { listPolicies, listWorkloads, namespaceIsolation } from '@portolan/engine';
import type { Connection } from '../relay/connection.js';
import { PageArgs } from '../relay/page.args.js';
import { toIsolationStateModel } from './isolation-state.mapper.js';
import { IsolationStateModel } from './isolation-state.model.js';
import { locateObject } from './locate.js';
import { NamespaceModel } from './namespace.model.js';
import { objectPage } from './object-page.js';
import { PolicyConnection } from './policy.connection.js';
import { toPolicyModel } from './policy.mapper.js';
import type { PolicyModel } from './policy.model.js';
import { readPolicyFilter, readWorkloadFilter } from './read-filters.js';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { WorkloadConnection } from './workload.connection.js';
import { toWorkloadModel } from './workload.mapper.js';
import type { WorkloadModel } from './workload.model.js';

/** What is found through a namespace. */
@Resolver(() => NamespaceModel)
export class NamespaceResolver {
  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared; null when only implied by other objects.',
  })
  location(@Parent() { origin }: NamespaceModel): Promise<SourceLocationModel | null> {
    return locateObject('NAMESPACE', origin);
  }

  @ResolveField(() => IsolationStateModel, {
    description:
      'Isolation by NetworkPolicies that select every pod of the namespace. Admin and baseline policies do not isolate.',
  })
  defaultIsolation(@Parent() { origin }: NamespaceModel): IsolationStateModel {
    const { snapshot, index } = origin;
    return toIsolationStateModel(snapshot, namespaceIsolation(snapshot.analysis, index));
  }

  @ResolveField(() => WorkloadConnection, { description: 'Workloads of the namespace, by name.' })
  workloads(
    @Parent() { origin, name }: NamespaceModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<WorkloadModel> {
    const { snapshot } = origin;
    const filter = { ...readWorkloadFilter(), namespaces: [name] };
    const found = listWorkloads(snapshot.analysis, filter);
    return objectPage(found, args, (index) => toWorkloadModel(snapshot, index));
  }

  @ResolveField(() => PolicyConnection, {
    description: 'NetworkPolicies of the namespace, by name.',
  })
  policies(
    @Parent() { origin, name }: NamespaceModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<PolicyModel> {
    const { snapshot } = origin;
    const filter = { ...readPolicyFilter(snapshot), namespaces: [name] };
    const found = listPolicies(snapshot.analysis, filter);
    return objectPage(found, args, (index) => toPolicyModel(snapshot, index));
  }
}
