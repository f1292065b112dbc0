import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { SnapshotsModule } from '../snapshots/snapshots.module.js';
import { CreateSnapshotResolver } from './create-snapshot.resolver.js';
import { UploadJobsService } from './upload-jobs.service.js';
import { UploadReceiver } from './upload-receiver.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsService } from './uploads.service.js';

/** Taking uploads, of which workers make snapshots. */
@Module({
  imports: [ClustersModule, JobsModule, SnapshotsModule],
  controllers: [UploadsController],
  providers: [CreateSnapshotResolver, UploadJobsService, UploadReceiver, UploadsService],
  exports: [UploadJobsService, UploadReceiver],
})
export class UploadsModule {}
