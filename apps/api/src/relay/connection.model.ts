import type { Type } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { CAPPED } from '../schema/int.js';
import type { Connection, Edge } from './connection.js';
import { PageInfoModel } from './page-info.model.js';

/**
 * The GraphQL types `<name>Connection` and `<name>Edge` of a node type. Make them once per type, in a file
 * `<name>.connection.ts`, and return `toConnection(…)` where a field has this type.
 */
export function connectionType<Node>(
  name: string,
  node: () => Type | symbol | object,
): Type<Connection<Node>> {
  @ObjectType(`${name}Edge`, { description: `An edge to ${name}.` })
  class EdgeModel implements Edge<Node> {
    @Field(() => String, {
      description: 'Where the row stands in the list: give it as `after` to go on behind it.',
    })
    readonly cursor!: string;

    @Field(node as () => Type, { description: 'The row itself.' })
    readonly node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name}.` })
  class ConnectionModel implements Connection<Node> {
    @Field(() => [EdgeModel], { description: 'The rows of the page, each with its cursor.' })
    readonly edges!: readonly Edge<Node>[];

    @Field(() => [node() as Type], { description: 'The rows of the page, without their cursors.' })
    readonly nodes!: readonly Node[];

    @Field(() => PageInfoModel, { description: 'Where the page stands in the list.' })
    readonly pageInfo!: PageInfoModel;

    @Field(() => Int, { description: `How many there are on all pages. ${CAPPED}` })
    readonly totalCount!: number;
  }

  return ConnectionModel;
}
