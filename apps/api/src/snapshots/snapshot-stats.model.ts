import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CAPPED } from '../schema/int.js';

/** Counts of a snapshot. */
@ObjectType('SnapshotStats', { description: 'Counts of a snapshot.' })
export class SnapshotStatsModel {
  @Field(() => Int, { description: 'Objects indexed.' })
  readonly objects!: number;

  @Field(() => Int, { description: 'Namespaces, declared and implied.' })
  readonly namespaces!: number;

  @Field(() => Int, { description: 'Workloads.' })
  readonly workloads!: number;

  @Field(() => Int, { description: 'Pods.' })
  readonly pods!: number;

  @Field(() => Int, { description: 'Policies.' })
  readonly policies!: number;

  @Field(() => Int, { description: 'Distinct policy specs after interning.' })
  readonly distinctPolicySpecs!: number;

  @Field(() => Int, {
    description: 'Documents skipped, for example templates and unknown kinds.',
  })
  readonly skipped!: number;

  @Field(() => Int, { description: `Bytes read, after decompression. ${CAPPED}` })
  readonly bytes!: number;
}
