import type { ChangedEndpoint, SnapshotDiff, TrafficSet } from '@portolan/model';

/** Counterexamples that an answer lists at most. All are counted. */
export const LISTED_COUNTEREXAMPLES = 50;

/**
 * What may hold between what two sets of policies, `a` and `b`, allow.
 * EQUIVALENT: the same traffic between the same endpoints; CONTAINS: `a` allows all that `b` allows; IS_CONTAINED: `b` allows
 * all that `a` allows.
 */
export type PolicyRelationKind = 'EQUIVALENT' | 'CONTAINS' | 'IS_CONTAINED';

/** Traffic between two ends that is against a relation. */
export interface Counterexample {
  readonly source: ChangedEndpoint;
  readonly destination: ChangedEndpoint;
  /** What `a` allows and `b` does not; empty where the question is not about it. */
  readonly onlyA: TrafficSet;
  /** What `b` allows and `a` does not; the same. */
  readonly onlyB: TrafficSet;
  /** What both allow; the same. */
  readonly both: TrafficSet;
}

/** Whether a relation holds, and where it does not. */
export interface PolicyRelation {
  readonly holds: boolean;
  /** Where it does not hold (of interference: where it does), the first of them, riskiest first as in a diff. */
  readonly counterexamples: readonly Counterexample[];
  /** Pairs of endpoints that are counterexamples. */
  readonly counterexampleCount: number;
}

/**
 * Tells from the diff with `a` as base and `b` as head whether a relation holds: what it opened only `b` allows, what it
 * closed only `a`. Exact also where the diff lists not all changes: it counts all, and lists some of each kind.
 */
export function relationOf(diff: SnapshotDiff, kind: PolicyRelationKind): PolicyRelation {
  const { opened, closed, altered } = diff.summary;
  const count =
    altered + (kind === 'IS_CONTAINED' ? 0 : opened) + (kind === 'CONTAINS' ? 0 : closed);
  const counterexamples: Counterexample[] = [];
  for (const change of diff.changes) {
    const onlyA = kind === 'CONTAINS' ? [] : change.closed;
    const onlyB = kind === 'IS_CONTAINED' ? [] : change.opened;
    if (onlyA.length + onlyB.length === 0) continue;
    const { source, destination } = change;
    counterexamples.push({ source, destination, onlyA, onlyB, both: [] });
    if (counterexamples.length === LISTED_COUNTEREXAMPLES) break;
  }
  return { holds: count === 0, counterexamples, counterexampleCount: count };
}

/**
 * Tells from the diff with `b` as base and the policies of both, `a` and `b`, as head whether `a` interferes with `b`: whether
 * something passes with both that `b` alone denies. Its counterexamples are where it does.
 */
export function interferenceOf(diff: SnapshotDiff): PolicyRelation {
  const { holds, counterexamples, counterexampleCount } = relationOf(diff, 'CONTAINS');
  return {
    holds: !holds,
    counterexamples: counterexamples.map((one) => ({ ...one, onlyA: one.onlyB, onlyB: [] })),
    counterexampleCount,
  };
}
