import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('DiffSummary', { description: 'Counts of a diff, by workload pair.' })
export class DiffSummaryModel {
  @Field(() => Int, { description: 'Pairs with traffic newly allowed.' })
  readonly opened!: number;

  @Field(() => Int, { description: 'Pairs with traffic no longer allowed.' })
  readonly closed!: number;

  @Field(() => Int, { description: 'Pairs with both.' })
  readonly altered!: number;

  @Field(() => Int, { description: 'Workloads newly reachable from the internet.' })
  readonly internetIngressOpened!: number;

  @Field(() => Int, { description: 'Workloads that may newly reach the internet.' })
  readonly internetEgressOpened!: number;

  @Field(() => Int, { description: 'Pairs opened across namespaces.' })
  readonly crossNamespaceOpened!: number;

  @Field(() => Int, { description: 'Workloads that lost isolation by NetworkPolicies.' })
  readonly newlyUnprotected!: number;

  @Field(() => String, { description: 'One line for people.' })
  readonly text!: string;
}
