import { Field, ObjectType } from '@nestjs/graphql';
import type { RuleRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { TrafficSetModel } from '../objects/traffic-set.model.js';

/** A rule that decides about traffic between two endpoints. */
@ObjectType('RuleMatch', { description: 'A rule that matched.' })
export class RuleMatchModel {
  readonly snapshot!: IndexedSnapshot;
  readonly ref!: RuleRef;

  @Field(() => String, {
    nullable: true,
    description:
      'JSON path of the peer that matched, for example `spec.ingress[0].from[1]`; null when the rule has no peers.',
  })
  readonly peerPath!: string | null;

  @Field(() => TrafficSetModel, { description: 'The traffic that it decides about.' })
  readonly traffic!: TrafficSetModel;
}
