import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Protocol } from '@portolan/model';
import { ProtocolEnum } from '../endpoints/protocol.enum.js';

/** A port that a container declares. Informative, except that policies resolve names by it. */
@ObjectType('ContainerPort', {
  description:
    'A port that a container declares. Other ports can be reached as well; rules that name ports look here.',
})
export class ContainerPortModel {
  @Field(() => String, {
    nullable: true,
    description: 'The name by which rules may refer to it; null when it has none.',
  })
  readonly name!: string | null;

  @Field(() => Int, { description: 'The number on which the container listens.' })
  readonly port!: number;

  @Field(() => ProtocolEnum, {
    description: 'The protocol of the port; a name is resolved together with it.',
  })
  readonly protocol!: Protocol;
}
