import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { AccessChangeKind, DiffOptions, EndpointGrouping } from '@portolan/model';
import { EndpointGroupingEnum } from '../reachability/endpoint-grouping.enum.js';
import { PageArgs } from '../relay/page.args.js';
import { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';
import { AccessChangeKindEnum } from './diff.enums.js';

/** What of a diff is wanted. Read by `readDiffOptions`. */
@InputType('DiffOptionsInput', { description: 'What of a diff is wanted.' })
export class DiffOptionsInput {
  @Field(() => [String], {
    nullable: true,
    description:
      'Only changes of which at least one end is in one of these namespaces; null means all.',
  })
  readonly namespaces?: readonly string[] | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Include workloads that exist on one side only.',
  })
  readonly includeAddedAndRemovedWorkloads!: boolean;
}

/** Arguments of `Snapshot.diff`, whose head is known. */
@ArgsType()
export class SnapshotDiffArgs {
  @Field(() => SnapshotRefInput, { description: 'The snapshot to compare with: the state before.' })
  readonly base!: SnapshotRefInput;

  @Field(() => DiffOptionsInput, {
    nullable: true,
    description: 'What of the diff is wanted; default everything.',
  })
  readonly options?: DiffOptionsInput | null;
}

/** Arguments of the query `diff`. */
@ArgsType()
export class DiffArgs extends SnapshotDiffArgs {
  @Field(() => SnapshotRefInput, { description: 'The snapshot that is compared: the state after.' })
  readonly head!: SnapshotRefInput;
}

/** Which changes are wanted. Applied by `filterChanges`. */
@InputType('AccessChangeFilter', {
  description: 'Which changes are wanted: those that fit everything that is given.',
})
export class AccessChangeFilterInput {
  @Field(() => [AccessChangeKindEnum], {
    nullable: true,
    description: 'Only changes of one of these kinds.',
  })
  readonly kinds?: readonly AccessChangeKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those that touch the internet; false: only those that do not.',
  })
  readonly internet?: boolean | null;
}

/** Arguments of `SnapshotDiff.changes`. */
@ArgsType()
export class AccessChangesArgs extends PageArgs {
  @Field(() => AccessChangeFilterInput, {
    nullable: true,
    description: 'Which changes are wanted; default all.',
  })
  readonly filter?: AccessChangeFilterInput | null;

  @Field(() => EndpointGroupingEnum, {
    defaultValue: EndpointGroupingEnum.WORKLOAD,
    description: 'What the two ends of a row stand for.',
  })
  readonly groupBy!: EndpointGrouping;
}

/** Fills in what was left out. A diff counts by workload pair. */
export function readDiffOptions(input: DiffOptionsInput | null | undefined): DiffOptions {
  return {
    namespaces: input?.namespaces ?? null,
    includeAddedAndRemovedWorkloads: input?.includeAddedAndRemovedWorkloads ?? true,
    groupBy: 'WORKLOAD',
  };
}
