import { Extensions, Field, Int, ObjectType } from '@nestjs/graphql';
import { LISTED_COUNTEREXAMPLES } from '@portolan/engine';
import { CaveatModel } from '../caveats/caveat.model.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { Endpoint } from '../objects/endpoint.js';
import { EndpointModel } from '../objects/endpoint.model.js';
import { PolicyModel } from '../objects/policy.model.js';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { LISTED_IDLE } from './idle-policies.js';

/** A snapshot, and which of its policies count (indices; null = all). */
export interface PolicySet {
  readonly snapshot: IndexedSnapshot;
  readonly policies: readonly number[] | null;
}

/** Where a relation does not hold. */
@ObjectType('PolicyCounterexample', {
  description: 'Two endpoints between which some traffic is against a relation of two policy sets.',
})
export class PolicyCounterexampleModel {
  @Field(() => EndpointModel, { description: 'Source: of `b`, or of `a` when `b` has it not.' })
  readonly source!: Endpoint;

  @Field(() => EndpointModel, {
    description: 'Destination: of `b`, or of `a` when `b` has it not.',
  })
  readonly destination!: Endpoint;

  @Field(() => TrafficSetModel, {
    description:
      'What `a` lets some pair of pods exchange and `b` does not (of `interferes`: `a` together with `b`; of `permits`: what `a` explicitly permits); empty where the relation does not forbid it.',
  })
  readonly onlyA!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description:
      'What `b` lets some pair of pods exchange and `a` does not; empty where the relation does not forbid it.',
  })
  readonly onlyB!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description:
      'Of `forbids`: what `a` explicitly permits some pair of pods and `b` allows. Empty of every other relation.',
  })
  readonly both!: TrafficSetModel;
}

/** Whether a relation holds between two policy sets. */
@ObjectType('PolicyRelation', {
  description: 'Whether a relation holds between two policy sets, and where it does not.',
})
export class PolicyRelationModel {
  @Field(() => Boolean, { description: 'Whether it holds.' })
  readonly holds!: boolean;

  @Extensions({ maxLength: LISTED_COUNTEREXAMPLES })
  @Field(() => [PolicyCounterexampleModel], {
    description: `Where it does not hold (of \`interferes\`: where it does), by workload, riskiest first as in a diff: the first ${LISTED_COUNTEREXAMPLES}.`,
  })
  readonly counterexamples!: readonly PolicyCounterexampleModel[];

  @Field(() => Int, {
    description: 'Pairs of workloads, or workloads and networks, that are counterexamples.',
  })
  readonly counterexampleCount!: number;

  @Field(() => [CaveatModel], { description: 'What the answer rests on, in either snapshot.' })
  readonly caveats!: readonly CaveatModel[];
}

/** Policies of `a` that have no say. */
@ObjectType('IdlePolicies', {
  description: 'Policies of `a` that select no pod of `b`: of them no relation says anything.',
})
export class IdlePoliciesModel {
  @Field(() => Int, { description: 'How many there are.' })
  readonly count!: number;

  @Extensions({ maxLength: LISTED_IDLE })
  @Field(() => [PolicyModel], { description: `The first ${LISTED_IDLE} of them.` })
  readonly policies!: readonly PolicyModel[];
}

/** Two policy sets, to be compared when a relation is asked for. */
@ObjectType('PolicyComparison', { description: 'How two policy sets relate.' })
export class PolicyComparisonModel {
  readonly a!: PolicySet;
  readonly b!: PolicySet;
}
