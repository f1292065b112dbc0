import type { Analysis } from '@portolan/engine';
import {
  formatSelector,
  type LabelSelector,
  matchesSelector,
  type PodSelection,
} from '@portolan/model';

/** Whom selections of policies mean, each looked for once. Pods that policies do not govern (hostNetwork) are told apart. */
export class Selections {
  readonly #classes = new Map<string, readonly number[]>();
  readonly #namespaces = new Map<string, readonly number[]>();
  readonly #labels: (ReadonlyMap<string, string> | undefined)[] = [];
  readonly #namespaceLabels: ReadonlyMap<string, string>[] = [];

  constructor(private readonly analysis: Analysis) {
    const { view } = analysis;
    for (let namespace = 0; namespace < view.namespaceCount; namespace++)
      this.#namespaceLabels.push(new Map(Object.entries(view.namespace(namespace).labels)));
  }

  /** Namespaces (indices) that a selector fits. */
  namespaces(selector: LabelSelector): readonly number[] {
    return remembered(this.#namespaces, formatSelector(selector), () =>
      [...this.#namespaceLabels.keys()].filter((namespace) =>
        matchesSelector(this.#namespaceLabels[namespace]!, selector),
      ),
    );
  }

  /** Namespaces in which a selection looks, for a policy of a namespace (-1 = a cluster-scoped one). */
  scopeOf({ namespaceSelector }: PodSelection, own: number): readonly number[] {
    if (namespaceSelector !== null) return this.namespaces(namespaceSelector);
    return own < 0 ? this.namespaces([]) : [own];
  }

  /** Classes of pods with the labels, hostNetwork pods as well, sorted. */
  labelled(selection: PodSelection, own: number): readonly number[] {
    const { namespaceSelector, podSelector } = selection;
    const where =
      namespaceSelector === null ? `= ${own}` : `~ ${formatSelector(namespaceSelector)}`;
    return remembered(this.#classes, `${where} / ${formatSelector(podSelector)}`, () =>
      this.scopeOf(selection, own).flatMap((namespace) => this.#classesIn(namespace, podSelector)),
    );
  }

  /** Classes that a policy means by a selection: hostNetwork pods are none, unless the plugin tells them from their node. */
  selected(selection: PodSelection, own: number): readonly number[] {
    return this.labelled(selection, own).filter((one) => !this.analysis.isNode(one));
  }

  #classesIn(namespace: number, selector: LabelSelector): number[] {
    const { firstOfNamespace } = this.analysis.index.classes;
    const found: number[] = [];
    for (let one = firstOfNamespace[namespace]!; one < firstOfNamespace[namespace + 1]!; one++)
      if (matchesSelector(this.#labelsOf(one), selector)) found.push(one);
    return found;
  }

  /** Any pod stands for its class: policies cannot tell them apart. */
  #labelsOf(podClass: number): ReadonlyMap<string, string> {
    return (this.#labels[podClass] ??= new Map(
      Object.entries(this.analysis.samplePod(podClass).labels),
    ));
  }
}

function remembered(
  known: Map<string, readonly number[]>,
  key: string,
  find: () => readonly number[],
): readonly number[] {
  let found = known.get(key);
  if (found === undefined) {
    found = find();
    known.set(key, found);
  }
  return found;
}
