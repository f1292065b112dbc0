import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  listPodsOfWorkload,
  policiesSelecting,
  servicesOfWorkload,
  workloadIsolation,
} from '@portolan/engine';
import type { Labels } from '@portolan/model';
import type { Connection } from '../relay/connection.js';
import { PageArgs } from '../relay/page.args.js';
import { JsonScalar } from '../scalars/json.scalar.js';
import { ContainerPortModel } from './container-port.model.js';
import { toIsolationStateModel } from './isolation-state.mapper.js';
import { IsolationStateModel } from './isolation-state.model.js';
import { locateObject } from './locate.js';
import { toNamespaceModel } from './namespace.mapper.js';
import { NamespaceModel } from './namespace.model.js';
import { objectPage } from './object-page.js';
import { WorkloadPoliciesArgs } from './objects.args.js';
import { PodConnection } from './pod.connection.js';
import { toPodModel } from './pod.mapper.js';
import type { PodModel } from './pod.model.js';
import { PolicyConnection } from './policy.connection.js';
import { toPolicyModel } from './policy.mapper.js';
import type { PolicyModel } from './policy.model.js';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { toContainerPortModels } from './workload.mapper.js';
import { WorkloadModel } from './workload.model.js';
import { toServiceModel } from './service.mapper.js';
import { ServiceModel } from './service.model.js';

/** What is found through a workload. */
@Resolver(() => WorkloadModel)
export class WorkloadResolver {
  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared; null when only its pods tell of it.',
  })
  location(@Parent() { origin }: WorkloadModel): Promise<SourceLocationModel | null> {
    return locateObject('WORKLOAD', origin);
  }

  @ResolveField(() => JsonScalar, {
    description: 'Pod labels (from the template, else of the first pod).',
  })
  labels(@Parent() { origin }: WorkloadModel): Labels {
    return origin.snapshot.view.workload(origin.index).labels;
  }

  @ResolveField(() => [ContainerPortModel], { description: 'Ports that its containers declare.' })
  containerPorts(@Parent() { origin }: WorkloadModel): ContainerPortModel[] {
    return toContainerPortModels(origin);
  }

  @ResolveField(() => Boolean, {
    description: "Whether its pods use the host's network; policies do not govern them then.",
  })
  hostNetwork(@Parent() { origin }: WorkloadModel): boolean {
    return origin.snapshot.view.workload(origin.index).hostNetwork;
  }

  @ResolveField(() => NamespaceModel, { description: 'The namespace that it is in.' })
  namespace(@Parent() { origin }: WorkloadModel): NamespaceModel {
    const { snapshot, index } = origin;
    return toNamespaceModel(snapshot, snapshot.view.namespaceOfWorkload(index));
  }

  @ResolveField(() => PodConnection, { description: 'Pods, by name, when pods are known.' })
  pods(
    @Parent() { origin }: WorkloadModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<PodModel> {
    const { snapshot, index } = origin;
    const found = listPodsOfWorkload(snapshot.analysis, index);
    return objectPage(found, args, (pod) => toPodModel(snapshot, pod));
  }

  @ResolveField(() => [ServiceModel], { description: 'Services that lead to its pods, by name.' })
  services(@Parent() { origin }: WorkloadModel): ServiceModel[] {
    const { snapshot, index } = origin;
    return servicesOfWorkload(snapshot.analysis, index).map((service) =>
      toServiceModel(snapshot, service),
    );
  }

  @ResolveField(() => IsolationStateModel, {
    description:
      'Isolation by direction, with the NetworkPolicies that cause it. A direction is isolated when it is for every pod. Admin and baseline policies do not isolate.',
  })
  isolation(@Parent() { origin }: WorkloadModel): IsolationStateModel {
    const { snapshot, index } = origin;
    return toIsolationStateModel(snapshot, workloadIsolation(snapshot.analysis, index));
  }

  @ResolveField(() => PolicyConnection, {
    description:
      'Policies of every kind that select it, by namespace and name, cluster-scoped ones last.',
  })
  policies(
    @Parent() { origin }: WorkloadModel,
    @Args({ type: () => WorkloadPoliciesArgs }) args: WorkloadPoliciesArgs,
  ): Connection<PolicyModel> {
    const { snapshot, index } = origin;
    const subject = { workload: index };
    const found = policiesSelecting(snapshot.analysis, subject, args.direction ?? null);
    return objectPage(found, args, (policy) => toPolicyModel(snapshot, policy));
  }
}
