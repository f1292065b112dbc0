import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { locateObject } from './locate.js';
import { toNamespaceModel } from './namespace.mapper.js';
import { NamespaceModel } from './namespace.model.js';
import { PodModel } from './pod.model.js';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { toWorkloadModel } from './workload.mapper.js';
import { WorkloadModel } from './workload.model.js';

/** What is found through a pod. */
@Resolver(() => PodModel)
export class PodResolver {
  @ResolveField(() => SourceLocationModel, {
    nullable: true,
    description: 'Where the pod is declared.',
  })
  location(@Parent() { origin }: PodModel): Promise<SourceLocationModel | null> {
    return locateObject('POD', origin);
  }

  @ResolveField(() => NamespaceModel, { description: 'The namespace that it is in.' })
  namespace(@Parent() { origin }: PodModel): NamespaceModel {
    const { snapshot, index } = origin;
    return toNamespaceModel(snapshot, snapshot.view.namespaceOfPod(index));
  }

  @ResolveField(() => WorkloadModel, {
    description: 'The workload that it is a part of; a pod without an owner is one of its own.',
  })
  workload(@Parent() { origin }: PodModel): WorkloadModel {
    const { snapshot, index } = origin;
    return toWorkloadModel(snapshot, snapshot.view.pod(index).workload);
  }
}
