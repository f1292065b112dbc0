import { Module } from '@nestjs/common';
import { ClustersResolver } from './clusters.resolver.js';
import { ClustersService } from './clusters.service.js';

/** Clusters: named lines of snapshots. */
@Module({ providers: [ClustersService, ClustersResolver], exports: [ClustersService] })
export class ClustersModule {}
