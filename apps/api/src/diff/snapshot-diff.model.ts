import { Field, ObjectType } from '@nestjs/graphql';
import type { DiffOptions, SnapshotDiff } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { CaveatModel } from '../caveats/caveat.model.js';
import { DiffSummaryModel } from './diff-summary.model.js';

/** Two snapshots with their indexes at hand. */
export interface DiffSides {
  readonly base: IndexedSnapshot;
  readonly head: IndexedSnapshot;
}

/** What differs between two snapshots. */
@ObjectType('SnapshotDiff', {
  description:
    'The difference in allowed traffic between two snapshots, and the objects behind it.',
})
export class SnapshotDiffModel {
  readonly sides!: DiffSides;
  readonly options!: DiffOptions;
  readonly answer!: SnapshotDiff;

  @Field(() => Boolean, {
    description: 'Whether exactly the same traffic is allowed (objects may still differ).',
  })
  readonly equivalent!: boolean;

  @Field(() => DiffSummaryModel, {
    description: 'What was found, in numbers; also what the lists leave out.',
  })
  readonly summary!: DiffSummaryModel;

  @Field(() => [CaveatModel], { description: 'What the diff rests on, in either snapshot.' })
  readonly caveats!: readonly CaveatModel[];
}
