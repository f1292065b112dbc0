import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { MAX_PAGE_SIZE } from '../relay/page.js';
import { NodeModel } from './node.model.js';
import { NodeRegistry } from './node-registry.js';

/** Objects by their ids. */
@Resolver(() => NodeModel)
export class NodeResolver {
  constructor(@Inject(NodeRegistry) private readonly registry: NodeRegistry) {}

  @Query(() => NodeModel, {
    nullable: true,
    description: 'Any stored object, by its global ID.',
  })
  node(
    @Args('id', { type: () => ID, description: 'Global ID of the object.' }) id: string,
  ): Promise<NodeModel | null> {
    return this.registry.find(id);
  }

  @Query(() => [NodeModel], {
    nullable: 'items',
    description: 'Several stored objects, at most 100; null where an ID is unknown.',
  })
  nodes(
    @Args('ids', {
      type: () => [ID],
      description: 'Global IDs of the objects, in the order in which they are wanted.',
    })
    ids: readonly string[],
  ): Promise<(NodeModel | null)[]> {
    if (ids.length > MAX_PAGE_SIZE) {
      const message = `At most ${MAX_PAGE_SIZE} ids at once, got ${ids.length}`;
      throw new BadQuestionError({ code: 'PAGE_SIZE', argument: 'ids', message });
    }
    return Promise.all(ids.map((id) => this.registry.find(id)));
  }
}
