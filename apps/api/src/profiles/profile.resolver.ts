import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ClusterModel } from '../clusters/cluster.model.js';
import { ProfileSettingsReader } from '../profile-settings/profile-settings-reader.js';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { ClusterProfileModel } from './cluster-profile.model.js';
import { toClusterProfileModel } from './profile.mapper.js';
import { profileWithoutSnapshot, SnapshotProfiles } from '../indexes/snapshot-profiles.js';

/** How the manifests of a cluster are read. */
@Resolver(() => ClusterModel)
export class ClusterProfileResolver {
  constructor(
    @Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(ProfileSettingsReader) private readonly settings: ProfileSettingsReader,
  ) {}

  @ResolveField(() => ClusterProfileModel, {
    description:
      'How manifests are read: what was set by hand, and what the latest snapshot shows. Each snapshot has its own.',
    complexity: 5,
  })
  async profile(@Parent() { uuid }: ClusterModel): Promise<ClusterProfileModel> {
    const latest = await this.snapshots.latestOf(uuid, null);
    return toClusterProfileModel(
      latest === null
        ? profileWithoutSnapshot(await this.settings.of(uuid))
        : await this.profiles.of(latest),
    );
  }
}

/** How the manifests of a snapshot are read. */
@Resolver(() => SnapshotModel)
export class SnapshotProfileResolver {
  constructor(@Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles) {}

  @ResolveField(() => ClusterProfileModel, {
    description:
      'How its manifests are read: what was set by hand for the cluster, and what the snapshot shows.',
    complexity: 5,
  })
  async profile(@Parent() { row }: SnapshotModel): Promise<ClusterProfileModel> {
    return toClusterProfileModel(await this.profiles.of(row));
  }
}
