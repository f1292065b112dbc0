import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** Relay's Node: an object that can be fetched again by its id. */
@InterfaceType('Node', { description: 'An object with a global ID.' })
export abstract class NodeModel {
  @Field(() => ID, { description: 'Opaque, globally unique, stable.' })
  readonly id!: string;
}
