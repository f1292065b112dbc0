import { Field, ID, InputType } from '@nestjs/graphql';
import type { SnapshotSourceKind } from '@portolan/store';
import { DateTimeScalar } from '../scalars/date-time.scalar.js';
import { GitObjectIdScalar } from '../scalars/git-object-id.scalar.js';
import { SnapshotSourceKindEnum } from './snapshot-source-kind.enum.js';

/** The newest snapshot of a cluster. */
@InputType({ description: 'The snapshot of a cluster that was taken last.' })
export class LatestSnapshotInput {
  @Field(() => String, { description: 'Slug of the cluster.' })
  readonly cluster!: string;

  @Field(() => SnapshotSourceKindEnum, {
    nullable: true,
    description: 'Only snapshots of this kind of source; null means any.',
  })
  readonly source?: SnapshotSourceKind | null;
}

/** The snapshot that was the newest at a time. */
@InputType({ description: 'The snapshot of a cluster that was the newest at a time.' })
export class SnapshotAtInput {
  @Field(() => String, { description: 'Slug of the cluster.' })
  readonly cluster!: string;

  @Field(() => DateTimeScalar, { description: 'The time that the state is wanted of.' })
  readonly at!: Date;
}

/** The newest snapshot of a commit. */
@InputType({ description: 'The newest snapshot of a cluster for a commit.' })
export class SnapshotCommitInput {
  @Field(() => String, { description: 'Slug of the cluster.' })
  readonly cluster!: string;

  @Field(() => GitObjectIdScalar, {
    description: 'Commit that was said with the upload, in full.',
  })
  readonly commit!: string;
}

/** Names a snapshot in one of several ways. Followed by `SnapshotsService.resolveRef`. */
@InputType({ isOneOf: true, description: 'Refers to a snapshot. Exactly one field.' })
export class SnapshotRefInput {
  @Field(() => ID, { nullable: true, description: 'Global ID of the snapshot, or its UUID.' })
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
