import { Injectable } from '@nestjs/common';
import { decodeGlobalId, type GlobalId } from '../relay/global-id.js';
import type { NodeModel } from './node.model.js';

/** Finds the object that an id of one type names; null when there is none (any more). */
export type NodeFinder<Id extends GlobalId = GlobalId> = (id: Id) => Promise<NodeModel | null>;

/** Knows who finds objects of which type. Modules register what is theirs. */
@Injectable()
export class NodeRegistry {
  readonly #finders = new Map<GlobalId['type'], NodeFinder>();

  register<Type extends GlobalId['type']>(
    type: Type,
    find: NodeFinder<Extract<GlobalId, { readonly type: Type }>>,
  ): void {
    // A finder only gets ids of the type that it is registered for.
    this.#finders.set(type, find as NodeFinder);
  }

  /** Null for what is no id of ours, as for an object that does not exist. */
  async find(globalId: string): Promise<NodeModel | null> {
    const id = decodeGlobalId(globalId);
    if (id === null) return null;
    return (await this.#finders.get(id.type)?.(id)) ?? null;
  }
}
