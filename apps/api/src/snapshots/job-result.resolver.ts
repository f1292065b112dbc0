import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { JobModel } from '../jobs/job.model.js';
import { NodeModel } from '../nodes/node.model.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { toSnapshotModel } from './snapshot.mapper.js';
import { SnapshotsService } from './snapshots.service.js';

/** What a job made. */
@Resolver(() => JobModel)
export class JobResultResolver {
  constructor(
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(NodeRegistry) private readonly nodes: NodeRegistry,
  ) {}

  @ResolveField(() => NodeModel, {
    nullable: true,
    description: 'What it made: a Snapshot, or a ChangeReview. Null until it is completed.',
  })
  async result(@Parent() { row }: JobModel): Promise<NodeModel | null> {
    if (row.status !== 'COMPLETED') return null;
    // A review has the id of its job.
    if (row.kind === 'REVIEW')
      return this.nodes.find(encodeGlobalId({ type: 'ChangeReview', uuid: row.id }));
    if (row.snapshotId === null) return null;
    const snapshot = await this.snapshots.findById(row.snapshotId);
    return snapshot === null ? null : toSnapshotModel(snapshot);
  }
}
