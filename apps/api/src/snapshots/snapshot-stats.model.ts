import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CAPPED } from '../schema/int.js';

/** Counts of a snapshot. */
@ObjectType('SnapshotStats', { description: 'What is in a snapshot, in numbers.' })
export class SnapshotStatsModel {
  @Field(() => Int, {
    description: 'Objects that the analysis uses, nodes and namespaces included.',
  })
  readonly objects!: number;

  @Field(() => Int, { description: 'Namespaces, declared and implied.' })
  readonly namespaces!: number;

  @Field(() => Int, { description: 'Workloads, declared or known by their pods only.' })
  readonly workloads!: number;

  @Field(() => Int, {
    description: 'Pods that were in the input; those that only a template stands for do not count.',
  })
  readonly pods!: number;

  @Field(() => Int, { description: 'Policies that are evaluated.' })
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
