import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { ClusterModel } from './cluster.model.js';

/** The registered cluster, or why there is none. */
@ObjectType({ description: 'The cluster that was registered, or why none was.' })
export class CreateClusterPayload {
  @Field(() => String, { nullable: true, description: 'The text that the input gave.' })
  readonly clientMutationId!: string | null;

  @Field(() => ClusterModel, {
    nullable: true,
    description: 'The new cluster; null when there are errors.',
  })
  readonly cluster!: ClusterModel | null;

  @Field(() => [UserErrorModel], {
    description: 'What is wrong with the input; empty when the cluster was registered.',
  })
  readonly userErrors!: readonly UserErrorModel[];
}
