import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Protocol } from '@portolan/model';
import { ProtocolEnum } from './protocol.enum.js';

/** Ports `from` to `to` of a protocol. */
@ObjectType('PortRange', { description: 'A range of ports of a protocol.' })
export class PortRangeModel {
  @Field(() => ProtocolEnum, { description: 'Protocol.' })
  readonly protocol!: Protocol;

  @Field(() => Int, { description: 'First port.' })
  readonly from!: number;

  @Field(() => Int, { description: 'Last port.' })
  readonly to!: number;
}

/** Protocols and ports. */
@ObjectType('TrafficSet', { description: 'A set of protocols and ports.' })
export class TrafficSetModel {
  @Field(() => String, {
    description: 'Compact text, for example `TCP 80,443,8000-8080; UDP 53` or `All`.',
  })
  readonly text!: string;

  @Field(() => Boolean, { description: 'Whether it is all traffic.' })
  readonly isAll!: boolean;

  @Field(() => Boolean, { description: 'Whether it is empty.' })
  readonly isEmpty!: boolean;

  @Field(() => [PortRangeModel], { description: 'Ranges, disjoint and sorted.' })
  readonly ranges!: readonly PortRangeModel[];
}
