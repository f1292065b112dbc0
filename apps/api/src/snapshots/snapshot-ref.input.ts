import { Field, ID, InputType } from '@nestjs/graphql';
import type { SnapshotSourceKind } from '@portolan/store';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { SnapshotSourceKindEnum } from './snapshot-source-kind.enum.js';

@InputType({ description: 'Newest snapshot of a cluster.' })
export class LatestSnapshotInput {
  @Field(() => String, { description: 'Cluster slug.' })
  readonly cluster!: string;

  @Field(() => SnapshotSourceKindEnum, {
    nullable: true,
    description: 'Only snapshots of this kind of source; null means any.',
  })
  readonly source?: SnapshotSourceKind | null;
}

@InputType({ description: 'Snapshot at a time.' })
export class SnapshotAtInput {
  @Field(() => String, { description: 'Cluster slug.' })
  readonly cluster!: string;

  @Field(() => DateTimeScalar, { description: 'Time.' })
  readonly at!: Date;
}

@InputType({ description: 'Snapshot of a commit.' })
export class SnapshotCommitInput {
  @Field(() => String, { description: 'Cluster slug.' })
  readonly cluster!: string;

  @Field(() => GitObjectIdScalar, {
    description: 'Commit that was said with the upload, in full.',
  })
  readonly commit!: string;
}

@InputType({ isOneOf: true, description: 'Refers to a snapshot. Exactly one field.' })
export class SnapshotRefInput {
  @Field(() => ID, { nullable: true, description: 'Global ID.' })
  readonly id?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Content digest; of several snapshots with this content the newest.',
  })
  readonly digest?: string | null;

  @Field(() => LatestSnapshotInput, {
    nullable: true,
    description: 'Newest snapshot of a cluster.',
  })
  readonly latestOf?: LatestSnapshotInput | null;

  @Field(() => SnapshotAtInput, {
    nullable: true,
    description: 'Newest snapshot of a cluster that was taken at or before a time.',
  })
  readonly at?: SnapshotAtInput | null;

  @Field(() => SnapshotCommitInput, {
    nullable: true,
    description: 'Newest snapshot of a cluster that was uploaded for a commit.',
  })
  readonly commit?: SnapshotCommitInput | null;
}
