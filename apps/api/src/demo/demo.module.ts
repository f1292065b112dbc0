import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { SnapshotsModule } from '../snapshots/snapshots.module.js';
import { UploadsModule } from '../uploads/uploads.module.js';
import { DemoService } from './demo.service.js';

/** The cluster that a first start shows. */
@Module({ imports: [ClustersModule, SnapshotsModule, UploadsModule], providers: [DemoService] })
export class DemoModule {}
