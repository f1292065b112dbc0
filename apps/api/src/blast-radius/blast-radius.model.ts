import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { BlastRadiusQuestion } from '@portolan/model';
import { CaveatModel } from '../caveats/caveat.model.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { Endpoint } from '../objects/endpoint.js';
import { EndpointModel } from '../objects/endpoint.model.js';

/** What was asked, for the fields that ask for more. */
export interface AskedRadius {
  readonly snapshot: IndexedSnapshot;
  readonly question: BlastRadiusQuestion;
}

/** Workloads that are as far away. */
@ObjectType('BlastRadiusHop', { description: 'Workloads that are first reached at a hop.' })
export class BlastRadiusHopModel {
  readonly asked!: AskedRadius;

  @Field(() => Int, { description: 'How many steps lead there, from 1.' })
  readonly hop!: number;

  @Field(() => Int, { description: 'How many workloads.' })
  readonly workloadCount!: number;
}

/** How far something spreads. */
@ObjectType('BlastRadius', {
  description:
    'What can be reached step by step, each step being a connection that is allowed between two pods.',
})
export class BlastRadiusModel {
  readonly asked!: AskedRadius;

  @Field(() => EndpointModel, { description: 'Where it begins.' })
  readonly source!: Endpoint;

  @Field(() => Int, { description: 'Workloads that are reached, those of the source left out.' })
  readonly workloadCount!: number;

  @Field(() => Float, {
    description: 'The share of all workloads but those of the source, from 0 to 1.',
  })
  readonly share!: number;

  @Field(() => Boolean, { description: 'Whether something reaches the internet.' })
  readonly reachesInternet!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'In how many steps the internet is reached; null when it is not.',
  })
  readonly internetHop!: number | null;

  @Field(() => [BlastRadiusHopModel], { description: 'By number of steps.' })
  readonly hops!: readonly BlastRadiusHopModel[];

  @Field(() => [CaveatModel], { description: 'What the answer rests on.' })
  readonly caveats!: readonly CaveatModel[];
}
