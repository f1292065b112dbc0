import { Field, ObjectType } from '@nestjs/graphql';
import type { Direction, Protocol, RuleAction, RuleRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { DirectionEnum } from './direction.enum.js';
import { ProtocolEnum } from '../endpoints/protocol.enum.js';
import { RuleActionEnum } from './rule-action.enum.js';
import { TrafficSetModel } from './traffic-set.model.js';

/** A port that a rule knows by name only. */
@ObjectType('NamedPort', {
  description: "A port by name: resolved on each destination pod's container ports.",
})
export class NamedPortModel {
  @Field(() => String, { description: 'Name.' })
  readonly name!: string;

  @Field(() => ProtocolEnum, {
    nullable: true,
    description: 'Protocol; null = the one that each pod declares the name with.',
  })
  readonly protocol!: Protocol | null;
}

/** A rule of a policy. */
@ObjectType('PolicyRule', { description: 'One rule of a policy.' })
export class PolicyRuleModel {
  readonly snapshot!: IndexedSnapshot;
  readonly ref!: RuleRef;

  @Field(() => String, { description: 'JSON path in the object, for example `spec.ingress[0]`.' })
  readonly path!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name; rules of a NetworkPolicy have none.',
  })
  readonly name!: string | null;

  @Field(() => DirectionEnum, { description: 'Direction.' })
  readonly direction!: Direction;

  @Field(() => RuleActionEnum, {
    description:
      'What it does. In an admin or baseline policy the first rule that matches decides.',
  })
  readonly action!: RuleAction;

  @Field(() => TrafficSetModel, {
    description: 'Traffic. Ports by name are in its text and in `namedPorts`, not in its ranges.',
  })
  readonly traffic!: TrafficSetModel;

  @Field(() => [NamedPortModel], { description: 'Ports by name.' })
  readonly namedPorts!: readonly NamedPortModel[];
}
