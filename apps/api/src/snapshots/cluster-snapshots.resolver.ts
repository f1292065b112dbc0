import { Inject } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { SnapshotRow, SnapshotSourceKind } from '@portolan/store';
import { ClusterModel } from '../clusters/cluster.model.js';
import type { Connection } from '../relay/connection.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { SnapshotConnection } from './snapshot.connection.js';
import { toSnapshotModel } from './snapshot.mapper.js';
import { SnapshotModel } from './snapshot.model.js';
import { SnapshotSourceKindEnum } from './snapshot-source-kind.enum.js';
import { SnapshotsArgs } from './snapshots.args.js';
import { SnapshotsService } from './snapshots.service.js';

/** The snapshots of a cluster. */
@Resolver(() => ClusterModel)
export class ClusterSnapshotsResolver {
  constructor(@Inject(SnapshotsService) private readonly service: SnapshotsService) {}

  @ResolveField(() => SnapshotModel, {
    nullable: true,
    description: 'The snapshot that was taken last; null when there is none.',
  })
  async latestSnapshot(
    @Parent() { uuid }: ClusterModel,
    @Args('source', {
      type: () => SnapshotSourceKindEnum,
      nullable: true,
      description: 'Only snapshots of this kind of source.',
    })
    source?: SnapshotSourceKind | null,
  ): Promise<SnapshotModel | null> {
    return toModelOrNull(await this.service.latestOf(uuid, source ?? null));
  }

  @ResolveField(() => SnapshotModel, {
    nullable: true,
    description: 'The newest snapshot that was taken at or before a time; null when there is none.',
  })
  async snapshotAt(
    @Parent() { uuid }: ClusterModel,
    @Args('at', {
      type: () => DateTimeScalar,
      description: 'The time that the state is wanted of.',
    })
    at: Date,
  ): Promise<SnapshotModel | null> {
    return toModelOrNull(await this.service.at(uuid, at));
  }

  @ResolveField(() => SnapshotConnection, {
    description: 'Snapshots of the cluster, newest first.',
  })
  async snapshots(
    @Parent() { uuid }: ClusterModel,
    @Args({ type: () => SnapshotsArgs }) args: SnapshotsArgs,
  ): Promise<Connection<SnapshotModel>> {
    return this.service.list(uuid, args);
  }
}

function toModelOrNull(row: SnapshotRow | null): SnapshotModel | null {
  return row === null ? null : toSnapshotModel(row);
}
