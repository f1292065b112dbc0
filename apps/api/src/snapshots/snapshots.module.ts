import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { IndexesModule } from '../indexes/indexes.module.js';
import { ClusterSnapshotsResolver } from './cluster-snapshots.resolver.js';
import { JobResultResolver } from './job-result.resolver.js';
import { SnapshotJobsResolver } from './snapshot-jobs.resolver.js';
import { SnapshotResolver } from './snapshot.resolver.js';
import { SnapshotsService } from './snapshots.service.js';

/** Snapshots: finding them. */
@Module({
  imports: [ClustersModule, JobsModule, IndexesModule],
  providers: [
    SnapshotsService,
    SnapshotResolver,
    SnapshotJobsResolver,
    ClusterSnapshotsResolver,
    JobResultResolver,
  ],
  exports: [SnapshotsService],
})
export class SnapshotsModule {}
