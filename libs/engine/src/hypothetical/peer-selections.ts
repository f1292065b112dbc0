import {
  type Direction,
  type LabelSelector,
  matchesSelector,
  type PodSelection,
  rulesOf,
} from '@portolan/model';
import { type Analysis, opposite } from '../analysis.js';
import { selectorKey } from '../build/label-sets.js';
import type { ResolvedEndpoint } from '../questions/resolved-endpoint.js';
import { range } from '../sets/range.js';

/** Pods by the labels of any namespace and their own. */
type AnyNamespaceSelection = PodSelection & { readonly namespaceSelector: LabelSelector };

/**
 * The selectors that tell pods apart as peers of an endpoint: those of the peers in rules of its own policies, and those by
 * which policies of the other direction select their subjects. Pods that all of them treat alike have the same traffic
 * with the endpoint, as far as labels decide it.
 */
export class PeerSelections {
  readonly #anywhere: AnyNamespaceSelection[] = [];
  readonly #inNamespace = new Map<number, LabelSelector[]>();

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
    endpoint: ResolvedEndpoint,
  ) {
    const { view } = analysis;
    const own = new Set(
      [...endpoint.classes].flatMap((one) => analysis.selectingPolicies(direction, one)),
    );
    for (const index of own) {
      const { namespace, spec } = view.policy(index);
      for (const { peers } of rulesOf(spec, direction))
        for (const peer of peers ?? []) if (peer.kind === 'pods') this.#add(namespace, peer);
    }
    for (const index of range(view.firstClusterPolicy, view.policyCount)) this.#addSubject(index);
  }

  #addSubject(index: number): void {
    const { namespace, spec } = this.analysis.view.policy(index);
    if (spec.directions.includes(opposite(this.direction))) this.#add(namespace, spec.subject);
  }

  #add(namespace: number, { namespaceSelector, podSelector }: PodSelection): void {
    if (namespaceSelector !== null) {
      this.#anywhere.push({ namespaceSelector, podSelector });
      return;
    }
    const known = this.#inNamespace.get(namespace);
    if (known === undefined) this.#inNamespace.set(namespace, [podSelector]);
    else known.push(podSelector);
  }

  /** Selectors over the pods of an existing namespace, each once. */
  ofNamespace(namespace: number): LabelSelector[] {
    const { view } = this.analysis;
    const labels = new Map(Object.entries(view.namespace(namespace).labels));
    const local = range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1))
      .map((index) => view.policy(index).spec)
      .filter(({ directions }) => directions.includes(opposite(this.direction)))
      .map(({ subject }) => subject.podSelector);
    const selectors = [
      ...this.#anywhere
        .filter(({ namespaceSelector }) => matchesSelector(labels, namespaceSelector))
        .map(({ podSelector }) => podSelector),
      ...(this.#inNamespace.get(namespace) ?? []),
      ...local,
    ];
    return distinct(selectors, selectorKey);
  }

  /** Selections that speak of namespaces that do not exist, each once. */
  ofNewNamespaces(): AnyNamespaceSelection[] {
    return distinct(
      this.#anywhere,
      ({ namespaceSelector, podSelector }) =>
        `${selectorKey(namespaceSelector)}\n\n${selectorKey(podSelector)}`,
    );
  }
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
