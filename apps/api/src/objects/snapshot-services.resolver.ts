import { Inject } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { listServices } from '@portolan/engine';
import { IndexCache } from '../indexes/index-cache.js';
import { objectPage } from './object-page.js';
import type { Connection } from '../relay/connection.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { ServiceConnection } from './service.connection.js';
import { toServiceModel } from './service.mapper.js';
import { ServiceModel } from './service.model.js';
import { ServiceArgs, ServicesArgs } from './services.args.js';

/** The Services of a snapshot. */
@Resolver(() => SnapshotModel)
export class SnapshotServicesResolver {
  constructor(@Inject(IndexCache) private readonly indexes: IndexCache) {}

  @ResolveField(() => ServiceConnection, { description: 'Services, by namespace and name.' })
  async services(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => ServicesArgs }) args: ServicesArgs,
  ): Promise<Connection<ServiceModel>> {
    const snapshot = await this.indexes.get(row);
    const found = listServices(snapshot.analysis, args.namespace ?? null);
    return objectPage(found, args, (index) => toServiceModel(snapshot, index));
  }

  @ResolveField(() => ServiceModel, {
    nullable: true,
    description: 'A Service by namespace and name; null when there is none.',
  })
  async service(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => ServiceArgs }) { namespace, name }: ServiceArgs,
  ): Promise<ServiceModel | null> {
    const snapshot = await this.indexes.get(row);
    const { view } = snapshot;
    const found = view.services.find(view.findNamespace(namespace), name);
    return found < 0 ? null : toServiceModel(snapshot, found);
  }
}
