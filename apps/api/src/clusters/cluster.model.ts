import { Field, ObjectType } from '@nestjs/graphql';
import type { Labels } from '@portolan/model';
import { NodeModel } from '../nodes/node.model.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { JsonScalar } from '../scalars/json.scalar.js';

/** A named line of snapshots. */
@ObjectType('Cluster', {
  implements: () => [NodeModel],
  description: 'A cluster (or an environment of one) whose manifests are snapshotted.',
})
export class ClusterModel extends NodeModel {
  /** Key of the row; not in the schema. */
  readonly uuid!: string;

  @Field(() => String, { description: 'Unique name in addresses; it never changes.' })
  readonly slug!: string;

  @Field(() => String, { description: 'Name for people.' })
  readonly name!: string;

  @Field(() => JsonScalar, { description: 'Free labels, for example env=prod.' })
  readonly labels!: Labels;

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  readonly createdAt!: Date;
}
