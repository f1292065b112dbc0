import { Field, ObjectType } from '@nestjs/graphql';
import type { SnapshotRow } from '@portolan/store';
import { NodeModel } from '../nodes/node.model.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { CompletenessEnum } from './completeness.enum.js';
import { SnapshotSourceModel } from './snapshot-source.model.js';
import { SnapshotStatsModel } from './snapshot-stats.model.js';
import { SnapshotStatusEnum } from './snapshot-status.enum.js';

/** A snapshot's own fields; resolvers add what is found through its row. */
@ObjectType('Snapshot', {
  implements: () => [NodeModel],
  description: 'An immutable set of manifests, indexed for analysis.',
})
export class SnapshotModel extends NodeModel {
  /** Not in the schema. */
  readonly row!: SnapshotRow;

  @Field(() => String, {
    description: 'SHA-256 over the canonicalised objects: equal content has an equal digest.',
  })
  readonly digest!: string;

  @Field(() => SnapshotSourceModel, { description: 'Where the manifests came from.' })
  readonly source!: SnapshotSourceModel;

  @Field(() => SnapshotStatusEnum, {
    description: 'Whether questions can be asked; a snapshot that can be found is READY.',
  })
  readonly status!: 'READY';

  @Field(() => DateTimeScalar, {
    description:
      'When the cluster was in this state: said with the upload, else the time of storing.',
  })
  readonly takenAt!: Date;

  @Field(() => CompletenessEnum, {
    description: 'Whether this holds the whole cluster or a part.',
  })
  readonly completeness!: string;

  @Field(() => SnapshotStatsModel, { description: 'Counts by kind and of skipped inputs.' })
  readonly stats!: SnapshotStatsModel;
}
