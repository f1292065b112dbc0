import { Field, ObjectType } from '@nestjs/graphql';
import { UserErrorModel } from '../errors/user-error.model.js';
import { ClusterModel } from './cluster.model.js';

@ObjectType({ description: 'Payload of createCluster.' })
export class CreateClusterPayload {
  @Field(() => String, { nullable: true, description: 'As given.' })
  readonly clientMutationId!: string | null;

  @Field(() => ClusterModel, { nullable: true, description: 'The cluster.' })
  readonly cluster!: ClusterModel | null;

  @Field(() => [UserErrorModel], { description: 'Problems.' })
  readonly userErrors!: readonly UserErrorModel[];
}
