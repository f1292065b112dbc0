import { ArgsType, Field, InputType } from '@nestjs/graphql';
import type { AccessChangeKind, DiffOptions, EndpointGrouping } from '@portolan/model';
import { EndpointGroupingEnum } from '../reachability/endpoint-grouping.enum.js';
import { PageArgs } from '../relay/page.args.js';
import { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';
import { AccessChangeKindEnum } from './diff.enums.js';

@InputType('DiffOptionsInput', { description: 'Options of a diff.' })
export class DiffOptionsInput {
  @Field(() => [String], { nullable: true, description: 'Limit to these namespaces.' })
  readonly namespaces?: readonly string[] | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Include workloads that exist on one side only.',
  })
  readonly includeAddedAndRemovedWorkloads!: boolean;
}

@ArgsType()
export class SnapshotDiffArgs {
  @Field(() => SnapshotRefInput, { description: 'Before.' })
  readonly base!: SnapshotRefInput;

  @Field(() => DiffOptionsInput, { nullable: true, description: 'Options.' })
  readonly options?: DiffOptionsInput | null;
}

@ArgsType()
export class DiffArgs extends SnapshotDiffArgs {
  @Field(() => SnapshotRefInput, { description: 'After.' })
  readonly head!: SnapshotRefInput;
}

@InputType('AccessChangeFilter', { description: 'Filter for access changes.' })
export class AccessChangeFilterInput {
  @Field(() => [AccessChangeKindEnum], { nullable: true, description: 'Kinds.' })
  readonly kinds?: readonly AccessChangeKind[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those that touch the internet; false: only those that do not.',
  })
  readonly internet?: boolean | null;
}

@ArgsType()
export class AccessChangesArgs extends PageArgs {
  @Field(() => AccessChangeFilterInput, { nullable: true, description: 'Which; default all.' })
  readonly filter?: AccessChangeFilterInput | null;

  @Field(() => EndpointGroupingEnum, {
    defaultValue: EndpointGroupingEnum.WORKLOAD,
    description: 'How to group rows.',
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
