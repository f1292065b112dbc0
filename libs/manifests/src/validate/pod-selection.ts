import type { LabelSelector } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { readLabelSelector } from './label-selector.js';
import type { Forms } from './one-of.js';
import { checkGiven, mapAt } from './shape.js';
import { pruneInSelector, pruneUnknown } from './unknown-fields.js';

/** Pods of a subject or a peer as written: null = missing. */
export interface PodSelectionManifest {
  readonly kind: 'pods';
  readonly namespaceSelector: LabelSelector | null;
  readonly podSelector: LabelSelector | null;
}

/**
 * The ways in which the kinds of `policy.networking.k8s.io` select pods. Older shapes of `namespaces`
 * (`namespaceSelector`, `sameLabels`, `notSameLabels`) are unknown fields of a label selector, and pruned.
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export const POD_SELECTIONS: Forms<PodSelectionManifest> = {
  namespaces: (value, path, findings) => ({
    kind: 'pods',
    namespaceSelector: readLabelSelector(value, path, findings, pruneInSelector),
    podSelector: null,
  }),
  pods: readNamespacedPods,
};

function readNamespacedPods(value: unknown, path: Path, findings: Findings): PodSelectionManifest {
  const fields = mapAt(value, path, findings) ?? {};
  pruneUnknown(fields, ['namespaceSelector', 'podSelector'], path, findings);
  checkGiven(fields.podSelector, [...path, 'podSelector'], findings);
  const selectorAt = (name: string): LabelSelector | null =>
    readLabelSelector(fields[name], [...path, name], findings, pruneInSelector);
  return {
    kind: 'pods',
    // v1alpha1 asks for it, v1alpha2 does not; missing is all namespaces for both.
    namespaceSelector: selectorAt('namespaceSelector'),
    podSelector: selectorAt('podSelector'),
  };
}
