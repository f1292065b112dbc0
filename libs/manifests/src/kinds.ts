import type { ApiServerCallerKind, PolicyKind, RouteKind, WorkloadKind } from '@portolan/model';

/** How an object is read. */
export type ReadKind =
  | { readonly reads: 'namespace' }
  | { readonly reads: 'node' }
  | { readonly reads: 'pod' }
  /** Kept when its name tells of a network plugin, or the API server calls a Service to convert its objects. */
  | { readonly reads: 'customResourceDefinition' }
  | { readonly reads: 'serviceCidr' }
  | { readonly reads: 'workload'; readonly kind: WorkloadKind }
  | { readonly reads: 'policy'; readonly kind: PolicyKind }
  | { readonly reads: 'service' }
  | { readonly reads: 'endpoints'; readonly form: 'SLICE' | 'ENDPOINTS' }
  | { readonly reads: 'route'; readonly kind: RouteKind }
  | { readonly reads: 'gateway' }
  | { readonly reads: 'grant' }
  /** Facts of which access knows nothing; findings do. */
  | { readonly reads: 'serviceAccount' }
  | { readonly reads: 'roleBinding'; readonly isClusterScoped: boolean }
  | {
      readonly reads: 'apiServerCaller';
      readonly kind: Exclude<ApiServerCallerKind, 'CustomResourceDefinition'>;
    }
  /** A policy that the engine does not evaluate: answers would be wrong without a word about it. */
  | { readonly reads: 'unsupportedPolicy' }
  /** Says that a kind is missing from the input. */
  | { readonly reads: 'unlistedKind' }
  | { readonly reads: 'nothing' };

/** A kind of object that is read into a snapshot. */
export type AnalysedKind = Exclude<
  ReadKind,
  { reads: 'nothing' | 'unsupportedPolicy' | 'unlistedKind' }
>;

/** API group and kind of an object. */
export interface GroupKind {
  /** Empty for core. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const WORKLOAD_KIND_NAMES: Readonly<Record<string, WorkloadKind>> = {
  'apps/Deployment': 'DEPLOYMENT',
  'apps/ReplicaSet': 'REPLICA_SET',
  'apps/StatefulSet': 'STATEFUL_SET',
  'apps/DaemonSet': 'DAEMON_SET',
  'extensions/Deployment': 'DEPLOYMENT',
  'extensions/ReplicaSet': 'REPLICA_SET',
  'extensions/DaemonSet': 'DAEMON_SET',
  'batch/Job': 'JOB',
  'batch/CronJob': 'CRON_JOB',
  '/ReplicationController': 'REPLICATION_CONTROLLER',
};

const POLICY_KIND_NAMES: Readonly<Record<string, PolicyKind>> = {
  'networking.k8s.io/NetworkPolicy': 'NETWORK_POLICY',
  'extensions/NetworkPolicy': 'NETWORK_POLICY',
  'policy.networking.k8s.io/AdminNetworkPolicy': 'ADMIN_NETWORK_POLICY',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': 'BASELINE_ADMIN_NETWORK_POLICY',
  'policy.networking.k8s.io/ClusterNetworkPolicy': 'CLUSTER_NETWORK_POLICY',
};

const ROUTE_KIND_NAMES: Readonly<Record<string, RouteKind>> = {
  'networking.k8s.io/Ingress': 'INGRESS',
  'gateway.networking.k8s.io/HTTPRoute': 'HTTP_ROUTE',
  'gateway.networking.k8s.io/GRPCRoute': 'GRPC_ROUTE',
  'gateway.networking.k8s.io/TLSRoute': 'TLS_ROUTE',
  'gateway.networking.k8s.io/TCPRoute': 'TCP_ROUTE',
  'route.openshift.io/Route': 'OPENSHIFT_ROUTE',
};

/** Kinds of workload by the names of their kinds alone: no two groups have different ones of the same name. */
export const WORKLOAD_KIND_OF: ReadonlyMap<string, WorkloadKind> = byKindName(WORKLOAD_KIND_NAMES);
/** The same of policies. */
export const POLICY_KIND_OF: ReadonlyMap<string, PolicyKind> = byKindName(POLICY_KIND_NAMES);

function byKindName<Kind>(names: Readonly<Record<string, Kind>>): Map<string, Kind> {
  return new Map(
    Object.entries(names).map(([name, kind]) => [name.slice(name.indexOf('/') + 1), kind]),
  );
}

/** Kinds that allow or deny connections besides those that are evaluated, and are not called a NetworkPolicy. */
const UNSUPPORTED_POLICIES = [
  'k8s.ovn.org/EgressFirewall',
  'security.istio.io/AuthorizationPolicy',
  'policy.linkerd.io/AuthorizationPolicy',
  'policy.linkerd.io/Server',
  'policy.linkerd.io/ServerAuthorization',
] as const;

const KINDS: ReadonlyMap<string, ReadKind> = new Map<string, ReadKind>([
  ['/Namespace', { reads: 'namespace' }],
  ['/Node', { reads: 'node' }],
  ['/Pod', { reads: 'pod' }],
  ['/Service', { reads: 'service' }],
  ['/Endpoints', { reads: 'endpoints', form: 'ENDPOINTS' }],
  ['discovery.k8s.io/EndpointSlice', { reads: 'endpoints', form: 'SLICE' }],
  ['gateway.networking.k8s.io/Gateway', { reads: 'gateway' }],
  ['gateway.networking.k8s.io/ReferenceGrant', { reads: 'grant' }],
  ...Object.entries(ROUTE_KIND_NAMES).map(([name, kind]): [string, ReadKind] => [
    name,
    { reads: 'route', kind },
  ]),
  ['apiextensions.k8s.io/CustomResourceDefinition', { reads: 'customResourceDefinition' }],
  ['networking.k8s.io/ServiceCIDR', { reads: 'serviceCidr' }],
  ['/ServiceAccount', { reads: 'serviceAccount' }],
  ['rbac.authorization.k8s.io/RoleBinding', { reads: 'roleBinding', isClusterScoped: false }],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', { reads: 'roleBinding', isClusterScoped: true }],
  ...(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const).map(
    (kind): [string, ReadKind] => [
      `admissionregistration.k8s.io/${kind}`,
      { reads: 'apiServerCaller', kind },
    ],
  ),
  ['apiregistration.k8s.io/APIService', { reads: 'apiServerCaller', kind: 'APIService' }],
  ...Object.entries(WORKLOAD_KIND_NAMES).map(([name, kind]): [string, ReadKind] => [
    name,
    { reads: 'workload', kind },
  ]),
  ...Object.entries(POLICY_KIND_NAMES).map(([name, kind]): [string, ReadKind] => [
    name,
    { reads: 'policy', kind },
  ]),
  // Our own: a group without a dot can be no custom resource's.
  ['portolan/UnlistedKind', { reads: 'unlistedKind' }],
  ...UNSUPPORTED_POLICIES.map((name): [string, ReadKind] => [name, { reads: 'unsupportedPolicy' }]),
]);

const NOTHING: ReadKind = { reads: 'nothing' };
const UNSUPPORTED: ReadKind = { reads: 'unsupportedPolicy' };

/** A policy by its name, of a group or in a spelling that is not known: it must not go unnoticed. */
const POLICY_KIND = /NetworkPolicy$/i;

/** How objects of a kind are read. Group and kind must both match; any version of a kind is read alike. */
export function readKindOf({ group, kind }: GroupKind): ReadKind {
  return KINDS.get(`${group}/${kind}`) ?? (POLICY_KIND.test(kind) ? UNSUPPORTED : NOTHING);
}

/** The kind of workload that an owner is; OTHER for kinds that are not read. */
export function workloadKindOf(apiVersion: string, kind: string): WorkloadKind {
  const { group } = parseApiVersion(apiVersion);
  const name = `${group}/${kind}`;
  return (Object.hasOwn(WORKLOAD_KIND_NAMES, name) ? WORKLOAD_KIND_NAMES[name] : null) ?? 'OTHER';
}

/** `apps/v1` is group `apps`; `v1` is the core group. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return { group: apiVersion.slice(0, Math.max(0, slash)), version: apiVersion.slice(slash + 1) };
}
