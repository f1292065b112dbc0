import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { SnapshotProfiles } from '../indexes/snapshot-profiles.js';
import { ClusterSnapshotsResolver } from './cluster-snapshots.resolver.js';
import { JobResultResolver } from './job-result.resolver.js';
import { SnapshotJobsResolver } from './snapshot-jobs.resolver.js';
import { SnapshotResolver } from './snapshot.resolver.js';
import { SnapshotsService } from './snapshots.service.js';

/** Snapshots: finding them. */
@Module({
  imports: [ClustersModule, JobsModule],
  providers: [
    SnapshotsService,
    SnapshotResolver,
    SnapshotJobsResolver,
    ClusterSnapshotsResolver,
    JobResultResolver,
    SnapshotProfiles,
  ],
  exports: [SnapshotsService, SnapshotProfiles],
})
export class SnapshotsModule {}
