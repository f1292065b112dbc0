import type { PolicyKind } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { policiesSelecting } from '../questions/isolation.js';
import { namedNamespaces } from './named-namespaces.js';

/** Which policies; null = any. */
export interface PolicyFilter {
  readonly kinds: readonly PolicyKind[] | null;
  /** Cluster-scoped policies are in none. */
  readonly namespaces: readonly string[] | null;
  /** True: only those that select no workload; false: only those that select some. */
  readonly selectsNothing: boolean | null;
  /** Only those that select one of these (indices). */
  readonly selects: readonly ({ readonly workload: number } | { readonly pod: number })[] | null;
}

/** Policies (indices) that a filter admits, by namespace and name; cluster-scoped ones last. */
export function listPolicies(
  analysis: Analysis,
  { kinds, namespaces, selectsNothing, selects }: PolicyFilter,
): number[] {
  const { view } = analysis;
  const selecting =
    selects === null
      ? null
      : new Set(selects.flatMap((subject) => policiesSelecting(analysis, subject, null)));
  const isWanted = (policy: number): boolean =>
    (selecting === null || selecting.has(policy)) &&
    (selectsNothing === null || hasNoSubject(analysis, policy) === selectsNothing) &&
    (kinds === null || kinds.includes(view.policy(policy).kind));
  const ranges = namedNamespaces(view, namespaces).map((namespace) => [
    view.firstPolicy(namespace),
    view.firstPolicy(namespace + 1),
  ]);
  if (namespaces === null) ranges.push([view.firstClusterPolicy, view.policyCount]);
  const found: number[] = [];
  for (const [first = 0, end = 0] of ranges)
    for (let policy = first; policy < end; policy++) if (isWanted(policy)) found.push(policy);
  return found;
}

function hasNoSubject({ index }: Analysis, policy: number): boolean {
  return (
    groupOf(index.ingress.subjects, policy).length === 0 &&
    groupOf(index.egress.subjects, policy).length === 0
  );
}
