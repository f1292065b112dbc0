import { Inject } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { listNamespaces, listPods, listPolicies, listWorkloads } from '@portolan/engine';
import { IndexCache } from '../indexes/index-cache.js';
import type { Connection } from '../relay/connection.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { findNamespace, findPolicy, findWorkload } from './find-objects.js';
import { NamespaceConnection } from './namespace.connection.js';
import { toNamespaceModel } from './namespace.mapper.js';
import { NamespaceModel } from './namespace.model.js';
import { objectPage } from './object-page.js';
import {
  NamespacesArgs,
  PodsArgs,
  PoliciesArgs,
  PolicyArgs,
  WorkloadArgs,
  WorkloadsArgs,
} from './objects.args.js';
import { PodConnection } from './pod.connection.js';
import { toPodModel } from './pod.mapper.js';
import type { PodModel } from './pod.model.js';
import { PolicyConnection } from './policy.connection.js';
import { toPolicyModel } from './policy.mapper.js';
import { PolicyModel } from './policy.model.js';
import {
  readNamespaceFilter,
  readPodFilter,
  readPolicyFilter,
  readWorkloadFilter,
} from './read-filters.js';
import { WorkloadConnection } from './workload.connection.js';
import { toWorkloadModel } from './workload.mapper.js';
import { WorkloadModel } from './workload.model.js';

/** The objects of a snapshot. */
@Resolver(() => SnapshotModel)
export class SnapshotObjectsResolver {
  constructor(@Inject(IndexCache) private readonly indexes: IndexCache) {}

  @ResolveField(() => NamespaceConnection, {
    description: 'Namespaces, by name; also those that are only used.',
  })
  async namespaces(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => NamespacesArgs }) args: NamespacesArgs,
  ): Promise<Connection<NamespaceModel>> {
    const snapshot = await this.indexes.get(row);
    const found = listNamespaces(snapshot.analysis, readNamespaceFilter(args.filter));
    return objectPage(found, args, (index) => toNamespaceModel(snapshot, index));
  }

  @ResolveField(() => NamespaceModel, {
    nullable: true,
    description: 'A namespace by its name; null when there is none.',
  })
  async namespace(
    @Parent() { row }: SnapshotModel,
    @Args('name', { type: () => String, description: 'Name of the namespace.' }) name: string,
  ): Promise<NamespaceModel | null> {
    const snapshot = await this.indexes.get(row);
    const found = findNamespace(snapshot.view, name);
    return found === null ? null : toNamespaceModel(snapshot, found);
  }

  @ResolveField(() => WorkloadConnection, {
    description: 'Workloads (pods grouped by their top owner), by namespace and name.',
  })
  async workloads(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => WorkloadsArgs }) args: WorkloadsArgs,
  ): Promise<Connection<WorkloadModel>> {
    const snapshot = await this.indexes.get(row);
    const found = listWorkloads(snapshot.analysis, readWorkloadFilter(args.filter));
    return objectPage(found, args, (index) => toWorkloadModel(snapshot, index));
  }

  @ResolveField(() => WorkloadModel, {
    nullable: true,
    description: 'A workload by namespace and name; null when there is none.',
  })
  async workload(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => WorkloadArgs }) args: WorkloadArgs,
  ): Promise<WorkloadModel | null> {
    const snapshot = await this.indexes.get(row);
    const found = findWorkload(snapshot.view, args);
    return found === null ? null : toWorkloadModel(snapshot, found);
  }

  @ResolveField(() => PodConnection, {
    description: 'Pods, by namespace and name; only those present in the manifests or live list.',
  })
  async pods(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => PodsArgs }) args: PodsArgs,
  ): Promise<Connection<PodModel>> {
    const snapshot = await this.indexes.get(row);
    const found = listPods(snapshot.analysis, readPodFilter(args.filter));
    return objectPage(found, args, (index) => toPodModel(snapshot, index));
  }

  @ResolveField(() => PolicyConnection, {
    description:
      'Policies of every kind: those of namespaces by namespace and name, then cluster-scoped ones by name.',
  })
  async policies(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => PoliciesArgs }) args: PoliciesArgs,
  ): Promise<Connection<PolicyModel>> {
    const snapshot = await this.indexes.get(row);
    const found = listPolicies(snapshot.analysis, readPolicyFilter(snapshot, args.filter));
    return objectPage(found, args, (index) => toPolicyModel(snapshot, index));
  }

  @ResolveField(() => PolicyModel, {
    nullable: true,
    description: 'A policy by its name; null when there is none.',
  })
  async policy(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => PolicyArgs }) args: PolicyArgs,
  ): Promise<PolicyModel | null> {
    const snapshot = await this.indexes.get(row);
    const found = findPolicy(snapshot.view, args);
    return found === null ? null : toPolicyModel(snapshot, found);
  }
}
