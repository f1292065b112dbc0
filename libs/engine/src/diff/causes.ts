import { type Direction, type ObjectChange, policyName, type SnapshotView } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW, NOBODY } from '../snapshot-index.js';
import { type Difference } from './compare-groups.js';
import type { GroupPair, Unit } from './match-groups.js';
import type { Namespaces } from './namespaces.js';
import type { SharedTraffic } from './shared-traffic.js';

/** Pods of one workload that are named as causes at most: a roll-out replaces them all. */
const PODS_NAMED = 5;

/** In place of a namespace. */
const CLUSTER_SCOPED = '';

/** What a policy says that has no rule for two ends, or does not select the subject. */
const NOTHING_SAID = '';

/** A change whose causes are wanted: what happened between two groups (`null` = addresses outside the cluster). */
export interface Caused extends Difference {
  readonly source: GroupPair | null;
  readonly destination: GroupPair | null;
}

/** Finds the object changes behind changes of access. */
export class CauseFinder {
  readonly #policies = new Map<string, number>();
  readonly #byNamespace = new Map<string, number[]>();
  /** Policies that changed, by their indices. */
  readonly #changed = { base: new Set<number>(), head: new Set<number>() };
  /** Names of policies, by their indices. */
  readonly #names = { base: new Map<number, string>(), head: new Map<number, string>() };

  constructor(
    private readonly base: Analysis,
    private readonly head: Analysis,
    private readonly traffic: SharedTraffic,
    private readonly changes: readonly ObjectChange[],
    private readonly namespaces: Namespaces,
  ) {
    for (const [i, change] of changes.entries()) {
      const namespace = this.#namespaceOf(change);
      const list = this.#byNamespace.get(namespace);
      if (list === undefined) this.#byNamespace.set(namespace, [i]);
      else list.push(i);
      if (change.kind !== 'POLICY') continue;
      this.#policies.set(change.displayName, i);
      if (change.before !== null) this.#changed.base.add(change.before);
      if (change.after !== null) this.#changed.head.add(change.after);
    }
  }

  /**
   * Positions of the object changes that caused a change: objects that came or went with an end, policies whose say about
   * the two ends changed, and objects through which unchanged policies came to say something else. When none is found so
   * (it takes several together), all changes that touch the two ends.
   */
  find({ source, destination, isNodeLocal }: Caused): number[] {
    const causes = new Set<number>();
    for (const end of [source, destination])
      if (end !== null && (isNodeLocal || end.base < 0 || end.head < 0))
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
    // Where nothing else changed about two ends, policies that did not change say the same.
    const isOnlyOfChanged =
      this.namespaces.isClusterUntouched &&
      [subject, peer].every((end) => end === null || this.namespaces.hasSamePods(end.namespace));
    const say = (side: 'base' | 'head', units: 'baseUnits' | 'headUnits'): Map<string, string> =>
      this.#say(side, direction, subject[units], peer?.[units] ?? null, isOnlyOfChanged);
    const [before, after] = [say('base', 'baseUnits'), say('head', 'headUnits')];
    const isOnBothSides = [subject, peer].every(
      (end) => end === null || (end.base >= 0 && end.head >= 0),
    );
    let unexplained = false;
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [then, now] = [before.get(name), after.get(name)];
      const isSame = isOnBothSides
        ? then === now
        : (then ?? NOTHING_SAID) === (now ?? NOTHING_SAID);
      const change = this.#policies.get(name);
      // About addresses `say` knows only whether there are any: a policy that changed is then taken as a cause.
      if (change !== undefined && (!isSame || (peer === null && isOnBothSides))) causes.add(change);
      else if (!isSame) unexplained = true;
    }
    if (!unexplained || !isOnBothSides) return;
    for (const end of [subject, peer])
      if (end !== null) for (const change of this.#objectsOf(end)) causes.add(change);
  }

  /**
   * What each policy says about two ends: its name → the traffic that its rules match, action by action in their order
   * (present = it selects the subject).
   */
  #say(
    side: 'base' | 'head',
    direction: Direction,
    subjects: readonly Unit[],
    peers: readonly Unit[] | null,
    isOnlyOfChanged: boolean,
  ): Map<string, string> {
    const analysis = side === 'base' ? this.base : this.head;
    const { view, index } = analysis;
    const policies = new Map<string, Set<string>>();
    if (isOnlyOfChanged && this.#changed[side].size === 0) return new Map();
    for (const { podClass } of subjects) {
      const row = analysis.rowOf(direction, podClass);
      if (row === NO_ROW) continue;
      for (const id of analysis.compiledOfRow(direction, row)) {
        const policy = index.compiled.policy[id]!;
        if (isOnlyOfChanged && !this.#changed[side].has(policy)) continue;
        const name = this.#nameOf(side, view, policy);
        let said = policies.get(name);
        if (said === undefined) {
          said = new Set();
          policies.set(name, said);
        }
        said.add(this.#saying(analysis, id, peers));
      }
    }
    return new Map(Array.from(policies, ([name, said]) => [name, [...said].sort().join(' | ')]));
  }

  #nameOf(side: 'base' | 'head', view: SnapshotView, index: number): string {
    const names = this.#names[side];
    let name = names.get(index);
    if (name === undefined) {
      const policy = view.policy(index);
      const namespace = policy.namespace < 0 ? null : view.namespaceName(policy.namespace);
      name = policyName(namespace, policy);
      names.set(index, name);
    }
    return name;
  }

  /** Of one compiled policy: runs of rules with the same action add up; what matches nothing says nothing. */
  #saying(analysis: Analysis, compiled: number, peers: readonly Unit[] | null): string {
    const { entryOffsets, entryAction, entryTraffic, entryAddresses } = analysis.index.compiled;
    const sayings: { action: number; matched: number }[] = [];
    for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++) {
      const isMatch =
        peers === null
          ? entryAddresses[entry] !== NOBODY
          : peers.some((peer) => analysis.entryAdmitsClass(entry, peer.podClass));
      const matched = this.traffic.of(analysis, entryTraffic[entry]!);
      if (!isMatch || matched === NO_TRAFFIC) continue;
      const last = sayings.at(-1);
      if (last !== undefined && last.action === entryAction[entry])
        last.matched = this.traffic.union(last.matched, matched);
      else sayings.push({ action: entryAction[entry]!, matched });
    }
    return sayings.map(({ action, matched }) => `${action}:${matched};`).join('');
  }

  /** Changes of a group's own objects: its workload, pods, namespace, nodes. */
  #objectsOf(group: GroupPair): number[] {
    const own = [group.namespace, CLUSTER_SCOPED]
      .flatMap((namespace) => this.#byNamespace.get(namespace) ?? [])
      .filter((i) => this.#isOf(this.changes[i]!, group));
    const pods = own.filter((i) => this.changes[i]!.kind === 'POD');
    const others = own.filter((i) => this.changes[i]!.kind !== 'POD');
    return [...others, ...pods.slice(0, PODS_NAMED)];
  }

  #isOf({ kind, change, fields, before, after }: ObjectChange, group: GroupPair): boolean {
    const some = (
      test: (analysis: Analysis, pod: number, index: number | null) => boolean,
    ): boolean =>
      group.baseUnits.some(({ pods }) => pods.some((pod) => test(this.base, pod, before))) ||
      group.headUnits.some(({ pods }) => pods.some((pod) => test(this.head, pod, after)));
    switch (kind) {
      case 'NAMESPACE':
        return change !== 'CHANGED' || fields.includes('labels');
      case 'POD':
        return some((_, pod, index) => pod === index);
      case 'WORKLOAD':
        return some(({ index }, pod, workload) => index.pods.podWorkload[pod] === workload);
      case 'NODE':
        // Its pods have its addresses, or exchange everything with them.
        return (
          (change !== 'CHANGED' || fields.includes('addresses')) &&
          group.base >= 0 &&
          group.head >= 0 &&
          some(({ index }, pod, node) => index.pods.podNode[pod] === node)
        );
      case 'POLICY':
        return false;
    }
  }

  #everything(group: GroupPair, causes: Set<number>): void {
    for (const change of this.#byNamespace.get(group.namespace) ?? []) causes.add(change);
    for (const change of this.#byNamespace.get(CLUSTER_SCOPED) ?? []) causes.add(change);
  }

  #namespaceOf({ kind, before, after }: ObjectChange): string {
    if (kind === 'NODE') return CLUSTER_SCOPED;
    const [view, index] = before === null ? [this.head.view, after!] : [this.base.view, before];
    switch (kind) {
      case 'NAMESPACE':
        return view.namespaceName(index);
      case 'WORKLOAD':
        return view.namespaceName(view.namespaceOfWorkload(index));
      case 'POD':
        return view.namespaceName(view.namespaceOfPod(index));
      case 'POLICY':
        return view.namespaceOfPolicy(index) < 0
          ? CLUSTER_SCOPED
          : view.namespaceName(view.namespaceOfPolicy(index));
    }
  }
}
