import { type Analysis, contradictionOf } from '@portolan/engine';
import {
  DIRECTIONS,
  formatSelector,
  type PodPeer,
  type PodSelection,
  type PolicyPeer,
  type PolicyRecord,
  type PolicyRule,
  type PolicySpec,
  type RulePlace,
  rulesOf,
} from '@portolan/model';
import type { Selections } from '../selections.js';
import { selectionsWithPods } from './selections-with-pods.js';
import { OtherNamespaces } from './other-namespaces.js';
import { labelMap, type NearLabel, nearLabels } from './near-labels.js';
import { type NamespaceNameLabel, namespaceNameLabel } from './namespace-name.js';
import type { SelectorField } from './selector-manifest.js';
import { volatileLabelsOf } from './volatile-labels.js';
import { WorkloadLabels } from './workload-labels.js';

/** Why a selection selects nobody: the first of these that is so, and each is told by one rule. */
export type Emptiness =
  /** NP210: no labels satisfy it. */
  | { readonly kind: 'CONTRADICTORY' }
  /** NP205: a label is taken for the name of a namespace. */
  | { readonly kind: 'NAMESPACE_NAME'; readonly label: NamespaceNameLabel }
  /** NP204: a label was probably mistyped. */
  | { readonly kind: 'NEAR'; readonly field: SelectorField; readonly near: readonly NearLabel[] }
  /** NP203: no namespace has the labels. */
  | { readonly kind: 'NO_NAMESPACE' }
  /** NP212, NP213: pods of the host network alone have them. */
  | { readonly kind: 'HOST_NETWORK'; readonly classes: readonly number[] }
  /** NP211: it looks at a label that has changed since. */
  | { readonly kind: 'VOLATILE' }
  /** NP207: it looks in the policy's own namespace, and the pods are in others. */
  | { readonly kind: 'OTHER_NAMESPACE'; readonly namespaces: readonly number[] }
  /** NP201, NP202. */
  | { readonly kind: 'NOBODY' };

/** A selection of a policy that selects nobody. */
export interface EmptySelection {
  readonly policy: PolicyRecord;
  /** Of a peer; null = it is the subject. */
  readonly place: RulePlace | null;
  readonly rule: PolicyRule | null;
  readonly selection: PodSelection;
  readonly why: Emptiness;
}

type Unplaced = Omit<EmptySelection, 'policy'>;

/** The subjects and peers of policies that select nobody, with the reason: one cause is told by one rule. */
export class EmptySelections {
  readonly #workloads: WorkloadLabels;
  readonly #others: OtherNamespaces;
  readonly #known = new Map<PodSelection, Emptiness | null>();
  readonly #byText = new Map<string, Emptiness | null>();
  #all: readonly EmptySelection[] | null = null;

  constructor(
    private readonly analysis: Analysis,
    private readonly selections: Selections,
  ) {
    this.#workloads = new WorkloadLabels(analysis.view);
    this.#others = new OtherNamespaces(analysis, selections);
    // Nearly every selection selects somebody, and the index knows of most.
    for (const selection of selectionsWithPods(analysis)) this.#known.set(selection, null);
  }

  /** In the order of the policies; of each the subject, then the peers of the directions that it governs. */
  get all(): readonly EmptySelection[] {
    return (this.#all ??= this.#collect());
  }

  /** Whether a policy has no subject, so that its rules are without any effect. */
  isIdle({ namespace, spec }: PolicyRecord): boolean {
    return this.whySubject(spec.subject, namespace) !== null;
  }

  /** Whether some other peer of a rule means somebody, or addresses. */
  hasOtherPeer({ policy, place, rule }: EmptySelection): boolean {
    const peers = rule?.peers ?? [];
    return peers.some((peer, at) => at !== place?.peer && this.#meansSomebody(peer, policy));
  }

  #meansSomebody(peer: PolicyPeer, { namespace }: PolicyRecord): boolean {
    if (peer.kind !== 'pods') return peer.kind !== 'unknown';
    return this.whyPeer(peer, namespace) === null;
  }

  /** Null = it selects somebody, or is there for pods to come (an empty podSelector). */
  whySubject(subject: PodSelection, own: number): Emptiness | null {
    return this.#why(subject, own, 'subject');
  }

  /** The same of a peer, which may have been meant for pods of another namespace. */
  whyPeer(peer: PodSelection, own: number): Emptiness | null {
    return this.#why(peer, own, 'peer');
  }

  #collect(): EmptySelection[] {
    const { view } = this.analysis;
    const ofSpec = new Map<PolicySpec, readonly Unplaced[]>();
    const all: EmptySelection[] = [];
    for (let index = 0; index < view.policyCount; index++) {
      const policy = view.policy(index);
      let found = ofSpec.get(policy.spec);
      if (found === undefined) {
        found = this.#ofSpec(policy);
        ofSpec.set(policy.spec, found);
      }
      for (const { place, rule, selection, why } of found)
        all.push({ policy, place, rule, selection, why });
    }
    return all;
  }

  #ofSpec({ namespace, spec }: PolicyRecord): readonly Unplaced[] {
    const found: Unplaced[] = [];
    const ofSubject = this.whySubject(spec.subject, namespace);
    if (ofSubject !== null)
      found.push({ place: null, rule: null, selection: spec.subject, why: ofSubject });
    for (const direction of DIRECTIONS)
      if (spec.directions.includes(direction))
        for (const [at, rule] of rulesOf(spec, direction).entries())
          for (const [peerAt, peer] of podPeers(rule)) {
            const why = this.whyPeer(peer, namespace);
            if (why === null) continue;
            const place: RulePlace = { direction, rule: at, peer: peerAt, port: null };
            found.push({ place, rule, selection: peer, why });
          }
    return found;
  }

  #why(selection: PodSelection, own: number, role: 'subject' | 'peer'): Emptiness | null {
    let why = this.#known.get(selection);
    if (why === undefined) {
      const text = `${role} ${own} ${selectionText(selection)}`;
      why = this.#byText.get(text);
      if (why === undefined) {
        why = this.#find(selection, own, role);
        this.#byText.set(text, why);
      }
      this.#known.set(selection, why);
    }
    return why;
  }

  #find(selection: PodSelection, own: number, role: 'subject' | 'peer'): Emptiness | null {
    const { selections } = this;
    const { namespaceSelector, podSelector } = selection;
    if (selections.selected(selection, own).length > 0) return null;
    if (contradictionOf('pod', podSelector) !== null) return { kind: 'CONTRADICTORY' };
    if (selections.scopeOf(selection, own).length === 0) return this.#whyNoNamespace(selection);
    if (podSelector.length === 0) return null;
    const labelled = selections.labelled(selection, own);
    if (labelled.length > 0) return { kind: 'HOST_NETWORK', classes: labelled };
    if (selections.hasAnybody(selection, own)) return null;
    if (volatileLabelsOf(podSelector).length > 0) return { kind: 'VOLATILE' };
    if (role === 'peer' && namespaceSelector === null) {
      const namespaces = this.#others.of(podSelector, own);
      if (namespaces.length > 0) return { kind: 'OTHER_NAMESPACE', namespaces };
    }
    const scope = selections.scopeOf(selection, own);
    const near = nearLabels(podSelector, this.#workloads.of(scope), (requirement) =>
      selections.hasAnybody({ namespaceSelector: [], podSelector: [requirement] }, own),
    );
    return near.length > 0 ? { kind: 'NEAR', field: 'podSelector', near } : { kind: 'NOBODY' };
  }

  #whyNoNamespace({ namespaceSelector }: PodSelection): Emptiness {
    const { view } = this.analysis;
    const selector = namespaceSelector ?? [];
    if (contradictionOf('namespace', selector) !== null) return { kind: 'CONTRADICTORY' };
    const label = namespaceNameLabel(view, selector);
    if (label !== null && this.selections.namespaces(label.corrected).length > 0)
      return { kind: 'NAMESPACE_NAME', label };
    const namespaces = this.selections.namespaces([]).map((namespace) => {
      const { name, labels } = view.namespace(namespace);
      return { name: `Namespace ${name}`, labels: labelMap(labels) };
    });
    const near = nearLabels(
      selector,
      namespaces,
      (requirement) => this.selections.namespaces([requirement]).length > 0,
    );
    return near.length > 0
      ? { kind: 'NEAR', field: 'namespaceSelector', near }
      : { kind: 'NO_NAMESPACE' };
  }
}

function podPeers({ peers }: PolicyRule): [at: number, peer: PodPeer][] {
  return (peers ?? []).flatMap((peer, at) => (peer.kind === 'pods' ? [[at, peer]] : []));
}

/** Equal for equal selections. */
export function selectionText({ namespaceSelector, podSelector }: PodSelection): string {
  const where = namespaceSelector === null ? '' : `[${formatSelector(namespaceSelector)}] `;
  return where + formatSelector(podSelector);
}
