import fc from 'fast-check';
import { arbitraryAdminPolicy, arbitraryAdminSpec } from './arbitrary-admin-policy.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import {
  arbitraryNamespaceLabels,
  arbitraryNodeLabels,
  arbitraryPodLabels,
} from './arbitrary-labels.js';
import { arbitraryContainerPorts, NODES } from './arbitrary-pods.js';
import { arbitraryPolicy, arbitraryPolicySpec } from './arbitrary-policy.js';
import type { KubernetesObject, PodSpec } from './kubernetes.js';

type Objects = readonly KubernetesObject[];
type Edit = (objects: Objects) => Objects;

/** A cluster before and after a change. */
export interface EditedCluster {
  readonly base: Objects;
  readonly head: Objects;
}

/** Picks one object of a kind by a number; does nothing when there is none. */
function at(kind: string, pick: number, edit: (object: KubernetesObject) => Objects): Edit {
  return (objects) => {
    const some = objects.filter((object) => object.kind === kind);
    const chosen = some[pick % Math.max(1, some.length)];
    return objects.flatMap((object) => (object === chosen ? edit(object) : [object]));
  };
}

const pick = fc.nat({ max: 20 });

const arbitraryPolicyEdit: fc.Arbitrary<Edit> = fc.oneof(
  pick.map((n) => at('NetworkPolicy', n, () => [])),
  arbitraryPolicy.map((policy): Edit => (objects) => [...objects, policy]),
  fc
    .tuple(pick, arbitraryPolicySpec)
    .map(([n, spec]) => at('NetworkPolicy', n, (policy) => [{ ...policy, spec }])),
);

const ADMIN_KINDS = [
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
] as const;

const arbitraryAdminPolicyEdit: fc.Arbitrary<Edit> = fc.oneof(
  arbitraryAdminPolicy.map((policy): Edit => (objects) => [...objects, policy]),
  fc.constantFrom(...ADMIN_KINDS).chain((kind) =>
    fc.oneof(
      pick.map((n) => at(kind, n, () => [])),
      fc
        .tuple(pick, arbitraryAdminSpec(kind))
        .map(([n, spec]) => at(kind, n, (policy) => [{ ...policy, spec }])),
    ),
  ),
);

const arbitraryLabelEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(pick, arbitraryPodLabels).map(([n, labels]) => at('Pod', n, relabel(labels))),
  fc
    .tuple(pick, arbitraryNamespaceLabels)
    .map(([n, labels]) => at('Namespace', n, relabel(labels))),
  fc.tuple(pick, arbitraryNodeLabels).map(([n, labels]) => at('Node', n, relabel(labels))),
);

/** Addresses of a node after a change; one of them is that of no node before. */
const arbitraryNodeAddresses = fc
  .subarray(['192.168.0.1', '192.168.0.2', '192.168.0.3', 'fd01::2'])
  .map((addresses) => addresses.map((address) => ({ type: 'InternalIP', address })));

const arbitraryPodEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(pick, arbitraryContainerPorts).map(([n, ports]) =>
    at('Pod', n, (pod) => [
      {
        ...pod,
        spec: { ...(pod.spec as PodSpec), containers: [{ name: 'main', image: 'app', ports }] },
      },
    ]),
  ),
  pick.map((n) => at('Pod', n, (pod) => [{ ...pod, status: {} }])),
  fc
    .tuple(pick, fc.constantFrom(undefined, ...NODES))
    .map(([n, nodeName]) => at('Pod', n, respecify({ nodeName }))),
  fc
    .tuple(pick, fc.constantFrom(undefined, true))
    .map(([n, hostNetwork]) => at('Pod', n, respecify({ hostNetwork }))),
  fc
    .tuple(pick, arbitraryNodeAddresses)
    .map(([n, addresses]) => at('Node', n, (node) => [{ ...node, status: { addresses } }])),
);

const arbitraryRemoval: fc.Arbitrary<Edit> = fc.oneof(
  pick.map((n) => at('Pod', n, () => [])),
  pick.map((n) => at('Deployment', n, () => [])),
  pick.map((n) => at('Namespace', n, () => [])),
);

/** Clusters and what some edits make of them; sometimes nothing at all. */
export const arbitraryEditedCluster: fc.Arbitrary<EditedCluster> = fc
  .record({
    base: arbitraryCluster,
    edits: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: arbitraryPolicyEdit },
        { weight: 4, arbitrary: arbitraryAdminPolicyEdit },
        { weight: 2, arbitrary: arbitraryLabelEdit },
        { weight: 2, arbitrary: arbitraryPodEdit },
      ),
      { maxLength: 2 },
    ),
    removal: fc.option(arbitraryRemoval, { freq: 4 }),
    swap: fc.boolean(),
  })
  .map(({ base, edits, removal, swap }) => {
    const all = removal === null ? edits : [...edits, removal];
    const head = all.reduce((objects: Objects, edit) => edit(objects), base);
    return swap ? { base: head, head: base } : { base, head };
  });

/** Clusters of which some policies change, and sometimes something else. */
export const arbitraryPolicyChange: fc.Arbitrary<EditedCluster> = fc
  .record({
    base: arbitraryCluster,
    edits: fc.array(fc.oneof(arbitraryPolicyEdit, arbitraryAdminPolicyEdit), {
      minLength: 1,
      maxLength: 3,
    }),
    others: fc.oneof(
      { weight: 7, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: arbitraryLabelEdit.map((edit) => [edit]) },
    ),
  })
  .map(({ base, edits, others }) => ({
    base,
    head: [...edits, ...others].reduce((objects: Objects, edit) => edit(objects), base),
  }));

function respecify(changes: Partial<PodSpec>): (o: KubernetesObject) => Objects {
  return (pod) => [{ ...pod, spec: { ...(pod.spec as PodSpec), ...changes } }];
}

function relabel(labels: Readonly<Record<string, string>>): (o: KubernetesObject) => Objects {
  return (object) => [{ ...object, metadata: { ...object.metadata, labels } }];
}
