import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { locateObject } from './locate.js';
import { toNamespaceModel } from './namespace.mapper.js';
import { NamespaceModel } from './namespace.model.js';
import { toWorkloadModel } from './workload.mapper.js';
import { WorkloadModel } from './workload.model.js';
import { IpAddressScalar } from '../scalars/ip-address.scalar.js';
import { ServicePortModel } from './service-port.model.js';
import { behindService, toServicePortModels } from './service.mapper.js';
import { ServiceModel } from './service.model.js';

/** What is found through a Service. */
@Resolver(() => ServiceModel)
export class ServiceResolver {
  @ResolveField(() => SourceLocationModel, { nullable: true, description: 'Where it is declared.' })
  location(@Parent() { origin }: ServiceModel): Promise<SourceLocationModel | null> {
    return locateObject('SERVICE', origin);
  }

  @ResolveField(() => NamespaceModel, { description: 'The namespace that it is in.' })
  namespace(@Parent() { origin }: ServiceModel): NamespaceModel {
    const { snapshot, index } = origin;
    return toNamespaceModel(snapshot, snapshot.view.services.namespaceOf(index));
  }

  @ResolveField(() => [ServicePortModel], {
    description: 'How its ports map to pod ports.',
  })
  ports(@Parent() { origin }: ServiceModel): ServicePortModel[] {
    return toServicePortModels(origin);
  }

  @ResolveField(() => [WorkloadModel], {
    description: 'Workloads behind it, by name: those that have pods which take part.',
  })
  workloads(@Parent() { origin }: ServiceModel): WorkloadModel[] {
    return behindService(origin).workloads.map((workload) =>
      toWorkloadModel(origin.snapshot, workload),
    );
  }

  @ResolveField(() => [IpAddressScalar], {
    description:
      'Addresses behind it that are no pod of the snapshot: of a Service without selector.',
  })
  externalEndpoints(@Parent() { origin }: ServiceModel): readonly string[] {
    return behindService(origin).addresses;
  }
}
