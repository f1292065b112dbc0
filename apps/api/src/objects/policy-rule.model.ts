import { Field, ObjectType } from '@nestjs/graphql';
import type { Direction, Protocol, RuleRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { DirectionEnum } from './direction.enum.js';
import { ProtocolEnum } from './protocol.enum.js';
import { type RuleAction, RuleActionEnum } from './rule-action.enum.js';
import { TrafficSetModel } from './traffic-set.model.js';

/** A port that a rule knows by name only. */
@ObjectType('NamedPort', {
  description: "A port by name: resolved on each destination pod's container ports.",
})
export class NamedPortModel {
  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => ProtocolEnum, { description: 'Protocol.' })
  readonly protocol!: Protocol;
}

/** A rule of a policy. */
@ObjectType('PolicyRule', { description: 'One rule of a policy.' })
export class PolicyRuleModel {
  readonly snapshot!: IndexedSnapshot;
  readonly ref!: RuleRef;

  @Field(() => String, { description: 'JSON path in the object, for example `spec.ingress[0]`.' })
  readonly path!: string;

  @Field(() => DirectionEnum, { description: 'Direction.' })
  readonly direction!: Direction;

  @Field(() => RuleActionEnum, { description: 'Allow, Deny or Pass.' })
  readonly action!: RuleAction;

  @Field(() => TrafficSetModel, {
    description: 'Traffic. Ports by name are in its text and in `namedPorts`, not in its ranges.',
  })
  readonly traffic!: TrafficSetModel;

  @Field(() => [NamedPortModel], { description: 'Ports by name.' })
  readonly namedPorts!: readonly NamedPortModel[];
}
