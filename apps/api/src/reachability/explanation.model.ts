import { Field, ObjectType } from '@nestjs/graphql';
import type { Direction, ReachabilityAnswer, Verdict } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { DirectionEnum } from '../objects/direction.enum.js';
import { NearMissModel } from './near-miss.model.js';
import { RuleMatchModel } from './rule-match.model.js';
import { VerdictEnum } from './verdict.enum.js';

/** What one side says. */
@ObjectType('SideExplanation', { description: 'One side of an explanation.' })
export class SideExplanationModel {
  readonly snapshot!: IndexedSnapshot;
  /** NetworkPolicies that isolate it, by snapshot-wide index. */
  readonly isolating!: readonly number[];

  @Field(() => DirectionEnum, { description: 'Direction.' })
  readonly direction!: Direction;

  @Field(() => VerdictEnum, { description: 'Verdict of this side.' })
  readonly verdict!: Verdict;

  @Field(() => Boolean, {
    description: 'Whether some NetworkPolicy isolates the pod in this direction.',
  })
  readonly isolated!: boolean;

  @Field(() => [RuleMatchModel], {
    description: 'Rules that admit some of the traffic, in the order in which they are asked.',
  })
  readonly allowedBy!: readonly RuleMatchModel[];

  @Field(() => [RuleMatchModel], {
    description: 'Rules of admin and baseline policies that deny some of it.',
  })
  readonly deniedBy!: readonly RuleMatchModel[];

  @Field(() => [RuleMatchModel], {
    description: 'Rules of admin and baseline policies that leave some of it to the next tier.',
  })
  readonly passedBy!: readonly RuleMatchModel[];

  @Field(() => [RuleMatchModel], {
    description:
      'Rules that may admit some of it: whether the other end has one of their domain names is not known.',
  })
  readonly maybeAllowedBy!: readonly RuleMatchModel[];

  @Field(() => [NearMissModel], {
    description: 'Rules that came close, and what did not match.',
  })
  readonly nearMisses!: readonly NearMissModel[];
}

/** Both sides of an answer. */
@ObjectType('Explanation', { description: 'Why traffic is allowed or denied.' })
export class ExplanationModel {
  readonly snapshot!: IndexedSnapshot;
  readonly answer!: ReachabilityAnswer;

  @Field(() => String, {
    description:
      'The pod or network whose egress is explained: one of the source, of a pair that is denied if there is any.',
  })
  readonly source!: string;

  @Field(() => String, { description: 'The pod or network whose ingress is explained.' })
  readonly destination!: string;

  @Field(() => SideExplanationModel, { description: "The source's side." })
  readonly egress!: SideExplanationModel;

  @Field(() => SideExplanationModel, { description: "The destination's side." })
  readonly ingress!: SideExplanationModel;
}
