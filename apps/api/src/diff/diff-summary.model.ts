import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CAPPED } from '../schema/int.js';

/** What a diff found, in numbers. */
@ObjectType('DiffSummary', {
  description: `Counts of a diff, by pair of workloads or of a workload and a network. ${CAPPED}`,
})
export class DiffSummaryModel {
  @Field(() => Int, { description: 'Pairs that may exchange more than before, and nothing less.' })
  readonly opened!: number;

  @Field(() => Int, { description: 'Pairs that may exchange less than before, and nothing more.' })
  readonly closed!: number;

  @Field(() => Int, { description: 'Pairs that may exchange some traffic more and some less.' })
  readonly altered!: number;

  @Field(() => Int, { description: 'Workloads newly reachable from the internet.' })
  readonly internetIngressOpened!: number;

  @Field(() => Int, { description: 'Workloads that may newly reach the internet.' })
  readonly internetEgressOpened!: number;

  @Field(() => Int, { description: 'Pairs opened across namespaces.' })
  readonly crossNamespaceOpened!: number;

  @Field(() => Int, {
    description: 'Workloads that lost all isolation by NetworkPolicies in some direction.',
  })
  readonly newlyUnprotected!: number;

  @Field(() => String, { description: 'The counts in one line, those of 0 left out.' })
  readonly text!: string;
}
