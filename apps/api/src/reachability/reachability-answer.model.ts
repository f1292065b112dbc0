import { Field, ObjectType } from '@nestjs/graphql';
import type { Verdict } from '@portolan/model';
import { TrafficSetModel } from '../objects/traffic-set.model.js';
import { CaveatModel } from '../caveats/caveat.model.js';
import { ExplanationModel } from './explanation.model.js';
import { VerdictEnum } from './verdict.enum.js';

/** Whether traffic may pass, and why. */
@ObjectType('ReachabilityAnswer', { description: 'Whether traffic may pass, and why.' })
export class ReachabilityAnswerModel {
  @Field(() => String, { description: 'What connects, as `explanation.text` names it.' })
  readonly from!: string;

  @Field(() => String, { description: 'What is connected to, as `explanation.text` names it.' })
  readonly to!: string;

  @Field(() => VerdictEnum, {
    description: 'Whether all, some or none of the traffic asked about may pass.',
  })
  readonly verdict!: Verdict;

  @Field(() => VerdictEnum, {
    description:
      'What the policies say; differs from `verdict` only where nothing in the cluster enforces them.',
  })
  readonly verdictIfEnforced!: Verdict;

  @Field(() => TrafficSetModel, {
    description:
      'The part of the traffic asked about that is allowed, for at least one pair of pods.',
  })
  readonly allowed!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description: 'The part that is denied, for at least one pair of pods.',
  })
  readonly denied!: TrafficSetModel;

  @Field(() => TrafficSetModel, {
    description:
      'The part of which it is not known, for at least one pair of pods: the caveats say why.',
  })
  readonly unknown!: TrafficSetModel;

  @Field(() => ExplanationModel, {
    description: 'Why, side by side: what the policies say, whether or not they are enforced.',
  })
  readonly explanation!: ExplanationModel;

  @Field(() => [CaveatModel], { description: 'What the answer rests on.' })
  readonly caveats!: readonly CaveatModel[];
}
