import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Protocol } from '@portolan/model';
import { ProtocolEnum } from './protocol.enum.js';

/** A port that a container declares. Informative, except that policies resolve names by it. */
@ObjectType('ContainerPort', { description: 'A declared container port.' })
export class ContainerPortModel {
  @Field(() => String, { nullable: true, description: 'Name.' })
  readonly name!: string | null;

  @Field(() => Int, { description: 'Number.' })
  readonly port!: number;

  @Field(() => ProtocolEnum, { description: 'Protocol.' })
  readonly protocol!: Protocol;
}
