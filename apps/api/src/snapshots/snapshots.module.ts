import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { ClusterSnapshotsResolver } from './cluster-snapshots.resolver.js';
import { CreateSnapshotResolver } from './create-snapshot.resolver.js';
import { JobResultResolver } from './job-result.resolver.js';
import { SnapshotJobsResolver } from './snapshot-jobs.resolver.js';
import { SnapshotResolver } from './snapshot.resolver.js';
import { SnapshotsService } from './snapshots.service.js';
import { IngestionService } from './upload/ingestion.service.js';
import { Spool } from './upload/spool.js';
import { UploadsController } from './upload/uploads.controller.js';
import { UploadsService } from './upload/uploads.service.js';

/** Snapshots: finding them, and making them from uploads. */
@Module({
  imports: [ClustersModule, JobsModule],
  controllers: [UploadsController],
  providers: [
    SnapshotsService,
    SnapshotResolver,
    SnapshotJobsResolver,
    ClusterSnapshotsResolver,
    JobResultResolver,
    CreateSnapshotResolver,
    IngestionService,
    UploadsService,
    Spool,
  ],
  exports: [SnapshotsService, UploadsService],
})
export class SnapshotsModule {}
