import { Inject } from '@nestjs/common';
import { Args, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { invariant } from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import { toClusterModel } from '../clusters/cluster.mapper.js';
import { ClusterModel } from '../clusters/cluster.model.js';
import { ClustersService } from '../clusters/clusters.service.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { CaveatModel } from '../caveats/caveat.model.js';
import type { Connection } from '../relay/connection.js';
import { SnapshotProfiles } from '../indexes/snapshot-profiles.js';
import { toSkippedKindModel } from './input-item.mapper.js';
import { InputItemConnection, type InputItemModel, SkippedKindModel } from './input-item.model.js';
import { toSnapshotModel } from './snapshot.mapper.js';
import { SnapshotModel } from './snapshot.model.js';
import { SnapshotRefInput } from './snapshot-ref.input.js';
import { InputReportArgs } from './snapshots.args.js';
import { MAX_SKIPPED_KINDS, SnapshotsService } from './snapshots.service.js';

/** Snapshots by reference, and what is stored with them. Questions are asked through resolvers of their own. */
@Resolver(() => SnapshotModel)
export class SnapshotResolver {
  constructor(
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles,
    @Inject(NodeRegistry) nodes: NodeRegistry,
  ) {
    nodes.register('Snapshot', async ({ uuid }) => {
      const row = await this.snapshots.findById(uuid);
      return row === null ? null : toSnapshotModel(row);
    });
  }

  @Query(() => SnapshotModel, {
    nullable: true,
    description:
      "A snapshot by reference: ID, digest, or a cluster's latest, at a time, or of a commit.",
  })
  async snapshot(
    @Args('ref', { type: () => SnapshotRefInput, description: 'What names the snapshot.' })
    ref: SnapshotRefInput,
  ): Promise<SnapshotModel | null> {
    const row = await this.snapshots.resolveRef(ref);
    return row === null ? null : toSnapshotModel(row);
  }

  @ResolveField(() => ClusterModel, { description: 'The cluster that it is of.' })
  async cluster(@Parent() { row }: SnapshotModel): Promise<ClusterModel> {
    const cluster = await this.clusters.findById(row.clusterId);
    invariant(cluster !== null, 'a snapshot belongs to a cluster');
    return toClusterModel(cluster);
  }

  @ResolveField(() => InputItemConnection, {
    description:
      'Problems of the upload: documents that were skipped or refused with the reason, and notes about others.',
  })
  inputReport(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => InputReportArgs }) args: InputReportArgs,
  ): Promise<Connection<InputItemModel>> {
    return this.snapshots.inputReport(row.id, args);
  }

  @Extensions({ maxLength: MAX_SKIPPED_KINDS })
  @ResolveField(() => [SkippedKindModel], {
    description: `Kinds of object that do not matter to the analysis, and how many there were: the first ${MAX_SKIPPED_KINDS} kinds, by group and name.`,
  })
  async skippedKinds(@Parent() { row }: SnapshotModel): Promise<SkippedKindModel[]> {
    return (await this.snapshots.skippedKinds(row.id)).map(toSkippedKindModel);
  }

  @ResolveField(() => [CaveatModel], {
    description: 'Things to know before trusting any answer about this snapshot.',
  })
  async caveats(@Parent() { row }: SnapshotModel): Promise<CaveatModel[]> {
    return toCaveatModels(snapshotCaveats(row, await this.profiles.of(row)));
  }
}
