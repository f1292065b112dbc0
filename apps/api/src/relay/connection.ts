import type { PageRequest } from '@portolan/model';
import { toInt } from '../schema/int.js';
import { encodeCursor } from './cursor.js';
import { newModel } from '../schema/new-model.js';
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
  /** How many there are in all pages, as a GraphQL Int. */
  readonly totalCount: number;
}

/** Makes a connection of the nodes that a page request got. */
export function toConnection<Node>(
  nodes: readonly Node[],
  totalCount: number,
  { offset }: PageRequest,
): Connection<Node> {
  return new Page(nodes, totalCount, offset);
}

class Page<Node> implements Connection<Node> {
  readonly pageInfo: PageInfoModel;
  readonly totalCount: number;

  constructor(
    readonly nodes: readonly Node[],
    total: number,
    private readonly offset: number,
  ) {
    const end = offset + nodes.length;
    this.totalCount = toInt(total);
    this.pageInfo = newModel(PageInfoModel, {
      startCursor: nodes.length === 0 ? null : encodeCursor(offset),
      endCursor: nodes.length === 0 ? null : encodeCursor(end - 1),
      hasNextPage: end < total,
      hasPreviousPage: offset > 0,
    });
  }

  /** Made when asked for: most queries want the nodes only. */
  get edges(): Edge<Node>[] {
    return this.nodes.map((node, i) => ({ cursor: encodeCursor(this.offset + i), node }));
  }
}
