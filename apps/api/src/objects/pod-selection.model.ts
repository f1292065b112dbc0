import { Field, Int, ObjectType } from '@nestjs/graphql';
import { EndpointModel } from './endpoint.model.js';

/** What a question by selector or by network means inside the cluster. */
@ObjectType('PodSelection', {
  description: 'The pods that a question by selector or network means.',
  implements: () => [EndpointModel],
})
export class PodSelectionModel {
  readonly stableKey!: string;
  readonly displayName!: string;

  @Field(() => Int, {
    description: 'How many pods fit the selector, or have an address in the network.',
  })
  readonly podCount!: number;
}
