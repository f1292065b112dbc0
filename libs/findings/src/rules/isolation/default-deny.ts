import { namespaceIsolation } from '@portolan/engine';
import { type Direction, DIRECTIONS, rulesOf } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';

/** A namespace with pods that policies govern, and the directions in which pods to come start closed. */
export interface NamespaceDefault {
  readonly namespace: number;
  readonly closed: readonly Direction[];
}

/** How pods to come start, by namespace. A policy of another tier that denies something to all pods counts as one. */
export function namespaceDefaults({
  analysis,
  view,
  selections,
}: FindingContext): NamespaceDefault[] {
  const denied = new Map<Direction, Set<number>>(DIRECTIONS.map((way) => [way, new Set()]));
  for (let index = view.firstClusterPolicy; index < view.policyCount; index++) {
    const { spec, namespace } = view.policy(index);
    if (spec.subject.podSelector.length > 0) continue;
    for (const direction of DIRECTIONS)
      if (rulesOf(spec, direction).some(({ action }) => action === 'DENY'))
        for (const one of selections.scopeOf(spec.subject, namespace))
          denied.get(direction)!.add(one);
  }
  const { firstOfNamespace } = analysis.index.classes;
  const found: NamespaceDefault[] = [];
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    let hasPods = false;
    for (let one = firstOfNamespace[namespace]!; one < firstOfNamespace[namespace + 1]!; one++)
      hasPods ||= !analysis.isNode(one);
    if (!hasPods) continue;
    const { ingress, egress } = namespaceIsolation(analysis, namespace);
    const isClosed = { INGRESS: ingress, EGRESS: egress };
    found.push({
      namespace,
      closed: DIRECTIONS.filter((way) => isClosed[way] || denied.get(way)!.has(namespace)),
    });
  }
  return found;
}
