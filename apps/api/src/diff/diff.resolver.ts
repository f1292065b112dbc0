import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { DiffArgs, SnapshotDiffArgs } from './diff.args.js';
import { DiffService } from './diff.service.js';
import { findSnapshot } from './find-snapshot.js';
import { SnapshotDiffModel } from './snapshot-diff.model.js';

/** Where diffs are asked for. */
@Resolver(() => SnapshotModel)
export class DiffResolver {
  constructor(
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(DiffService) private readonly diffs: DiffService,
  ) {}

  @Query(() => SnapshotDiffModel, {
    nullable: true,
    description:
      'The difference in allowed traffic between two snapshots. Computed on demand and cached by their content.',
    complexity: 50,
  })
  async diff(@Args({ type: () => DiffArgs }) args: DiffArgs): Promise<SnapshotDiffModel> {
    const [base, head] = await Promise.all([
      findSnapshot(this.snapshots, args.base, 'base'),
      findSnapshot(this.snapshots, args.head, 'head'),
    ]);
    return this.diffs.diff(base, head, args.options);
  }

  @ResolveField('diff', () => SnapshotDiffModel, {
    nullable: true,
    description: 'Difference to another snapshot, this one being the head.',
    complexity: 50,
  })
  async diffToBase(
    @Parent() { row }: SnapshotModel,
    @Args({ type: () => SnapshotDiffArgs }) args: SnapshotDiffArgs,
  ): Promise<SnapshotDiffModel> {
    const base = await findSnapshot(this.snapshots, args.base, 'base');
    return this.diffs.diff(base, row, args.options);
  }
}
