import fc from 'fast-check';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { arbitraryNamespaceLabels, arbitraryPodLabels, NAMESPACES } from './arbitrary-labels.js';
import { arbitraryContainerPorts } from './arbitrary-pods.js';
import type { ContainerPort, KubernetesObject, Labels } from './kubernetes.js';

/** A pod that a cluster need not have. */
export interface SupposedPod {
  readonly namespace: string;
  /** Count only where the cluster has no such namespace. */
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** A cluster, and a pod that it need not have. */
export interface SupposedCluster {
  readonly objects: readonly KubernetesObject[];
  readonly pod: SupposedPod;
}

const arbitrarySupposedPod: fc.Arbitrary<SupposedPod> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES, 'shop', 'new', 'other'),
  namespaceLabels: arbitraryNamespaceLabels,
  labels: arbitraryPodLabels,
  ports: arbitraryContainerPorts,
});

export const arbitrarySupposedCluster: fc.Arbitrary<SupposedCluster> = fc.record({
  objects: arbitraryCluster,
  pod: arbitrarySupposedPod,
});
