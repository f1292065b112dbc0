import { Module } from '@nestjs/common';
import { ProfileSettingsCache } from '../profile-settings/profile-settings-cache.js';
import { ClustersResolver } from './clusters.resolver.js';
import { ClustersService } from './clusters.service.js';

/** Clusters: named lines of snapshots. */
@Module({
  providers: [ProfileSettingsCache, ClustersService, ClustersResolver],
  exports: [ProfileSettingsCache, ClustersService],
})
export class ClustersModule {}
