import type { PodPeer, PolicyPeer, PolicyRule } from '@portolan/model';
import type { Selections } from '../selections.js';

/** Two items that stand beside each other, and look as if both had to hold. */
export interface OrPair {
  /** Positions in `from` or `to`. */
  readonly namespacesAt: number;
  readonly podsAt: number;
  readonly namespaces: PodPeer;
  readonly pods: PodPeer;
  /** Whether nothing but a mistake explains it: the pods live in the namespaces, and not where the policy looks for them. */
  readonly isPlain: boolean;
}

/** Items of rules that were probably meant as one. */
export class OrPairs {
  readonly #known = new Map<PolicyRule, readonly OrPair[]>();

  constructor(private readonly selections: Selections) {}

  /** Of a rule of a policy in a namespace. */
  of(rule: PolicyRule, own: number): readonly OrPair[] {
    let pairs = this.#known.get(rule);
    if (pairs === undefined) {
      pairs = this.#find(rule, own);
      this.#known.set(rule, pairs);
    }
    return pairs;
  }

  /** Whether a peer is the pods of such a pair: what it misses is told there. */
  has(rule: PolicyRule, peer: number | null, own: number): boolean {
    return this.of(rule, own).some(({ podsAt }) => podsAt === peer);
  }

  #find({ peers }: PolicyRule, own: number): readonly OrPair[] {
    const found: OrPair[] = [];
    if (peers === null || own < 0) return found;
    for (let at = 0; at + 1 < peers.length; at++) {
      const pair = this.#pair(peers.slice(at, at + 2), at, own);
      if (pair === null) continue;
      found.push(pair);
      at++;
    }
    return found;
  }

  #pair([first, second]: readonly PolicyPeer[], at: number, own: number): OrPair | null {
    if (isNamespaces(first) && isPods(second))
      return this.#judge(
        { namespaces: first, namespacesAt: at, pods: second, podsAt: at + 1 },
        own,
      );
    if (isPods(first) && isNamespaces(second))
      return this.#judge(
        { namespaces: second, namespacesAt: at + 1, pods: first, podsAt: at },
        own,
      );
    return null;
  }

  /** Null where both items make sense by themselves, or nothing tells. */
  #judge(pair: Omit<OrPair, 'isPlain'>, own: number): OrPair | null {
    const { selections } = this;
    const { namespaceSelector } = pair.namespaces;
    const { podSelector } = pair.pods;
    const namespaces = selections.scopeOf(pair.namespaces, own);
    if (namespaces.length === 0) return null;
    const both = { namespaceSelector, podSelector };
    const there = selections.selected(both, own).length > 0;
    // The pods are among those of the namespaces anyway: the second item says nothing.
    if (namespaces.includes(own)) return { ...pair, isPlain: there };
    if (!there) return null;
    return { ...pair, isPlain: selections.labelled(pair.pods, own).length === 0 };
  }
}

type SomePeer = PolicyPeer | undefined;

function isNamespaces(peer: SomePeer): peer is PodPeer {
  return peer?.kind === 'pods' && peer.namespaceSelector !== null && peer.podSelector.length === 0;
}

function isPods(peer: SomePeer): peer is PodPeer {
  return peer?.kind === 'pods' && peer.namespaceSelector === null && peer.podSelector.length > 0;
}
