import { Field, InputType, Int } from '@nestjs/graphql';
import type { TrafficQuery } from '@portolan/model';
import { ProtocolEnum } from '../endpoints/protocol.enum.js';

/** Traffic asked about, as the caller writes it. Read by `readTraffic`. */
@InputType('TrafficInput', {
  description: 'Protocol and ports that a question is about; what is left out is any.',
})
export class TrafficInput {
  @Field(() => ProtocolEnum, { nullable: true, description: 'Protocol; null means any.' })
  readonly protocol?: TrafficQuery['protocol'];

  @Field(() => Int, {
    nullable: true,
    description: 'Port number, 1 to 65535; null (with no `portName`) means any.',
  })
  readonly port?: number | null;

  @Field(() => Int, { nullable: true, description: 'Last port of a range that starts at `port`.' })
  readonly endPort?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Port name, resolved on the destination; TCP when `protocol` is null.',
  })
  readonly portName?: string | null;
}
