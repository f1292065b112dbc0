import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { SnapshotsModule } from '../snapshots/snapshots.module.js';
import { CreateSnapshotResolver } from './create-snapshot.resolver.js';
import { IngestionService } from './ingestion.service.js';
import { JobRecorder } from './job-recorder.js';
import { Spool } from './spool.js';
import { UploadJobsService } from './upload-jobs.service.js';
import { UploadReceiver } from './upload-receiver.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

/** Making snapshots from uploads. */
@Module({
  imports: [ClustersModule, JobsModule, SnapshotsModule],
  controllers: [UploadsController],
  providers: [
    CreateSnapshotResolver,
    JobRecorder,
    IngestionService,
    UploadJobsService,
    UploadReceiver,
    UploadsService,
    Spool,
  ],
  exports: [JobRecorder, Spool, UploadJobsService, UploadReceiver],
})
export class UploadsModule {}
