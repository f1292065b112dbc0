import { type Analysis, LabelledPods } from '@portolan/engine';
import { formatSelector, type LabelSelector, type PodSelection } from '@portolan/model';
import { remembered } from './remembered.js';

/**
 * Whom selections of policies mean, each looked for once. Pods that policies do not govern (hostNetwork) are told apart.
 * For selectors of policies: pods of a class may differ in labels that no policy looks at.
 */
export class Selections {
  readonly #pods: LabelledPods;
  readonly #namespaces = new Map<string, readonly number[]>();
  /** By selection: a selection stands in a policy, so that it is always asked for the same namespace. */
  readonly #labelled = new Map<PodSelection, readonly number[]>();
  /** By list of classes, of which there is one for equal answers. */
  readonly #governed = new Map<readonly number[], readonly number[]>();
  readonly #known = new Map<string, boolean>();
  readonly #everyNamespace: readonly number[];

  constructor(private readonly analysis: Analysis) {
    this.#pods = new LabelledPods(analysis);
    this.#everyNamespace = Array.from({ length: analysis.view.namespaceCount }, (_, i) => i);
  }

  /** Namespaces (indices) that a selector fits. */
  namespaces(selector: LabelSelector): readonly number[] {
    if (selector.length === 0) return this.#everyNamespace;
    return remembered(this.#namespaces, formatSelector(selector), () =>
      Array.from(this.#pods.namespaces(selector)),
    );
  }

  /** Namespaces in which a selection looks, for a policy of a namespace (-1 = a cluster-scoped one). */
  scopeOf({ namespaceSelector }: PodSelection, own: number): readonly number[] {
    if (namespaceSelector !== null) return this.namespaces(namespaceSelector);
    return own < 0 ? this.#everyNamespace : [own];
  }

  /** Classes of pods with the labels, hostNetwork pods as well, sorted. */
  labelled(selection: PodSelection, own: number): readonly number[] {
    let found = this.#labelled.get(selection);
    if (found === undefined) {
      found = this.#pods.classes(own, selection);
      this.#labelled.set(selection, found);
    }
    return found;
  }

  /** Classes that a policy means by a selection: hostNetwork pods are none, unless the plugin tells them from their node. */
  selected(selection: PodSelection, own: number): readonly number[] {
    const labelled = this.labelled(selection, own);
    let governed = this.#governed.get(labelled);
    if (governed === undefined) {
      const isPod = (one: number): boolean => !this.analysis.isNode(one);
      governed = labelled.every(isPod) ? labelled : labelled.filter(isPod);
      this.#governed.set(labelled, governed);
    }
    return governed;
  }

  /**
   * Whether a selection has anybody: pods, those that have ended, or workloads without pods (a Job that is done, a CronJob
   * between two runs).
   */
  hasAnybody(selection: PodSelection, own: number): boolean {
    const { namespaceSelector, podSelector } = selection;
    const where =
      namespaceSelector === null ? `= ${own}` : `~ ${formatSelector(namespaceSelector)}`;
    return remembered(
      this.#known,
      `${where} / ${formatSelector(podSelector)}`,
      () => this.labelled(selection, own).length > 0 || this.#pods.isKnown(own, selection),
    );
  }
}
