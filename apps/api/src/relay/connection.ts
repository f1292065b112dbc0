import type { PageRequest } from '@portolan/model';
import { encodeCursor } from './cursor.js';
import { newModel } from './new-model.js';
import { PageInfoModel } from './page-info.model.js';

/** One row of a page and its cursor. */
export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** A page of a list, in the shape of the Relay cursor connections specification. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  /** The edges' nodes, without cursors. */
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfoModel;
  /** How many there are in all pages. */
  readonly totalCount: number;
}

/** Makes a connection of the nodes that a page request got. */
export function toConnection<Node>(
  nodes: readonly Node[],
  totalCount: number,
  { offset }: PageRequest,
): Connection<Node> {
  const edges = nodes.map((node, i) => ({ cursor: encodeCursor(offset + i), node }));
  return {
    edges,
    nodes,
    totalCount,
    pageInfo: newModel(PageInfoModel, {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: offset + nodes.length < totalCount,
      hasPreviousPage: offset > 0,
    }),
  };
}
