import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { type AlignedClasses, alignClasses } from './align-classes.js';
import type { DiffSide, GroupComparison } from './compare-groups.js';
import { compareGroups, type GroupPair, type Groups } from './match-groups.js';
import type { Namespaces } from './namespaces.js';

/**
 * Finds the groups with which a changed group has to be compared, without looking at every group: between it and pods
 * that did not change, traffic differs only where it differs between their classes, or where pods came to other nodes.
 */
export class PeersToCompare {
  readonly #classes: AlignedClasses;
  readonly #always: readonly GroupPair[];
  /** By position of two aligned classes: the groups that have pods of both. */
  readonly #ofClasses: (ReadonlySet<GroupPair> | undefined)[] = [];
  #withHosts: readonly GroupPair[] | null = null;
  #all: readonly GroupPair[] | null = null;

  constructor(
    private readonly before: DiffSide,
    private readonly after: DiffSide,
    private readonly groups: Groups,
    private readonly namespaces: Namespaces,
  ) {
    this.#always = namespaces.all
      .filter(({ name }) => !namespaces.hasSamePods(name))
      .flatMap(({ name }) => groups.of(name));
    this.#classes = alignClasses(before.analysis, after.analysis, namespaces);
  }

  /** In the order of every diff. */
  of(group: GroupPair, comparison: GroupComparison): readonly GroupPair[] {
    const moved = this.#movedPods(group);
    if (moved === 'HOSTS') return (this.#all ??= this.#allGroups());
    const found = new Set(this.#always);
    if (moved === 'GOVERNED') for (const one of this.#groupsWithHosts()) found.add(one);
    comparison.eachChanged(this.#classes, (pair) => {
      for (const one of (this.#ofClasses[pair] ??= this.#groupsOf(pair))) found.add(one);
    });
    return [...found].sort(compareGroups);
  }

  /** Whether pods of a group came, went, or are on other nodes than before; and whether some of the group are hostNetwork. */
  #movedPods(group: GroupPair): 'HOSTS' | 'GOVERNED' | null {
    const { before, after } = this;
    const hasMoved = (own: DiffSide, other: DiffSide): boolean =>
      own.unitsOf(group).some(({ pods }) =>
        pods.some((pod) => {
          const then = own.named.counterpart(group, pod);
          return then < 0 || nodeName(own.analysis, pod) !== nodeName(other.analysis, then);
        }),
      );
    const sides = [before, after].map((side) =>
      side.unitsOf(group).map(({ podClass }) => side.analysis.isHost(podClass)),
    );
    const hasHosts = sides.some((hosts) => hosts.includes(true));
    const hasOthers = sides.some((hosts) => hosts.includes(false));
    if (hasHosts && hasOthers) return 'HOSTS';
    if (this.namespaces.hasSamePods(group.namespace)) return null;
    if (!hasMoved(before, after) && !hasMoved(after, before)) return null;
    return hasHosts ? 'HOSTS' : 'GOVERNED';
  }

  #allGroups(): GroupPair[] {
    return this.namespaces.all.flatMap(({ name }) => this.groups.of(name));
  }

  #groupsWithHosts(): readonly GroupPair[] {
    return (this.#withHosts ??= [
      ...new Set(
        [this.before, this.after].flatMap(({ analysis }) =>
          Array.from(analysis.index.pods.hostPods, (pod) => this.groups.ofPod(analysis, pod)),
        ),
      ),
    ]);
  }

  /** Groups with a pod of two aligned classes. */
  #groupsOf(pair: number): Set<GroupPair> {
    const { analysis: base } = this.before;
    const { analysis: head } = this.after;
    const [then, now] = [this.#classes.before[pair]!, this.#classes.after[pair]!];
    const namespace = head.index.classes.namespace[now]!;
    const shift =
      base.view.firstPod(base.index.classes.namespace[then]!) - head.view.firstPod(namespace);
    const found = new Set<GroupPair>();
    for (const pod of groupOf(head.index.classes.pods, now))
      if (base.index.pods.podClass[pod + shift] === then) found.add(this.groups.ofPod(head, pod));
    return found;
  }
}

function nodeName({ index, view }: Analysis, pod: number): string | null {
  return index.pods.podNode[pod]! < 0 ? null : view.pod(pod).node;
}
