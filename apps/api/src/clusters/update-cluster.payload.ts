import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { ClusterModel } from './cluster.model.js';

/** The changed cluster, or why it was not changed. */
@ObjectType({ description: 'The cluster as it is now, or why it was not changed.' })
export class UpdateClusterPayload {
  @Field(() => String, { nullable: true, description: 'The text that the input gave.' })
  readonly clientMutationId!: string | null;

  @Field(() => ClusterModel, {
    nullable: true,
    description: 'The cluster; null when there are errors.',
  })
  readonly cluster!: ClusterModel | null;

  @Field(() => [UserErrorModel], {
    description: 'What is wrong with the input; empty when the cluster was changed.',
  })
  readonly userErrors!: readonly UserErrorModel[];
}
