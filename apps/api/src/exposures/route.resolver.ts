import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PathStatus } from '@portolan/model';
import { SourceLocationModel } from '../locations/source-location.model.js';
import { locateObject } from '../objects/locate.js';
import { toNamespaceModel } from '../objects/namespace.mapper.js';
import { NamespaceModel } from '../objects/namespace.model.js';
import { RouteModel } from '../objects/route.model.js';
import { toServiceModel } from '../objects/service.mapper.js';
import { toWorkloadModel } from '../objects/workload.mapper.js';
import { WorkloadModel } from '../objects/workload.model.js';
import { newModel } from '../schema/new-model.js';
import { PathStatusEnum } from './exposure.enums.js';
import { ExposuresService } from './exposures.service.js';
import { RouteBackendModel } from './route-backend.model.js';

/** What is found through a route. */
@Resolver(() => RouteModel)
export class RouteResolver {
  constructor(@Inject(ExposuresService) private readonly service: ExposuresService) {}

  @ResolveField(() => SourceLocationModel, { nullable: true, description: 'Where it is declared.' })
  location(@Parent() { origin }: RouteModel): Promise<SourceLocationModel | null> {
    return locateObject('ROUTE', origin);
  }

  @ResolveField(() => NamespaceModel, { description: 'The namespace that it is in.' })
  namespace(@Parent() { origin }: RouteModel): NamespaceModel {
    const { snapshot, index } = origin;
    return toNamespaceModel(snapshot, snapshot.view.routes.namespaceOf(index));
  }

  @ResolveField(() => PathStatusEnum, {
    description: 'OPEN when traffic arrives at some backend, else UNKNOWN when it may at some.',
  })
  async status(@Parent() route: RouteModel): Promise<PathStatus> {
    return (await this.service.stateOf(route)).status;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why no traffic arrives, in words: of its first backend with that status.',
  })
  async reason(@Parent() route: RouteModel): Promise<string | null> {
    return (await this.service.stateOf(route)).reason;
  }

  @ResolveField(() => [WorkloadModel], {
    description: 'Ingress controllers or gateways that serve it; empty when they are not known.',
  })
  async servedBy(@Parent() route: RouteModel): Promise<WorkloadModel[]> {
    const { controllers } = await this.service.stateOf(route);
    return controllers.map((workload) => toWorkloadModel(route.origin.snapshot, workload));
  }

  @ResolveField(() => [RouteBackendModel], { description: 'Where it sends traffic, each once.' })
  async backends(@Parent() route: RouteModel): Promise<RouteBackendModel[]> {
    const { snapshot } = route.origin;
    const { backends } = await this.service.stateOf(route);
    return backends.map(({ service, ...backend }) =>
      newModel(RouteBackendModel, {
        ...backend,
        service: service === null ? null : toServiceModel(snapshot, service),
      }),
    );
  }
}
