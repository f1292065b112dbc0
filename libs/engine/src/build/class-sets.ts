import type { LabelSelector, PodSelection, SnapshotView } from '@portolan/model';
import { type Grouped, groupPairs, hasSorted } from '../sets/grouped.js';
import { indices, IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { TupleTable } from '../sets/tuple-table.js';
import type { ClassColumns } from '../snapshot-index.js';
import { type LabelSets, type Selection, selectorKey } from './label-sets.js';

/** Classes as far as selectors go. `labelSet`: of each class, in the numbers of LabelSets. `node` = 1: selected by none. */
export interface LabelledClasses {
  readonly classes: Pick<ClassColumns, 'firstOfNamespace' | 'namespace' | 'node'>;
  readonly labelSet: Int32Array;
}

/**
 * Answers selectors with sets of classes, hash-consed and remembered. Whichever is shorter drives: the classes of the
 * namespaces, or the classes of the label sets that the selector admits.
 */
export class ClassSets {
  readonly #sets = new SequenceTable();
  /** The selectors of a selection, by number. */
  readonly #selections = new Map<PodSelection, SelectorPair>();
  readonly #podSelectors = new SelectorNumbers();
  readonly #namespaceSelectors = new SelectorNumbers();
  /** [own namespace, selector of namespaces, selector of pods]; what is not looked at is -1. */
  readonly #asked = new TupleTable(3);
  readonly #triple = new Int32Array(3);
  readonly #setOfAsked: number[] = [];
  readonly #selectedLabelSets: (Selection | null | undefined)[] = [];
  readonly #selectedNamespaces: SelectedNamespaces[] = [];
  readonly #classesOfLabelSet: Grouped;
  readonly #namespacesOfLabelSet: Grouped;
  /** Classes of the set that is being made. */
  readonly #found: Int32Array;

  constructor(
    private readonly view: SnapshotView,
    private readonly classification: LabelledClasses,
    private readonly podLabels: LabelSets,
    private readonly namespaceLabels: LabelSets,
    labelSetOfNamespace: Int32Array,
  ) {
    const { classes, labelSet } = classification;
    const governed = indices(labelSet.length).filter((id) => classes.node[id] === 0);
    this.#classesOfLabelSet = groupPairs(
      podLabels.size,
      governed.map((id) => labelSet[id]!),
      governed,
    );
    this.#namespacesOfLabelSet = groupPairs(
      namespaceLabels.size,
      labelSetOfNamespace,
      indices(labelSetOfNamespace.length),
    );
    this.#found = new Int32Array(labelSet.length);
  }

  get size(): number {
    return this.#sets.size;
  }

  intern(classes: Int32Array): number {
    return this.#sets.intern(classes);
  }

  /** A view that holds until the next set is made. */
  get(set: number): Int32Array {
    return this.#sets.get(set);
  }

  toGrouped(): Grouped {
    return this.#sets.toGrouped();
  }

  /**
   * Pods that a policy in `namespace` (-1 = cluster-scoped) selects as its subject or as a peer. hostNetwork pods are never
   * selected.
   */
  ofSelection(namespace: number, selection: PodSelection): number {
    const { namespaces, pods } = this.#numbersOf(selection);
    this.#triple[0] = namespaces < 0 ? namespace : -1;
    this.#triple[1] = namespaces;
    this.#triple[2] = pods;
    const asked = this.#asked.intern(this.#triple);
    return (this.#setOfAsked[asked] ??= this.#select(namespace, namespaces, pods));
  }

  /** Policies with equal specs share them, so a selection is nearly always known by its identity. */
  #numbersOf(selection: PodSelection): SelectorPair {
    let known = this.#selections.get(selection);
    if (known === undefined) {
      const { namespaceSelector, podSelector } = selection;
      known = {
        namespaces:
          namespaceSelector === null ? -1 : this.#namespaceSelectors.of(namespaceSelector),
        pods: this.#podSelectors.of(podSelector),
      };
      this.#selections.set(selection, known);
    }
    return known;
  }

  /** Namespaces whose labels satisfy a selector, sorted. */
  namespaces(selector: LabelSelector): Int32Array {
    return this.#namespaces(this.#namespaceSelectors.of(selector)).ids;
  }

  #namespaces(selector: number): SelectedNamespaces {
    return (this.#selectedNamespaces[selector] ??= this.#withClassCount(
      this.#selectNamespaces(this.#namespaceSelectors.get(selector)),
    ));
  }

  #withClassCount(ids: Int32Array): SelectedNamespaces {
    const { firstOfNamespace } = this.classification.classes;
    let classCount = 0;
    for (const id of ids) classCount += firstOfNamespace[id + 1]! - firstOfNamespace[id]!;
    return { ids, classCount };
  }

  #selectNamespaces(selector: LabelSelector): Int32Array {
    const labelSets = this.namespaceLabels.select(selector);
    if (labelSets === null) return indices(this.view.namespaceCount);
    const { offsets, items } = this.#namespacesOfLabelSet;
    const found = new IntList();
    for (const set of labelSets.ids)
      for (let i = offsets[set]!; i < offsets[set + 1]!; i++) found.push(items[i]!);
    return found.toArray().sort();
  }

  #labelSets(selector: number): Selection | null {
    let found = this.#selectedLabelSets[selector];
    if (found === undefined) {
      found = this.podLabels.select(this.#podSelectors.get(selector));
      this.#selectedLabelSets[selector] = found;
    }
    return found;
  }

  #select(own: number, selector: number, pods: number): number {
    const labelSets = this.#labelSets(pods);
    if (selector >= 0) return this.#selectIn(this.#namespaces(selector), labelSets);
    const { firstOfNamespace } = this.classification.classes;
    const count =
      own < 0 ? 0 : this.#collect(firstOfNamespace[own]!, firstOfNamespace[own + 1]!, labelSets, 0);
    return this.#sets.internPart(this.#found, 0, count);
  }

  #selectIn({ ids, classCount }: SelectedNamespaces, labelSets: Selection | null): number {
    const count =
      labelSets !== null && this.#areFewer(labelSets, classCount)
        ? this.#byLabelSets(labelSets.ids, ids)
        : this.#byNamespaces(ids, labelSets);
    return this.#sets.internPart(this.#found, 0, count);
  }

  /** Whether label sets have fewer classes than there are in the namespaces. */
  #areFewer(labelSets: Selection, inNamespaces: number): boolean {
    // A label set has at least one class nearly always: more label sets than classes cannot be the shorter way.
    if (labelSets.isMost || labelSets.count >= inNamespaces) return false;
    const { offsets } = this.#classesOfLabelSet;
    let inLabelSets = 0;
    for (const set of labelSets.ids) inLabelSets += offsets[set + 1]! - offsets[set]!;
    return inLabelSets < inNamespaces;
  }

  #byLabelSets(labelSets: Int32Array, namespaces: Int32Array): number {
    const { namespace } = this.classification.classes;
    const { offsets, items } = this.#classesOfLabelSet;
    let count = 0;
    for (const set of labelSets)
      for (let i = offsets[set]!; i < offsets[set + 1]!; i++)
        if (hasSorted(namespaces, namespace[items[i]!]!)) this.#found[count++] = items[i]!;
    if (labelSets.length > 1) this.#found.subarray(0, count).sort();
    return count;
  }

  #byNamespaces(namespaces: Int32Array, labelSets: Selection | null): number {
    const { firstOfNamespace } = this.classification.classes;
    let count = 0;
    for (const namespace of namespaces)
      count = this.#collect(
        firstOfNamespace[namespace]!,
        firstOfNamespace[namespace + 1]!,
        labelSets,
        count,
      );
    return count;
  }

  /** Adds those of a run of classes that have one of the label sets behind the `count` that are found already. */
  #collect(first: number, end: number, labelSets: Selection | null, count: number): number {
    const { classes, labelSet } = this.classification;
    for (let id = first; id < end; id++)
      if (classes.node[id] === 0 && (labelSets === null || labelSets.has(labelSet[id]!)))
        this.#found[count++] = id;
    return count;
  }
}

/** Namespaces, sorted, and how many classes they have together. */
interface SelectedNamespaces {
  readonly ids: Int32Array;
  readonly classCount: number;
}

interface SelectorPair {
  /** -1 = the policy's own namespace. */
  readonly namespaces: number;
  readonly pods: number;
}

/** Numbers selectors: equal ones get equal numbers. */
class SelectorNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #selectors: LabelSelector[] = [];

  of(selector: LabelSelector): number {
    const key = selectorKey(selector);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#selectors.length;
      this.#selectors.push(selector);
      this.#numbers.set(key, number);
    }
    return number;
  }

  get(number: number): LabelSelector {
    return this.#selectors[number]!;
  }
}
