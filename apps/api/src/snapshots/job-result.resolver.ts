import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { JobModel } from '../jobs/job.model.js';
import { NodeModel } from '../nodes/node.model.js';
import { toSnapshotModel } from './snapshot.mapper.js';
import { SnapshotsService } from './snapshots.service.js';

/** What a job made. */
@Resolver(() => JobModel)
export class JobResultResolver {
  constructor(@Inject(SnapshotsService) private readonly snapshots: SnapshotsService) {}

  @ResolveField(() => NodeModel, { nullable: true, description: 'What it made: a Snapshot.' })
  async result(@Parent() { row }: JobModel): Promise<NodeModel | null> {
    if (row.snapshotId === null) return null;
    const snapshot = await this.snapshots.findById(row.snapshotId);
    return snapshot === null ? null : toSnapshotModel(snapshot);
  }
}
