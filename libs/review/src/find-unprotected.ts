import { workloadIsolation } from '@portolan/engine';
import { compareText, type Direction, type ObjectChange, type SnapshotDiff } from '@portolan/model';
import type { UnprotectedRow } from '@portolan/report';
import { hashOf } from './hash-of.js';
import type { CauseLocator } from './locate-causes.js';
import type { Side } from './side.js';
import { UNPROTECTED } from './severity.js';

/** Workloads that lost all isolation in a direction, with the policies that isolated them before. */
export function findUnprotected(
  { newlyUnprotected, objectChanges }: SnapshotDiff,
  base: Side,
  head: Side,
  locator: CauseLocator,
): UnprotectedRow[] {
  const policies = new Map<number, ObjectChange>();
  for (const change of objectChanges)
    if (change.kind === 'POLICY' && change.before !== null) policies.set(change.before, change);
  return newlyUnprotected
    .map((workload) => unprotectedRow(workload, base, head, policies, locator))
    .sort((a, b) => compareText(a.workload, b.workload));
}

function unprotectedRow(
  workload: number,
  base: Side,
  head: Side,
  policies: ReadonlyMap<number, ObjectChange>,
  locator: CauseLocator,
): UnprotectedRow {
  const { namespace, name, kindName } = head.analysis.view.workloadIdentity(workload);
  const { view } = base.analysis;
  const before = view
    .findWorkloads(namespace, name)
    .find((candidate) => view.workloadIdentity(candidate).kindName === kindName);
  const now = workloadIsolation(head.analysis, workload);
  const then = before === undefined ? now : workloadIsolation(base.analysis, before);
  const directions: Direction[] = [];
  if (then.ingress && !now.ingress) directions.push('INGRESS');
  if (then.egress && !now.egress) directions.push('EGRESS');
  const isolating = new Set([
    ...(directions.includes('INGRESS') ? then.ingressPolicies : []),
    ...(directions.includes('EGRESS') ? then.egressPolicies : []),
  ]);
  const causes = locator.causesFrom([...isolating].flatMap((policy) => policies.get(policy) ?? []));
  const text = `${namespace}/${name} (${kindName})`;
  return {
    fingerprint: hashOf(['unprotected', text, directions]),
    workload: text,
    directions,
    ...UNPROTECTED,
    causes,
  };
}
