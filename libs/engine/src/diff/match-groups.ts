import {
  compareText,
  DIRECTIONS,
  type EndpointGrouping,
  invariant,
  type PodRecord,
  rulesOf,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOfPod } from '../questions/grouping.js';
import { range } from '../sets/range.js';
import { NO_CLASS } from '../snapshot-index.js';
import type { Namespaces } from './namespaces.js';

/** Pods of a group that are of one class, and who they were (or became) on the other side of the diff. */
export interface Unit {
  readonly podClass: number;
  readonly pods: readonly number[];
  /** Units (positions) of the same group on the other side; empty when the group is only on this side. */
  readonly counterparts: readonly number[];
}

/** A pod, workload or namespace in both snapshots; an index of -1 = it is not there. */
export interface GroupPair {
  readonly key: string;
  readonly namespace: string;
  readonly base: number;
  readonly head: number;
  readonly baseUnits: readonly Unit[];
  readonly headUnits: readonly Unit[];
}

/** Labels that change with every rollout or differ between the pods of one workload by design. */
const VOLATILE_LABELS = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'controller-uid',
]);

/** The groups of two snapshots side by side, by name. Those of a namespace are matched when it is first looked at. */
export class Groups {
  readonly #known = new Map<string, MatchedNamespace>();
  #lasting: ReadonlySet<string> | null = null;

  constructor(
    private readonly base: Analysis,
    private readonly head: Analysis,
    private readonly groupBy: EndpointGrouping,
    private readonly namespaces: Namespaces,
  ) {}

  /** Groups of a namespace, by their keys. */
  of(namespace: string): readonly GroupPair[] {
    return this.#match(namespace).all;
  }

  /** The group of a pod that takes part. */
  ofPod(analysis: Analysis, pod: number): GroupPair {
    const { view } = analysis;
    const { inBase, inHead } = this.#match(view.namespaceName(view.namespaceOfPod(pod)));
    const found = (analysis === this.base ? inBase : inHead).get(
      groupOfPod(analysis, this.groupBy, pod),
    );
    invariant(found !== undefined, 'a pod that takes part is in a group');
    return found;
  }

  #match(namespace: string): MatchedNamespace {
    let known = this.#known.get(namespace);
    if (known === undefined) {
      const all = this.#pairs(namespace);
      known = {
        all,
        inBase: new Map(all.map((pair) => [pair.base, pair])),
        inHead: new Map(all.map((pair) => [pair.head, pair])),
      };
      this.#known.set(namespace, known);
    }
    return known;
  }

  #pairs(namespace: string): GroupPair[] {
    const { base, head, groupBy } = this;
    const olds = collect(base, groupBy, namespace);
    const news = collect(head, groupBy, namespace);
    const toHead = this.#matcher(namespace, base, head);
    const toBase = this.#matcher(namespace, head, base);
    const keys = [...new Set([...olds.keys(), ...news.keys()])].sort(compareText);
    return keys.map((key) => {
      const [before, after] = [olds.get(key), news.get(key)];
      return {
        key,
        namespace,
        base: before?.index ?? -1,
        head: after?.index ?? -1,
        baseUnits: units(before, after, toHead),
        headUnits: units(after, before, toBase),
      };
    });
  }

  /** How pods of a namespace are found again on the other side. */
  #matcher(namespace: string, own: Analysis, other: Analysis): UnitMatcher {
    if (this.namespaces.hasSamePods(namespace)) return byPlace(namespace, own, other);
    const lasting = (): ReadonlySet<string> =>
      (this.#lasting ??= lastingKeys([this.base, this.head]));
    return byIdentity(own, other, lasting);
  }
}

interface MatchedNamespace {
  readonly all: readonly GroupPair[];
  readonly inBase: ReadonlyMap<number, GroupPair>;
  readonly inHead: ReadonlyMap<number, GroupPair>;
}

/** The order of groups in every diff. */
export function compareGroups(a: GroupPair, b: GroupPair): number {
  return compareText(a.namespace, b.namespace) || compareText(a.key, b.key);
}

interface Group {
  readonly index: number;
  readonly byClass: ReadonlyMap<number, number[]>;
}

/** Groups of a namespace by key; none when the snapshot does not have it. */
function collect(analysis: Analysis, groupBy: EndpointGrouping, name: string): Map<string, Group> {
  const { view, index } = analysis;
  const namespace = view.findNamespace(name);
  if (namespace < 0) return new Map();
  const groups = new Map<number, Group & { byClass: Map<number, number[]> }>();
  for (let pod = view.firstPod(namespace); pod < view.firstPod(namespace + 1); pod++) {
    const podClass = index.pods.podClass[pod]!;
    if (podClass === NO_CLASS) continue;
    const at = groupOfPod(analysis, groupBy, pod);
    let group = groups.get(at);
    if (group === undefined) {
      group = { index: at, byClass: new Map() };
      groups.set(at, group);
    }
    const pods = group.byClass.get(podClass);
    if (pods === undefined) group.byClass.set(podClass, [pod]);
    else pods.push(pod);
  }
  return new Map(
    Array.from(groups.values(), (group) => [keyOf(analysis, groupBy, group.index), group]),
  );
}

/** The same for the same thing in every snapshot, and different for each of a namespace. */
function keyOf({ view }: Analysis, groupBy: EndpointGrouping, index: number): string {
  switch (groupBy) {
    case 'POD': {
      const { name, template, workload } = view.pod(index);
      // Workloads of several kinds may share a name, and so do the pods that stand for them.
      return template ? `${name} (${view.workloadIdentity(workload).kindName})` : name;
    }
    case 'WORKLOAD': {
      const { name, kindName } = view.workloadIdentity(index);
      return `${name} ${kindName}`;
    }
    case 'NAMESPACE':
      return '';
  }
}

function units(own: Group | undefined, theirs: Group | undefined, match: UnitMatcher): Unit[] {
  if (own === undefined) return [];
  const others: readonly ClassPods[] = theirs === undefined ? [] : [...theirs.byClass];
  const everyone = others.map((_, i) => i);
  const isPlain = own.byClass.size === 1 && others.length <= 1;
  const unitsOf = isPlain || theirs === undefined ? null : match(others);
  return Array.from(own.byClass, ([podClass, pods]) => {
    const counterparts =
      unitsOf === null ? everyone : [...new Set(pods.flatMap((pod) => unitsOf(pod) ?? everyone))];
    return { podClass, pods, counterparts };
  });
}

type ClassPods = readonly [podClass: number, pods: readonly number[]];

/** Says, of the units of a group on the other side, which ones (positions) a pod of the group was in; undefined = not known. */
type UnitMatcher = (units: readonly ClassPods[]) => (pod: number) => readonly number[] | undefined;

/** Of a namespace with the same pods in both snapshots. */
function byPlace(namespace: string, own: Analysis, other: Analysis): UnitMatcher {
  const shift =
    other.view.firstPod(other.view.findNamespace(namespace)) -
    own.view.firstPod(own.view.findNamespace(namespace));
  return (units) => {
    const ofClass = new Map(units.map(([podClass], unit) => [podClass, [unit]]));
    return (pod) => ofClass.get(other.index.pods.podClass[pod + shift]!);
  };
}

/** Labels that policies of any snapshot look at, but those that tell the pods of one workload apart. */
function lastingKeys(analyses: readonly Analysis[]): ReadonlySet<string> {
  const selectors = analyses.flatMap(({ view }) =>
    range(0, view.policyCount).flatMap((index) => {
      const { spec } = view.policy(index);
      const rules = DIRECTIONS.flatMap((direction) => rulesOf(spec, direction));
      const peers = rules
        .flatMap((rule) => rule.peers ?? [])
        .filter((peer) => peer.kind === 'pods');
      return [spec.subject, ...peers].map(({ podSelector }) => podSelector);
    }),
  );
  const keys = selectors.flatMap((selector) => selector.map(({ key }) => key));
  return new Set(keys.filter((key) => !VOLATILE_LABELS.has(key)));
}

/** Finds who a pod was: the pod of its name, else those with its lasting labels, else any of the group. */
function byIdentity(
  own: Analysis,
  other: Analysis,
  lasting: () => ReadonlySet<string>,
): UnitMatcher {
  return (units) => {
    const unitsBy = (keyOfPod: (pod: PodRecord) => string): ReadonlyMap<string, number[]> => {
      const found = new Map<string, number[]>();
      for (const [unit, [, pods]] of units.entries())
        for (const pod of pods) add(found, keyOfPod(other.view.pod(pod)), unit);
      return found;
    };
    const byName = unitsBy((pod) => nameOf(other, pod));
    let byLabels: ReadonlyMap<string, number[]> | null = null;
    return (pod) => {
      const record = own.view.pod(pod);
      const named = byName.get(nameOf(own, record));
      if (named !== undefined) return named;
      byLabels ??= unitsBy((one) => lastingLabels(one, lasting()));
      return byLabels.get(lastingLabels(record, lasting()));
    };
  };
}

/** Names a pod among all pods of its namespace; one that stands for a workload by its kind as well. */
function nameOf({ view }: Analysis, { name, template, workload }: PodRecord): string {
  return template ? `${name} (${view.workloadIdentity(workload).kindName})` : name;
}

/** Finds, for pods of a group, the pod of the same name on the other side. */
export class NamedPods {
  readonly #known = new Map<GroupPair, ReadonlyMap<number, number>>();

  constructor(
    private readonly own: UnitsOfSide,
    private readonly other: UnitsOfSide,
    private readonly namespaces: Namespaces,
  ) {}

  /** -1 when there is none, or it takes no part. */
  counterpart(group: GroupPair, pod: number): number {
    if (this.namespaces.hasSamePods(group.namespace)) return this.#inSamePlace(group, pod);
    let known = this.#known.get(group);
    if (known === undefined) {
      const { own, other } = this;
      const byName = new Map(namesOf(other, group).map(([pod, name]) => [name, pod]));
      known = new Map(namesOf(own, group).map(([pod, name]) => [pod, byName.get(name) ?? -1]));
      this.#known.set(group, known);
    }
    return known.get(pod) ?? -1;
  }

  #inSamePlace({ namespace }: GroupPair, pod: number): number {
    const [own, other] = [this.own.analysis, this.other.analysis];
    const place = pod - own.view.firstPod(own.view.findNamespace(namespace));
    const then = place + other.view.firstPod(other.view.findNamespace(namespace));
    return other.index.pods.podClass[then] === NO_CLASS ? -1 : then;
  }
}

interface UnitsOfSide {
  readonly analysis: Analysis;
  readonly unitsOf: (group: GroupPair) => readonly Unit[];
}

function namesOf({ analysis, unitsOf }: UnitsOfSide, group: GroupPair): [pod: number, string][] {
  return unitsOf(group).flatMap(({ pods }) =>
    pods.map((pod): [number, string] => [pod, nameOf(analysis, analysis.view.pod(pod))]),
  );
}

function add(map: Map<string, number[]>, key: string, unit: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [unit]);
  else if (!known.includes(unit)) known.push(unit);
}

function lastingLabels({ labels, hostNetwork }: PodRecord, lasting: ReadonlySet<string>): string {
  return JSON.stringify([hostNetwork, Object.entries(labels).filter(([key]) => lasting.has(key))]);
}
