import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Protocol } from '@portolan/model';
import { ProtocolEnum } from '../endpoints/protocol.enum.js';

/** A port of a Service, and where it leads. */
@ObjectType('ServicePortMapping', {
  description: 'How a port of a Service maps to ports of the pods behind it.',
})
export class ServicePortModel {
  @Field(() => String, { nullable: true, description: 'Name of the port; null when it has none.' })
  readonly name!: string | null;

  @Field(() => Int, { description: 'Port of the Service.' })
  readonly servicePort!: number;

  @Field(() => String, { description: 'Port or name given as targetPort.' })
  readonly targetPort!: string;

  @Field(() => [Int], {
    description:
      'Numbers of the pod ports that it leads to, sorted; empty when there are no pods, or the name is none of theirs.',
  })
  readonly resolvedPodPorts!: readonly number[];

  @Field(() => ProtocolEnum, { description: 'Protocol.' })
  readonly protocol!: Protocol;

  @Field(() => Int, { nullable: true, description: 'Port on every node; null when none is known.' })
  readonly nodePort!: number | null;
}
