import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** Relay's Node: https://relay.dev/graphql/objectidentification.htm */
@InterfaceType('Node', { description: 'Anything that can be found again by its ID.' })
export abstract class NodeModel {
  @Field(() => ID, { description: 'Opaque, globally unique, stable.' })
  readonly id!: string;
}
