import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { toInputError } from '../errors/user-error.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import type { Connection } from '../relay/connection.js';
import { type FieldsOf, newModel } from '../schema/new-model.js';
import { ClusterConnection } from './cluster.connection.js';
import { toClusterModel } from './cluster.mapper.js';
import { ClusterModel } from './cluster.model.js';
import { ClustersArgs } from './clusters.args.js';
import { ClustersService, type WrittenCluster } from './clusters.service.js';
import { CreateClusterInput } from './create-cluster.input.js';
import { CreateClusterPayload } from './create-cluster.payload.js';
import { UpdateClusterInput } from './update-cluster.input.js';
import { UpdateClusterPayload } from './update-cluster.payload.js';

/** Clusters by slug and in lists, their registration and changes. */
@Resolver(() => ClusterModel)
export class ClustersResolver {
  constructor(
    @Inject(ClustersService) private readonly service: ClustersService,
    @Inject(NodeRegistry) nodes: NodeRegistry,
  ) {
    nodes.register('Cluster', async ({ uuid }) => {
      const cluster = await service.findById(uuid);
      return cluster === null ? null : toClusterModel(cluster);
    });
  }

  @Query(() => ClusterModel, {
    nullable: true,
    description: 'A cluster by its slug; null when there is none.',
  })
  async cluster(
    @Args('slug', {
      type: () => String,
      description: 'The slug that the cluster was registered with.',
    })
    slug: string,
  ): Promise<ClusterModel | null> {
    const cluster = await this.service.findBySlug(slug);
    return cluster === null ? null : toClusterModel(cluster);
  }

  @Query(() => ClusterConnection, { description: 'Registered clusters.' })
  async clusters(
    @Args({ type: () => ClustersArgs }) args: ClustersArgs,
  ): Promise<Connection<ClusterModel>> {
    return this.service.list(args);
  }

  @Mutation(() => CreateClusterPayload, {
    description: 'Register a cluster, so that snapshots can be uploaded to it.',
    complexity: 10,
  })
  async createCluster(
    @Args('input', { type: () => CreateClusterInput, description: 'What to register.' })
    input: CreateClusterInput,
  ): Promise<CreateClusterPayload> {
    const written = await this.service.create(input);
    return newModel(CreateClusterPayload, payloadOf(input, written));
  }

  @Mutation(() => UpdateClusterPayload, {
    description: 'Change the name, the labels, or the profile of a cluster.',
    complexity: 10,
  })
  async updateCluster(
    @Args('input', { type: () => UpdateClusterInput, description: 'What to change.' })
    input: UpdateClusterInput,
  ): Promise<UpdateClusterPayload> {
    const written = await this.service.update(input);
    return newModel(UpdateClusterPayload, payloadOf(input, written));
  }
}

function payloadOf(
  { clientMutationId }: Pick<UpdateClusterInput, 'clientMutationId'>,
  written: WrittenCluster,
): FieldsOf<UpdateClusterPayload> {
  const isWritten = 'cluster' in written;
  return {
    clientMutationId: clientMutationId ?? null,
    cluster: isWritten ? toClusterModel(written.cluster) : null,
    userErrors: isWritten ? [] : written.userErrors.map(toInputError),
  };
}
