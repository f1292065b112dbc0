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
import { JobRecorder } from './upload/job-recorder.js';
import { Spool } from './upload/spool.js';
import { UploadJobsService } from './upload/upload-jobs.service.js';
import { UploadReceiver } from './upload/upload-receiver.js';
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
    JobRecorder,
    IngestionService,
    UploadJobsService,
    UploadReceiver,
    UploadsService,
    Spool,
  ],
  exports: [SnapshotsService, UploadJobsService],
})
export class SnapshotsModule {}
