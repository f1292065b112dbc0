import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { InputOutcome } from '@portolan/model';
import type { SnapshotSourceKind } from '@portolan/store';
import { PageArgs } from '../relay/page.args.js';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { InputOutcomeEnum } from './input-outcome.enum.js';
import { SnapshotSourceKindEnum } from './snapshot-source-kind.enum.js';

/** Which snapshots of a cluster are wanted. */
@InputType('SnapshotFilter', {
  description: 'Which snapshots are wanted: those that fit everything that is given.',
})
export class SnapshotFilterInput {
  @Field(() => SnapshotSourceKindEnum, {
    nullable: true,
    description: 'Only those that came by this way.',
  })
  readonly source?: SnapshotSourceKind | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only those taken at this time or later.',
  })
  readonly since?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only those taken before this time.',
  })
  readonly until?: Date | null;

  @Field(() => GitObjectIdScalar, { nullable: true, description: 'Only those of this commit.' })
  readonly commit?: string | null;
}

/** Arguments of `Cluster.snapshots`. */
@ArgsType()
export class SnapshotsArgs extends PageArgs {
  @Field(() => SnapshotFilterInput, { nullable: true, description: 'Only snapshots like this.' })
  readonly filter?: SnapshotFilterInput | null;
}

/** Arguments of `Snapshot.inputReport`. */
@ArgsType()
export class InputReportArgs extends PageArgs {
  @Field(() => InputOutcomeEnum, {
    nullable: true,
    description: 'Only documents with this outcome.',
  })
  readonly outcome?: InputOutcome | null;
}
