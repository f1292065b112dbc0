import { Inject } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CaveatModel } from '../caveats/caveat.model.js';
import { IndexCache } from '../indexes/index-cache.js';
import type { RouteModel } from '../objects/route.model.js';
import { isEnforced } from '../reachability/assume-enforced.js';
import { readPage } from '../relay/page.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import {
  type CaveatedConnection,
  ExposureConnection,
  RouteConnection,
} from './exposure.connection.js';
import { toExposureConnection, toRouteConnection } from './exposure.mapper.js';
import type { ExposureModel } from './exposure.model.js';
import { ExposuresArgs, RoutesArgs } from './exposures.args.js';
import { ExposuresService } from './exposures.service.js';

/** What is exposed in a snapshot, and by what. */
@Resolver(() => SnapshotModel)
export class SnapshotExposuresResolver {
  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(ExposuresService) private readonly service: ExposuresService,
  ) {}

  @ResolveField(() => ExposureConnection, {
    description:
      'How widely workloads exchange traffic: one row for each workload, direction and level at which something passes or is published, by namespace and name, ingress first, narrowest first.',
    complexity: 20,
  })
  async exposures(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => ExposuresArgs }) args: ExposuresArgs,
  ): Promise<CaveatedConnection<ExposureModel>> {
    const page = readPage(args);
    const snapshot = await this.indexes.get(row);
    const { filter } = args;
    const found = await this.service.exposures(snapshot, {
      direction: filter?.direction ?? null,
      atLeast: filter?.atLeast ?? 'ENTIRE_CLUSTER',
      namespaces: filter?.namespaces ?? null,
      published: filter?.published ?? null,
      isolated: filter?.isolated ?? null,
      isEnforced: isEnforced(snapshot, args.assumeEnforced),
      page,
    });
    return toExposureConnection(snapshot, found, page);
  }

  @ResolveField(() => RouteConnection, {
    description:
      'Ingresses, routes of the Gateway API and Routes of OpenShift, by namespace and name.',
    complexity: 10,
  })
  async routes(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => RoutesArgs }) args: RoutesArgs,
  ): Promise<CaveatedConnection<RouteModel>> {
    const page = readPage(args);
    const snapshot = await this.indexes.get(row);
    const question = {
      namespace: args.namespace ?? null,
      only: null,
      isEnforced: isEnforced(snapshot, args.assumeEnforced),
      page,
    };
    return toRouteConnection(snapshot, await this.service.routes(snapshot, question), page);
  }
}

/** What a page of exposures rests on. */
@Resolver(() => ExposureConnection)
export class ExposureConnectionResolver {
  @ResolveField(() => [CaveatModel], { description: 'What the answer as a whole rests on.' })
  caveats(@Parent() { caveats }: CaveatedConnection<ExposureModel>): readonly CaveatModel[] {
    return caveats;
  }
}

/** What a page of routes rests on. */
@Resolver(() => RouteConnection)
export class RouteConnectionResolver {
  @ResolveField(() => [CaveatModel], { description: 'What the answer as a whole rests on.' })
  caveats(@Parent() { caveats }: CaveatedConnection<RouteModel>): readonly CaveatModel[] {
    return caveats;
  }
}
