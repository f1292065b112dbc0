import {
  type LabelSelector,
  matchesSelector,
  type PodSelection,
  type PolicySpec,
  type PolicyRule,
  POD_FLAGS,
  type SnapshotView,
} from '@portolan/model';
import type { Analysis } from './analysis.js';
import { ClassSets } from './build/class-sets.js';
import { LabelSets, LabelVocabulary } from './build/label-sets.js';
import { LabelProjector, projectNamespaces } from './build/project-label-sets.js';
import { type Grouped, groupHas, groupOf, groupPairs } from './sets/grouped.js';
import { range } from './sets/range.js';
import { IntList } from './sets/int-list.js';

/**
 * Whom the selectors of policies fit by labels alone: pods of the host network as well as others. Answered from postings
 * like those of the index, which keeps no answer of a selector that nothing makes use of.
 */
export class LabelledPods {
  readonly #view: SnapshotView;
  readonly #podVocabulary = new LabelVocabulary();
  readonly #namespaceVocabulary = new LabelVocabulary();
  readonly #podLabels = new LabelSets(this.#podVocabulary);
  readonly #classSets: ClassSets;
  /** By label set: namespaces that have it on a workload, or on a pod that has ended. */
  readonly #knownIn: Grouped;
  readonly #classes = new Map<number, readonly number[]>();

  constructor(private readonly analysis: Analysis) {
    const { view, index } = analysis;
    this.#view = view;
    this.#mentionPolicies();
    const namespaceLabels = new LabelSets(this.#namespaceVocabulary);
    const labelSetOfNamespace = projectNamespaces(view, namespaceLabels);
    const { labelSet, knownIn } = this.#projectPods();
    this.#knownIn = knownIn;
    const classes = { ...index.classes, node: new Int32Array(index.classes.count) };
    this.#classSets = new ClassSets(
      view,
      { classes, labelSet },
      this.#podLabels,
      namespaceLabels,
      labelSetOfNamespace,
    );
  }

  /** Namespaces (indices) that a selector fits, sorted. */
  namespaces(selector: LabelSelector): Int32Array {
    if (this.#namespaceVocabulary.has(selector)) return this.#classSets.namespaces(selector);
    return Int32Array.from({ length: this.#view.namespaceCount }, (_, i) => i).filter((namespace) =>
      matchesSelector(labelMap(this.#view.namespace(namespace).labels), selector),
    );
  }

  /**
   * Classes that a selection fits, sorted; `own` is the namespace of the policy (-1 = a cluster-scoped one). Of a selector
   * that no policy has: classes of which some pod fits.
   */
  classes(own: number, selection: PodSelection): readonly number[] {
    const asked = spelledOut(own, selection);
    if (
      !this.#podVocabulary.has(asked.podSelector) ||
      !this.#namespaceVocabulary.has(asked.namespaceSelector ?? [])
    )
      return this.#searchPods(own, asked);
    const set = this.#classSets.ofSelection(own, asked);
    let classes = this.#classes.get(set);
    if (classes === undefined) {
      classes = Array.from(this.#classSets.get(set));
      this.#classes.set(set, classes);
    }
    return classes;
  }

  /**
   * Whether a workload or a pod that has ended fits a selection of a policy: such labels are no mistake, though nobody may
   * have them now.
   */
  isKnown(own: number, selection: PodSelection): boolean {
    const { namespaceSelector, podSelector } = spelledOut(own, selection);
    const sets = this.#podLabels.select(podSelector)?.ids ?? range(0, this.#podLabels.size);
    if (namespaceSelector === null) return sets.some((set) => groupHas(this.#knownIn, set, own));
    const { offsets } = this.#knownIn;
    if (namespaceSelector.length === 0)
      return sets.some((set) => offsets[set]! < offsets[set + 1]!);
    const scope = new Set(this.namespaces(namespaceSelector));
    return sets.some((set) => groupOf(this.#knownIn, set).some((one) => scope.has(one)));
  }

  #mentionPolicies(): void {
    const seen = new Set<PolicySpec>();
    for (let policy = 0; policy < this.#view.policyCount; policy++) {
      const { spec } = this.#view.policy(policy);
      if (seen.has(spec)) continue;
      seen.add(spec);
      this.#mention(spec.subject);
      for (const rule of spec.ingress) podPeersOf(rule).forEach((peer) => this.#mention(peer));
      for (const rule of spec.egress) podPeersOf(rule).forEach((peer) => this.#mention(peer));
    }
  }

  #mention({ namespaceSelector, podSelector }: PodSelection): void {
    this.#podVocabulary.mention(podSelector);
    if (namespaceSelector !== null) this.#namespaceVocabulary.mention(namespaceSelector);
  }

  /** Any pod stands for its class: the selectors mentioned cannot tell its pods apart. */
  #projectPods(): { labelSet: Int32Array; knownIn: Grouped } {
    const view = this.#view;
    const { count, firstOfNamespace, pods } = this.analysis.index.classes;
    const labelSet = new Int32Array(count);
    const sets = new IntList();
    const namespaces = new IntList();
    const projector = new LabelProjector(view, this.#podLabels);
    for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
      const { columns } = view.segment(namespace);
      const projected = projector.ofSegment(namespace);
      const firstPod = view.firstPod(namespace);
      for (let one = firstOfNamespace[namespace]!; one < firstOfNamespace[namespace + 1]!; one++) {
        const pod = pods.items[pods.offsets[one]!]!;
        labelSet[one] =
          pod < view.podCount
            ? projected[columns.podLabelSets[pod - firstPod]!]!
            : this.#podLabels.project(Object.entries(view.pod(pod).labels));
      }
      const know = (set: number): void => {
        if (set < 0) return;
        sets.push(projected[set]!);
        namespaces.push(namespace);
      };
      columns.workloadLabelSets.forEach(know);
      columns.podFlags.forEach((flags, i) => {
        if ((flags & POD_FLAGS.terminated) !== 0) know(columns.podLabelSets[i]!);
      });
    }
    return {
      labelSet,
      knownIn: groupPairs(this.#podLabels.size, sets.toArray(), namespaces.toArray()),
    };
  }

  #searchPods(own: number, { namespaceSelector, podSelector }: PodSelection): number[] {
    const scope =
      namespaceSelector === null ? [own] : Array.from(this.namespaces(namespaceSelector));
    const { podClass } = this.analysis.index.pods;
    const found = new Set<number>();
    for (const namespace of scope)
      for (
        let pod = this.#view.firstPod(namespace);
        pod < this.#view.firstPod(namespace + 1);
        pod++
      )
        if (
          podClass[pod]! >= 0 &&
          matchesSelector(labelMap(this.#view.pod(pod).labels), podSelector)
        )
          found.add(podClass[pod]!);
    return [...found].sort((a, b) => a - b);
  }
}

/** Where a cluster-scoped policy names no namespaces it means all. */
function spelledOut(own: number, selection: PodSelection): PodSelection {
  return own < 0 && selection.namespaceSelector === null
    ? { ...selection, namespaceSelector: [] }
    : selection;
}

function podPeersOf({ peers }: PolicyRule): PodSelection[] {
  return (peers ?? []).filter((peer) => peer.kind === 'pods');
}

function labelMap(labels: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(labels));
}
