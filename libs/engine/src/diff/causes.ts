import type { Direction, ObjectChange } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NOT_ISOLATED } from '../snapshot-index.js';
import { type Difference } from './compare-groups.js';
import type { GroupPair, Unit } from './match-groups.js';
import type { SharedTraffic } from './shared-traffic.js';

/** Pods of one workload that are named as causes at most: a roll-out replaces them all. */
const PODS_NAMED = 5;

/** A change whose causes are wanted: what happened between two groups (`null` = addresses outside the cluster). */
export interface Caused extends Difference {
  readonly source: GroupPair | null;
  readonly destination: GroupPair | null;
}

/** Finds the object changes behind changes of access. */
export class CauseFinder {
  readonly #policies = new Map<string, number>();
  readonly #byNamespace = new Map<string, number[]>();

  constructor(
    private readonly base: Analysis,
    private readonly head: Analysis,
    private readonly traffic: SharedTraffic,
    private readonly changes: readonly ObjectChange[],
  ) {
    for (const [i, change] of changes.entries()) {
      const namespace = this.#namespaceOf(change);
      const list = this.#byNamespace.get(namespace);
      if (list === undefined) this.#byNamespace.set(namespace, [i]);
      else list.push(i);
      if (change.kind === 'POLICY') this.#policies.set(change.displayName, i);
    }
  }

  /**
   * Positions of the object changes that caused a change: objects that came or went with an end, policies whose say about
   * the two ends changed, and objects through which unchanged policies came to say something else. When none is found so
   * (it takes several together), all changes that touch the two ends.
   */
  find({ source, destination }: Caused): number[] {
    const causes = new Set<number>();
    for (const end of [source, destination])
      if (end !== null && (end.base < 0 || end.head < 0))
        for (const change of this.#objectsOf(end)) causes.add(change);
    if (source !== null) this.#sideCauses('EGRESS', source, destination, causes);
    if (destination !== null) this.#sideCauses('INGRESS', destination, source, causes);
    if (causes.size === 0)
      for (const end of [source, destination]) if (end !== null) this.#everything(end, causes);
    return [...causes].sort((a, b) => a - b);
  }

  #sideCauses(
    direction: Direction,
    subject: GroupPair,
    peer: GroupPair | null,
    causes: Set<number>,
  ): void {
    const before = this.#say('base', direction, subject.baseUnits, peer?.baseUnits ?? null);
    const after = this.#say('head', direction, subject.headUnits, peer?.headUnits ?? null);
    const isOnBothSides = [subject, peer].every(
      (end) => end === null || (end.base >= 0 && end.head >= 0),
    );
    let unexplained = false;
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [then, now] = [before.get(name), after.get(name)];
      const isSame = isOnBothSides ? then === now : (then ?? NO_TRAFFIC) === (now ?? NO_TRAFFIC);
      const change = this.#policies.get(name);
      // About addresses `say` knows only whether there are any: a policy that changed is then taken as a cause.
      if (change !== undefined && (!isSame || (peer === null && isOnBothSides))) causes.add(change);
      else if (!isSame) unexplained = true;
    }
    if (!unexplained || !isOnBothSides) return;
    for (const end of [subject, peer])
      if (end !== null) for (const change of this.#objectsOf(end)) causes.add(change);
  }

  /** What each policy says about two ends: its name → the traffic that it admits (present = it isolates the subject). */
  #say(
    side: 'base' | 'head',
    direction: Direction,
    subjects: readonly Unit[],
    peers: readonly Unit[] | null,
  ): Map<string, number> {
    const analysis = side === 'base' ? this.base : this.head;
    const { compiled } = analysis.index;
    const policies = new Map<string, number>();
    for (const { podClass } of subjects) {
      const row = analysis.rowOf(direction, podClass);
      if (row === NOT_ISOLATED) continue;
      for (const id of groupOf(analysis.direction(direction).rows, row)) {
        const policy = analysis.view.policy(compiled.policy[id]!);
        const name = `NetworkPolicy ${analysis.view.namespaceName(policy.namespace)}/${policy.name}`;
        let admitted = policies.get(name) ?? NO_TRAFFIC;
        for (
          let entry = compiled.entryOffsets[id]!;
          entry < compiled.entryOffsets[id + 1]!;
          entry++
        ) {
          const admits =
            peers === null
              ? compiled.entryAddresses[entry]! >= -1
              : peers.some((peer) => analysis.entryAdmitsClass(entry, peer.podClass));
          if (admits)
            admitted = this.traffic.union(
              admitted,
              this.traffic.of(analysis, compiled.entryTraffic[entry]!),
            );
        }
        policies.set(name, admitted);
      }
    }
    return policies;
  }

  /** Changes of a group's own objects: its workload, pods, namespace. */
  #objectsOf(group: GroupPair): number[] {
    const own = (this.#byNamespace.get(group.namespace) ?? []).filter((i) =>
      this.#isOf(this.changes[i]!, group),
    );
    const pods = own.filter((i) => this.changes[i]!.kind === 'POD');
    const others = own.filter((i) => this.changes[i]!.kind !== 'POD');
    return [...others, ...pods.slice(0, PODS_NAMED)];
  }

  #isOf(change: ObjectChange, { base, head, baseUnits, headUnits }: GroupPair): boolean {
    switch (change.kind) {
      case 'NAMESPACE':
        return change.change !== 'CHANGED' || change.fields.includes('labels');
      case 'POD':
        return (
          baseUnits.some(({ pods }) => pods.includes(change.before ?? -1)) ||
          headUnits.some(({ pods }) => pods.includes(change.after ?? -1))
        );
      case 'WORKLOAD':
        return (
          baseUnits.some(({ pods }) =>
            pods.some((pod) => this.base.index.pods.podWorkload[pod] === change.before),
          ) ||
          headUnits.some(({ pods }) =>
            pods.some((pod) => this.head.index.pods.podWorkload[pod] === change.after),
          )
        );
      case 'POLICY':
      case 'NODE':
        return base < 0 && head < 0;
    }
  }

  #everything(group: GroupPair, causes: Set<number>): void {
    for (const change of this.#byNamespace.get(group.namespace) ?? []) causes.add(change);
    for (const change of this.#byNamespace.get('') ?? []) causes.add(change);
  }

  /** '' for nodes. */
  #namespaceOf({ kind, before, after }: ObjectChange): string {
    if (kind === 'NODE') return '';
    const [view, index] = before === null ? [this.head.view, after!] : [this.base.view, before];
    switch (kind) {
      case 'NAMESPACE':
        return view.namespaceName(index);
      case 'WORKLOAD':
        return view.namespaceName(view.namespaceOfWorkload(index));
      case 'POD':
        return view.namespaceName(view.namespaceOfPod(index));
      case 'POLICY':
        return view.namespaceName(view.namespaceOfPolicy(index));
    }
  }
}
