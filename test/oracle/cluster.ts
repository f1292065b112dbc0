import {
  DEFAULT_SWITCHES,
  type Direction,
  type PolicySwitches,
  type Protocol,
} from '@portolan/model';
import { type Address, readAddress, sameAddress } from './addresses.js';
import {
  type AdminPolicySpec,
  type KubernetesObject,
  type Labels,
  type PolicySpec,
} from './kubernetes.js';
import { type AdminKind, pruneSpec } from './admin-fields.js';
import { isValidAdminPolicy } from './admin-validity.js';
import { isValidSpec } from './validity.js';
import {
  flatten,
  groupOf,
  nameOf,
  namespaceOf,
  type Node,
  nodesOf,
  type Pod,
  podsOf,
  withoutDuplicates,
} from './workloads.js';

/** A pod of the cluster, or an address outside every pod. */
export type Endpoint = Pod | Address;

export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy';
  readonly namespace: string;
  readonly name: string;
  readonly spec: PolicySpec;
}

/** A policy of the Network Policy API, as far as the API server keeps it. */
export interface AdminPolicy {
  readonly kind: AdminKind;
  readonly name: string;
  readonly spec: AdminPolicySpec;
}

export type Policy = NetworkPolicy | AdminPolicy;

export interface Cluster {
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
  readonly adminPolicies: readonly AdminPolicy[];
  readonly namespaceLabels: ReadonlyMap<string, Labels>;
  readonly nodes: ReadonlyMap<string, Node>;
  /** How policies are read where Kubernetes leaves it open. */
  readonly switches: PolicySwitches;
}

/** A connection as one of its ends sees it. */
export interface Connection {
  readonly direction: Direction;
  readonly subject: Pod;
  readonly peer: Endpoint;
  readonly protocol: Protocol;
  /** One of the destination's. */
  readonly port: number;
  /** The one that the peer has, should it be an address; null = it may have any or none. */
  readonly domainName: string | null;
}

/** A rule that matches a connection; `peer` = the peer that does, null = a rule without peers. */
export interface RuleMatch {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: number;
  readonly peer: number | null;
}

/** Reads objects: flattens lists, leaves out what the API server would reject, synthesizes namespaces and pods. */
export function readCluster(
  manifests: readonly KubernetesObject[],
  switches: Partial<PolicySwitches> = {},
): Cluster {
  const objects = withoutDuplicates(flatten(manifests).filter(isTaken));
  const pods = podsOf(objects);
  const policies = objects.filter(isNetworkPolicy).map((object): NetworkPolicy => ({
    kind: 'NetworkPolicy',
    namespace: namespaceOf(object),
    name: nameOf(object),
    spec: object.spec as PolicySpec,
  }));
  const adminPolicies = objects.flatMap((object): AdminPolicy[] => {
    const kind = adminKindOf(object);
    if (kind === null) return [];
    const spec = pruneSpec(kind, object.spec as AdminPolicySpec);
    return [{ kind, name: nameOf(object), spec }];
  });
  const namespaceLabels = new Map<string, Labels>();
  // A namespace that is used but not declared exists, too, with the label that the control plane sets.
  for (const { namespace } of [...pods, ...policies]) namespaceLabels.set(namespace, {});
  for (const object of objects) {
    if (object.kind === 'Namespace' && groupOf(object) === '')
      namespaceLabels.set(nameOf(object), object.metadata?.labels ?? {});
  }
  for (const [name, labels] of namespaceLabels)
    namespaceLabels.set(name, { ...labels, 'kubernetes.io/metadata.name': name });
  return {
    pods,
    policies,
    adminPolicies,
    namespaceLabels,
    nodes: nodesOf(objects),
    switches: { ...DEFAULT_SWITCHES, ...switches },
  };
}

/** The endpoint that `{namespace, pod}` or `{ip}` names; null when there is none. */
export function findEndpoint(
  cluster: Cluster,
  named: { readonly namespace: string; readonly pod: string } | { readonly ip: string },
): Endpoint | null {
  if ('pod' in named)
    return (
      cluster.pods.find((p) => p.namespace === named.namespace && p.name === named.pod) ?? null
    );
  const address = readAddress(named.ip);
  if (address === null) return null;
  const owner = cluster.pods.find(
    (p) => !p.hostNetwork && p.ips.some((ip) => sameAddress(ip, address)),
  );
  return owner ?? address;
}

export function isPod(endpoint: Endpoint): endpoint is Pod {
  return 'namespace' in endpoint;
}

/** Whether a pod is its node to policies: none governs it, and no selector matches it. */
export function isItsNode({ switches }: Cluster, { hostNetwork }: Pod): boolean {
  return hostNetwork && switches.hostNetworkPods === 'NODE';
}

/** The destination pod's containerPorts of a name. An address has no names. */
export function portsNamed(name: string, { direction, subject, peer }: Connection): Pod['ports'] {
  const destination = direction === 'EGRESS' ? peer : subject;
  return isPod(destination) ? destination.ports.filter((port) => port.name === name) : [];
}

/** Addresses by which networks match an endpoint: a pod's as far as they are known, a hostNetwork pod's are its node's. */
export function addressesOf(endpoint: Endpoint): readonly Address[] {
  return isPod(endpoint) ? endpoint.ips : [endpoint];
}

function isTaken(object: KubernetesObject): boolean {
  if (isNetworkPolicy(object)) return isValidSpec(object.spec);
  const kind = adminKindOf(object);
  return kind === null || isValidAdminPolicy(kind, nameOf(object), object.spec);
}

function isNetworkPolicy(object: KubernetesObject): boolean {
  return object.kind === 'NetworkPolicy' && groupOf(object) === 'networking.k8s.io';
}

function adminKindOf(object: KubernetesObject): AdminKind | null {
  if (groupOf(object) !== 'policy.networking.k8s.io') return null;
  switch (object.kind) {
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy':
    case 'ClusterNetworkPolicy':
      return object.kind;
    default:
      return null;
  }
}
