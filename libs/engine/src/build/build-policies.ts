import {
  type PolicyRecord,
  type PolicySpec,
  policySpecs,
  type SnapshotView,
} from '@portolan/model';

/**
 * The policies of a snapshot as far as the build looks at them. Policies of equal specs share one, so that what does not
 * depend on their namespaces is worked out once for all of them.
 */
export interface BuildPolicies {
  readonly count: number;
  readonly specs: readonly PolicySpec[];
  /** By policy. */
  readonly specOf: Int32Array;
  /** By policy; -1 = cluster-scoped. */
  readonly namespaceOf: Int32Array;
  /** NetworkPolicies are below this, policies of other kinds from here on. */
  readonly firstClusterPolicy: number;
}

export function collectPolicies(view: SnapshotView): BuildPolicies {
  const { specs, ofPolicy } = policySpecs(view);
  const namespaceOf = new Int32Array(view.policyCount).fill(-1);
  for (let namespace = 0; namespace < view.namespaceCount; namespace++)
    namespaceOf.fill(namespace, view.firstPolicy(namespace), view.firstPolicy(namespace + 1));
  return {
    count: view.policyCount,
    specs,
    specOf: ofPolicy,
    namespaceOf,
    firstClusterPolicy: view.firstClusterPolicy,
  };
}

/** As `collectPolicies`, where nothing is asked about any policy but some: the specs of others are not read. */
export function onlyOf(view: SnapshotView, some: readonly PolicyRecord[]): BuildPolicies {
  const specOf = new Int32Array(view.policyCount).fill(-1);
  const namespaceOf = new Int32Array(view.policyCount).fill(-1);
  for (const [i, { index, namespace }] of some.entries()) {
    specOf[index] = i;
    namespaceOf[index] = namespace;
  }
  const specs = some.map(({ spec }) => spec);
  const { policyCount: count, firstClusterPolicy } = view;
  return { count, specs, specOf, namespaceOf, firstClusterPolicy };
}
