import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Protocol } from '@portolan/model';
import { ProtocolEnum } from '../endpoints/protocol.enum.js';

/** Ports `from` to `to` of a protocol. */
@ObjectType('PortRange', { description: 'Neighbouring ports of a protocol.' })
export class PortRangeModel {
  @Field(() => ProtocolEnum, { description: 'The protocol that the ports belong to.' })
  readonly protocol!: Protocol;

  @Field(() => Int, { description: 'First port of the range.' })
  readonly from!: number;

  @Field(() => Int, { description: 'Last port of the range, inclusive.' })
  readonly to!: number;
}

/** Protocols and ports. */
@ObjectType('TrafficSet', { description: 'Protocols and ports, exact.' })
export class TrafficSetModel {
  @Field(() => String, {
    description: 'Compact text, for example `TCP 80,443,8000-8080; UDP 53` or `All`.',
  })
  readonly text!: string;

  @Field(() => Boolean, { description: 'Whether it has every port of every protocol.' })
  readonly isAll!: boolean;

  @Field(() => Boolean, { description: 'Whether nothing is in it.' })
  readonly isEmpty!: boolean;

  @Field(() => [PortRangeModel], {
    description: 'Its ports as ranges that do not touch, sorted by protocol and number.',
  })
  readonly ranges!: readonly PortRangeModel[];
}
