import {
  type EndpointRef,
  formatSelector,
  type HypotheticalPod,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  normalizeSelector,
  type Requirement,
} from '@portolan/model';

/** Names pods that need not exist. */
export type HypotheticalRef = EndpointRef & { readonly kind: 'hypothetical' };

/** The pod that a question supposes. */
export function refOfPod({ namespace, labels }: HypotheticalPod): HypotheticalRef {
  const pods = normalizeSelector(
    Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  );
  return {
    kind: 'hypothetical',
    text: `a pod${withLabels(pods)} in namespace ${namespace}`,
    namespaces: [named('In', [namespace])],
    pods,
    isEntireCluster: false,
  };
}

/** Selects namespaces by their names. */
export function named(operator: 'In' | 'NotIn', values: readonly string[]): Requirement {
  return { key: NAMESPACE_NAME_LABEL, operator, values };
}

/** ` with app=web`, or nothing. */
export function withLabels(selector: LabelSelector): string {
  return selector.length === 0 ? '' : ` with ${formatSelector(normalizeSelector(selector))}`;
}
