import { type Analysis, policySubjects } from '@portolan/engine';
import type { SnapshotView } from '@portolan/model';

/** Policies that `idlePolicies` lists at most. */
export const LISTED_IDLE = 50;

/** Those of some policies of a snapshot (null = all) that select no pod where they are laid, under their own names. */
export function idlePolicies(
  view: SnapshotView,
  policies: readonly number[] | null,
  laid: Analysis,
): number[] {
  const all = policies ?? Array.from({ length: view.policyCount }, (_, policy) => policy);
  return all.filter((policy) => {
    const { kind, name, namespace } = view.policy(policy);
    const found =
      namespace < 0
        ? laid.view.findClusterPolicy(kind, name)
        : laid.view.findNetworkPolicy(view.namespaceName(namespace), name);
    return found < 0 || policySubjects(laid, found).workloads.length === 0;
  });
}
