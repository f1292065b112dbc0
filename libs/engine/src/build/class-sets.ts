import type { LabelSelector, PodSelection, SnapshotView } from '@portolan/model';
import { type Grouped, groupPairs } from '../sets/grouped.js';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
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
  readonly #selected = new Map<string, number>();
  readonly #namespaces = new Map<string, Int32Array>();
  readonly #classesOfLabelSet: Grouped;
  readonly #namespacesOfLabelSet: Grouped;
  readonly #isNamespaceIn: Uint8Array;

  constructor(
    private readonly view: SnapshotView,
    private readonly classification: LabelledClasses,
    private readonly podLabels: LabelSets,
    private readonly namespaceLabels: LabelSets,
    labelSetOfNamespace: Int32Array,
  ) {
    const { classes, labelSet } = classification;
    const governed = Int32Array.from(labelSet.keys()).filter((id) => classes.node[id] === 0);
    this.#classesOfLabelSet = groupPairs(
      podLabels.size,
      governed.map((id) => labelSet[id]!),
      governed,
    );
    this.#namespacesOfLabelSet = groupPairs(
      namespaceLabels.size,
      labelSetOfNamespace,
      Int32Array.from(labelSetOfNamespace.keys()),
    );
    this.#isNamespaceIn = new Uint8Array(view.namespaceCount);
  }

  get size(): number {
    return this.#sets.size;
  }

  intern(classes: Int32Array): number {
    return this.#sets.intern(classes);
  }

  get(set: number): Int32Array {
    return this.#sets.get(set);
  }

  toGrouped(): Grouped {
    return this.#sets.toGrouped();
  }

  /** Pods of one namespace. hostNetwork pods are never selected. */
  #ofNamespace(namespace: number, selector: LabelSelector): number {
    const key = selectorKey(selector);
    return this.#remember(`${String(namespace)} ${key}`, () =>
      this.#select(Int32Array.of(namespace), this.podLabels.select(selector, key)),
    );
  }

  /** Pods that a policy in `namespace` (-1 = cluster-scoped) selects as its subject or as a peer. */
  ofSelection(namespace: number, { namespaceSelector, podSelector }: PodSelection): number {
    if (namespaceSelector === null) return this.#ofNamespace(namespace, podSelector);
    const key = selectorKey(podSelector);
    return this.#remember(`* ${selectorKey(namespaceSelector)}\n\n${key}`, () =>
      this.#select(this.namespaces(namespaceSelector), this.podLabels.select(podSelector, key)),
    );
  }

  /** Namespaces whose labels satisfy a selector, sorted. */
  namespaces(selector: LabelSelector): Int32Array {
    const key = selectorKey(selector);
    let found = this.#namespaces.get(key);
    if (found === undefined) {
      const labelSets = this.namespaceLabels.select(selector);
      found =
        labelSets === null
          ? Int32Array.from({ length: this.view.namespaceCount }, (_, i) => i)
          : gather(this.#namespacesOfLabelSet, labelSets.ids);
      this.#namespaces.set(key, found);
    }
    return found;
  }

  #remember(key: string, select: () => Int32Array): number {
    let set = this.#selected.get(key);
    if (set === undefined) {
      set = this.#sets.intern(select());
      this.#selected.set(key, set);
    }
    return set;
  }

  #select(namespaces: Int32Array, labelSets: Selection | null): Int32Array {
    const { firstOfNamespace } = this.classification.classes;
    let inNamespaces = 0;
    for (const namespace of namespaces)
      inNamespaces += firstOfNamespace[namespace + 1]! - firstOfNamespace[namespace]!;
    // A label set has at least one class nearly always: more label sets than classes cannot be the shorter way.
    if (labelSets === null || labelSets.isMost || labelSets.count >= inNamespaces)
      return this.#byNamespaces(namespaces, labelSets);
    const { offsets } = this.#classesOfLabelSet;
    let inLabelSets = 0;
    for (const set of labelSets.ids) inLabelSets += offsets[set + 1]! - offsets[set]!;
    return inLabelSets < inNamespaces
      ? this.#byLabelSets(labelSets.ids, namespaces)
      : this.#byNamespaces(namespaces, labelSets);
  }

  #byLabelSets(labelSets: Int32Array, namespaces: Int32Array): Int32Array {
    const { namespace } = this.classification.classes;
    for (const one of namespaces) this.#isNamespaceIn[one] = 1;
    const found = gather(this.#classesOfLabelSet, labelSets).filter(
      (id) => this.#isNamespaceIn[namespace[id]!] === 1,
    );
    for (const one of namespaces) this.#isNamespaceIn[one] = 0;
    return found;
  }

  #byNamespaces(namespaces: Int32Array, labelSets: Selection | null): Int32Array {
    const { classes, labelSet } = this.classification;
    const found = new IntList();
    for (const namespace of namespaces)
      for (
        let id = classes.firstOfNamespace[namespace]!;
        id < classes.firstOfNamespace[namespace + 1]!;
        id++
      )
        if (classes.node[id] === 0 && (labelSets === null || labelSets.has(labelSet[id]!)))
          found.push(id);
    return found.toArray();
  }
}

/** The items of several owners, sorted. */
function gather({ offsets, items }: Grouped, owners: Int32Array): Int32Array {
  const found = new IntList();
  for (const owner of owners) found.pushAll(items.subarray(offsets[owner], offsets[owner + 1]));
  return found.toArray().sort();
}
