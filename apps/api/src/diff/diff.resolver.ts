import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { SnapshotModel } from '../snapshots/snapshot.model.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { DiffArgs, readDiffOptions, SnapshotDiffArgs } from './diff.args.js';
import { toSnapshotDiffModel } from './diff.mapper.js';
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
    const sides = await this.diffs.open(base, head);
    const options = readDiffOptions(args.options);
    return toSnapshotDiffModel(sides, options, await this.diffs.compare(sides, options));
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
    const sides = await this.diffs.open(base, row);
    const options = readDiffOptions(args.options);
    return toSnapshotDiffModel(sides, options, await this.diffs.compare(sides, options));
  }
}
