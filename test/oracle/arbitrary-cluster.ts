import fc from 'fast-check';
import { arbitraryAdminPolicy } from './arbitrary-admin-policy.js';
import { arbitraryNamespaceLabels, NAMESPACES } from './arbitrary-labels.js';
import {
  arbitraryNodes,
  arbitraryPodPlan,
  arbitraryWorkloadPlan,
  makePods,
  makeWorkloads,
} from './arbitrary-pods.js';
import { arbitraryPolicy } from './arbitrary-policy.js';
import type { KubernetesObject, Labels } from './kubernetes.js';

/** Half of the clusters have NetworkPolicies only. */
const arbitraryPolicies: fc.Arbitrary<KubernetesObject[]> = fc.oneof(
  fc.array(arbitraryPolicy, { minLength: 1, maxLength: 6 }),
  fc
    .tuple(
      fc.array(arbitraryPolicy, { maxLength: 4 }),
      fc.array(arbitraryAdminPolicy, { minLength: 1, maxLength: 6 }),
    )
    .map(([policies, adminPolicies]) => [...policies, ...adminPolicies]),
);

/** The manifests of a small cluster, biased to be neither open nor closed. Shrinks to fewer and plainer objects. */
export const arbitraryCluster: fc.Arbitrary<KubernetesObject[]> = fc
  .record({
    namespaces: fc.record(
      Object.fromEntries(NAMESPACES.map((name) => [name, arbitraryNamespaceLabels])),
      { requiredKeys: [] },
    ),
    nodes: arbitraryNodes,
    workloads: fc.array(arbitraryWorkloadPlan, { maxLength: 2 }),
    pods: fc.array(arbitraryPodPlan, { minLength: 2, maxLength: 5 }),
    policies: arbitraryPolicies,
  })
  .map(({ namespaces, nodes, workloads, pods, policies }) => {
    const owners = makeWorkloads(workloads);
    return [
      ...Object.entries(namespaces).map(([name, labels]) => namespace(name, labels)),
      ...nodes,
      ...owners,
      ...makePods(pods, owners, nodes),
      ...policies,
    ];
  });

function namespace(name: string, labels: Labels | undefined): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
