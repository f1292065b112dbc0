import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { policySubjects } from '@portolan/engine';
import type { Connection } from '../relay/connection.js';
import { PageArgs } from '../relay/page.args.js';
import { locateObject } from './locate.js';
import { toNamespaceModel } from './namespace.mapper.js';
import { NamespaceModel } from './namespace.model.js';
import { objectPage } from './object-page.js';
import { PodConnection } from './pod.connection.js';
import { toPodModel } from './pod.mapper.js';
import type { PodModel } from './pod.model.js';
import { toPolicyRuleModels } from './policy-rule.mapper.js';
import { PolicyRuleModel } from './policy-rule.model.js';
import { policySummary } from './policy-summary.js';
import { policyNamespace } from './policy.mapper.js';
import { PolicyModel } from './policy.model.js';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { WorkloadConnection } from './workload.connection.js';
import { toWorkloadModel } from './workload.mapper.js';
import type { WorkloadModel } from './workload.model.js';

/** What is found through a policy. */
@Resolver(() => PolicyModel)
export class PolicyResolver {
  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where it is declared.',
  })
  location(@Parent() { origin }: PolicyModel): Promise<SourceLocationModel | null> {
    return locateObject('POLICY', origin);
  }

  @ResolveField(() => NamespaceModel, {
    nullable: true,
    description: 'Namespace; null for cluster-scoped kinds.',
  })
  namespace(@Parent() { origin }: PolicyModel): NamespaceModel | null {
    const { snapshot, index } = origin;
    const namespace = snapshot.view.namespaceOfPolicy(index);
    return namespace < 0 ? null : toNamespaceModel(snapshot, namespace);
  }

  @ResolveField(() => String, { description: 'In plain words.' })
  summary(@Parent() { origin }: PolicyModel): string {
    const { view } = origin.snapshot;
    const policy = view.policy(origin.index);
    return policySummary(policy, policyNamespace(view, policy));
  }

  @ResolveField(() => WorkloadConnection, {
    description: 'Workloads that it selects, by name; none when it has no rules.',
  })
  subjects(
    @Parent() { origin }: PolicyModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<WorkloadModel> {
    const { snapshot, index } = origin;
    const { workloads } = policySubjects(snapshot.analysis, index);
    return objectPage(workloads, args, (workload) => toWorkloadModel(snapshot, workload));
  }

  @ResolveField(() => PodConnection, {
    description: 'Pods that it selects, by name, when pods are known; none when it has no rules.',
  })
  selectedPods(
    @Parent() { origin }: PolicyModel,
    @Args({ type: () => PageArgs }) args: PageArgs,
  ): Connection<PodModel> {
    const { snapshot, index } = origin;
    const { pods } = policySubjects(snapshot.analysis, index);
    return objectPage(pods, args, (pod) => toPodModel(snapshot, pod));
  }

  @ResolveField(() => [PolicyRuleModel], {
    description: 'Rules of the directions that it governs, ingress first.',
  })
  rules(@Parent() { origin }: PolicyModel): PolicyRuleModel[] {
    return toPolicyRuleModels(origin.snapshot, origin.index);
  }
}
