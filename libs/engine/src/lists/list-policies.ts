import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { policiesSelecting } from '../questions/isolation.js';
import { namedNamespaces } from './named-namespaces.js';

/** Which policies; null = any. */
export interface PolicyFilter {
  readonly namespaces: readonly string[] | null;
  /** True: only those that select no workload; false: only those that select some. */
  readonly selectsNothing: boolean | null;
  /** Only those that select one of these (indices). */
  readonly selects: readonly ({ readonly workload: number } | { readonly pod: number })[] | null;
}

/** Policies (indices) that a filter admits, by namespace and name. */
export function listPolicies(
  analysis: Analysis,
  { namespaces, selectsNothing, selects }: PolicyFilter,
): number[] {
  const { view } = analysis;
  const selecting =
    selects === null
      ? null
      : new Set(selects.flatMap((subject) => policiesSelecting(analysis, subject, null)));
  const found: number[] = [];
  for (const namespace of namedNamespaces(view, namespaces)) {
    const end = view.firstPolicy(namespace + 1);
    for (let policy = view.firstPolicy(namespace); policy < end; policy++) {
      if (selecting !== null && !selecting.has(policy)) continue;
      if (selectsNothing !== null && hasNoSubject(analysis, policy) !== selectsNothing) continue;
      found.push(policy);
    }
  }
  return found;
}

function hasNoSubject({ index }: Analysis, policy: number): boolean {
  return (
    groupOf(index.ingress.subjects, policy).length === 0 &&
    groupOf(index.egress.subjects, policy).length === 0
  );
}
