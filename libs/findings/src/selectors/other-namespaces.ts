import type { Analysis } from '@portolan/engine';
import { DIRECTIONS, formatSelector, type LabelSelector, rulesOf } from '@portolan/model';
import type { Selections } from '../selections.js';

/** Where more namespaces than these have pods of some labels, the labels belong to no place. */
const MOST_NAMESPACES = 5;

/** In which other namespaces the pods live that a policy looks for in its own. */
export class OtherNamespaces {
  /** By namespace: what its policies look for in it. */
  readonly #sought = new Map<number, ReadonlySet<string>>();

  constructor(
    private readonly analysis: Analysis,
    private readonly selections: Selections,
  ) {}

  /**
   * None where the labels are many namespaces' own, or where the policies of such a namespace look for them as well: what
   * is installed there has such pods, and here it has none.
   */
  of(podSelector: LabelSelector, own: number): readonly number[] {
    const everywhere = this.selections.labelled({ namespaceSelector: [], podSelector }, own);
    const namespaces = new Set<number>();
    for (const one of everywhere) {
      namespaces.add(this.analysis.index.classes.namespace[one]!);
      if (namespaces.size > MOST_NAMESPACES) return [];
    }
    const text = formatSelector(podSelector);
    return [...namespaces].filter((namespace) => !this.#soughtIn(namespace).has(text));
  }

  #soughtIn(namespace: number): ReadonlySet<string> {
    let sought = this.#sought.get(namespace);
    if (sought === undefined) {
      sought = this.#findSought(namespace);
      this.#sought.set(namespace, sought);
    }
    return sought;
  }

  #findSought(namespace: number): ReadonlySet<string> {
    const sought = new Set<string>();
    for (
      let policy = this.analysis.view.firstPolicy(namespace);
      policy < this.analysis.view.firstPolicy(namespace + 1);
      policy++
    ) {
      const { spec } = this.analysis.view.policy(policy);
      for (const direction of DIRECTIONS)
        for (const { peers } of rulesOf(spec, direction))
          for (const peer of peers ?? [])
            if (peer.kind === 'pods' && peer.namespaceSelector === null)
              sought.add(formatSelector(peer.podSelector));
    }
    return sought;
  }
}
