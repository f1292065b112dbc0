import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.js';
import { SnapshotsModule } from '../snapshots/snapshots.module.js';
import { DemoService } from './demo.service.js';

/** The cluster that a first start shows. */
@Module({ imports: [ClustersModule, SnapshotsModule], providers: [DemoService] })
export class DemoModule {}
