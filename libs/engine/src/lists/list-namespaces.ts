import { type Direction, type LabelSelector, matchesSelector } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { namespaceIsolation } from '../questions/isolation.js';

/** Which namespaces; null = any. */
export interface NamespaceFilter {
  readonly labels: LabelSelector | null;
  /** Only those without default isolation in this direction. */
  readonly notIsolated: Direction | null;
}

/** Namespaces (indices) that a filter admits, by name. */
export function listNamespaces(
  analysis: Analysis,
  { labels, notIsolated }: NamespaceFilter,
): number[] {
  const { view } = analysis;
  const found: number[] = [];
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    if (labels !== null && !hasLabels(analysis, namespace, labels)) continue;
    if (notIsolated !== null && isIsolated(analysis, namespace, notIsolated)) continue;
    found.push(namespace);
  }
  return found;
}

function hasLabels({ view }: Analysis, namespace: number, selector: LabelSelector): boolean {
  return matchesSelector(new Map(Object.entries(view.namespace(namespace).labels)), selector);
}

function isIsolated(analysis: Analysis, namespace: number, direction: Direction): boolean {
  const { ingress, egress } = namespaceIsolation(analysis, namespace);
  return direction === 'INGRESS' ? ingress : egress;
}
