import { haveSamePods, type PolicyRecord, type SnapshotView } from '@portolan/model';
import { range } from '../sets/range.js';

/** Which policies of two snapshots say the same. */
export interface MatchedPolicies {
  /** By policy of the head: the one of the base with its name and spec, or -1. */
  readonly before: Int32Array;
  /** By policy of the base: the same in the head. */
  readonly after: Int32Array;
}

/** Matches policies; null where the snapshots differ in anything else that policies see: namespaces, pods, nodes. */
export function matchPolicies(base: SnapshotView, head: SnapshotView): MatchedPolicies | null {
  if (!haveSameNamespaces(base, head) || !haveSameNodes(base, head)) return null;
  const matched = {
    before: new Int32Array(head.policyCount).fill(-1),
    after: new Int32Array(base.policyCount).fill(-1),
  };
  for (let namespace = 0; namespace <= head.namespaceCount; namespace++) {
    const olds = policiesOf(base, namespace);
    const news = policiesOf(head, namespace);
    const isUntouched =
      namespace < head.namespaceCount
        ? base.segmentHash(namespace) === head.segmentHash(namespace)
        : base.clusterHash === head.clusterHash;
    if (isUntouched) olds.forEach((policy, i) => match(matched, policy, news[i]!));
    else matchByName(base, olds, head, news, matched);
  }
  return matched;
}

/** Policies of a namespace; behind the last namespace those that are cluster-scoped. */
function policiesOf(view: SnapshotView, namespace: number): number[] {
  return namespace === view.namespaceCount
    ? range(view.firstClusterPolicy, view.policyCount)
    : range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1));
}

function match({ before, after }: MatchedPolicies, policy: number, now: number): void {
  before[now] = policy;
  after[policy] = now;
}

function matchByName(
  base: SnapshotView,
  olds: readonly number[],
  head: SnapshotView,
  news: readonly number[],
  matched: MatchedPolicies,
): void {
  const keyOf = ({ kind, name, spec }: PolicyRecord): string => JSON.stringify([kind, name, spec]);
  const known = new Map(olds.map((policy) => [keyOf(base.policy(policy)), policy]));
  for (const policy of news) {
    const then = known.get(keyOf(head.policy(policy)));
    if (then !== undefined) match(matched, then, policy);
  }
}

function haveSameNamespaces(base: SnapshotView, head: SnapshotView): boolean {
  return (
    base.namespaceCount === head.namespaceCount &&
    range(0, base.namespaceCount).every(
      (namespace) =>
        base.namespaceName(namespace) === head.namespaceName(namespace) &&
        (base.segmentHash(namespace) === head.segmentHash(namespace) ||
          haveSamePods(base.segment(namespace), head.segment(namespace))),
    )
  );
}

function haveSameNodes(base: SnapshotView, head: SnapshotView): boolean {
  if (base.clusterHash === head.clusterHash) return true;
  if (base.cluster === null || head.cluster === null) return base.nodeCount + head.nodeCount === 0;
  return haveSamePods(base.cluster, head.cluster);
}
