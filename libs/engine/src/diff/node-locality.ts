import type { Analysis } from '../analysis.js';
import type { GroupPair, Unit } from './match-groups.js';

/** Two pods of which one is a hostNetwork pod on the other's node: they exchange everything, whatever policies say. */
export interface LocalPair {
  readonly pod: number;
  readonly peer: number;
}

/** Which pods of one side of a diff share a node with a hostNetwork pod. */
export class NodeLocality {
  readonly #hosts = new Map<GroupPair, ReadonlyMap<number, readonly number[]>>();

  constructor(
    private readonly analysis: Analysis,
    private readonly unitsOf: (group: GroupPair) => readonly Unit[],
  ) {}

  /** All local pairs of a pod of one group with a pod of another (or the same). */
  pairs(group: GroupPair, other: GroupPair): LocalPair[] {
    const found: LocalPair[] = [];
    this.#eachGoverned(group, other, (pod, peer) => found.push({ pod, peer }));
    this.#eachGoverned(other, group, (peer, pod) => found.push({ pod, peer }));
    return found;
  }

  #eachGoverned(
    governed: GroupPair,
    hosts: GroupPair,
    visit: (governed: number, host: number) => void,
  ): void {
    const byNode = this.#hostsOf(hosts);
    if (byNode.size === 0) return;
    const { localNode } = this.analysis.index.pods;
    for (const { podClass, pods } of this.unitsOf(governed)) {
      if (this.analysis.isNode(podClass)) continue;
      for (const pod of pods)
        for (const host of byNode.get(localNode[pod]!) ?? []) visit(pod, host);
    }
  }

  /** The hostNetwork pods of a group by their nodes. */
  #hostsOf(group: GroupPair): ReadonlyMap<number, readonly number[]> {
    let known = this.#hosts.get(group);
    if (known === undefined) {
      const { localNode } = this.analysis.index.pods;
      const byNode = new Map<number, number[]>();
      for (const { podClass, pods } of this.unitsOf(group)) {
        if (!this.analysis.isNode(podClass)) continue;
        for (const pod of pods) {
          const node = localNode[pod]!;
          if (node < 0) continue;
          const others = byNode.get(node);
          if (others === undefined) byNode.set(node, [pod]);
          else others.push(pod);
        }
      }
      known = byNode;
      this.#hosts.set(group, known);
    }
    return known;
  }
}
