import {
  KEEP_API_SERVICE,
  KEEP_CRON_JOB,
  KEEP_ENDPOINT_SLICE,
  KEEP_GATEWAY,
  KEEP_GATEWAY_ROUTE,
  KEEP_METADATA,
  KEEP_NODE,
  KEEP_OPENSHIFT_ROUTE,
  KEEP_POD,
  KEEP_ROLE_BINDING,
  KEEP_SERVICE,
  KEEP_SERVICE_ACCOUNT,
  KEEP_SPEC,
  KEEP_WEBHOOKS,
  KEEP_WORKLOAD,
  type Kept,
} from './kept-fields.js';

/** A kind of object that is asked for. The API server knows the kind's name, and the versions of it. */
export interface ListedKind {
  /** API group; empty for core. */
  readonly group: string;
  /** Name in addresses and in roles. */
  readonly plural: string;
  readonly kept: Kept;
  /** Every API server serves it: one that does not is not understood. Others belong to what may be installed. */
  readonly isBuiltIn: boolean;
  /** Access does not depend on it, only what findings say: a snapshot without it is as complete as one with it. */
  readonly isAside: boolean;
}

/** Definitions tell which network plugin there is, and which kinds of policy nobody here has heard of. */
export const DEFINITIONS: ListedKind = {
  group: 'apiextensions.k8s.io',
  plural: 'customresourcedefinitions',
  kept: KEEP_METADATA,
  isBuiltIn: true,
  isAside: false,
};

/**
 * Every kind that is asked for, in this order. Secrets and ConfigMaps never are. `apps/import/cluster-role.yaml` allows
 * exactly these.
 */
export const LISTED_KINDS: readonly ListedKind[] = [
  DEFINITIONS,
  builtIn('', 'namespaces', KEEP_METADATA),
  builtIn('', 'nodes', KEEP_NODE),
  builtIn('', 'pods', KEEP_POD),
  builtIn('', 'services', KEEP_SERVICE),
  builtIn('', 'replicationcontrollers', KEEP_WORKLOAD),
  builtIn('apps', 'deployments', KEEP_WORKLOAD),
  builtIn('apps', 'replicasets', KEEP_WORKLOAD),
  builtIn('apps', 'statefulsets', KEEP_WORKLOAD),
  builtIn('apps', 'daemonsets', KEEP_WORKLOAD),
  builtIn('batch', 'jobs', KEEP_WORKLOAD),
  builtIn('batch', 'cronjobs', KEEP_CRON_JOB),
  builtIn('discovery.k8s.io', 'endpointslices', KEEP_ENDPOINT_SLICE),
  builtIn('networking.k8s.io', 'ingresses', KEEP_SERVICE),
  builtIn('networking.k8s.io', 'networkpolicies', KEEP_SPEC),

  // Newer than some API servers.
  ...installed('networking.k8s.io', KEEP_SPEC, ['servicecidrs']),
  ...installed('gateway.networking.k8s.io', KEEP_GATEWAY, ['gateways']),
  ...installed('gateway.networking.k8s.io', KEEP_SPEC, ['referencegrants']),
  ...installed('gateway.networking.k8s.io', KEEP_GATEWAY_ROUTE, [
    'httproutes',
    'grpcroutes',
    'tlsroutes',
    'tcproutes',
  ]),
  ...installed('route.openshift.io', KEEP_OPENSHIFT_ROUTE, ['routes']),
  ...installed('policy.networking.k8s.io', KEEP_SPEC, [
    'adminnetworkpolicies',
    'baselineadminnetworkpolicies',
    'clusternetworkpolicies',
  ]),

  // Who uses the API, and whom the API server calls.
  aside('', 'serviceaccounts', KEEP_SERVICE_ACCOUNT),
  aside('rbac.authorization.k8s.io', 'rolebindings', KEEP_ROLE_BINDING),
  aside('rbac.authorization.k8s.io', 'clusterrolebindings', KEEP_ROLE_BINDING),
  aside('admissionregistration.k8s.io', 'validatingwebhookconfigurations', KEEP_WEBHOOKS),
  aside('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', KEEP_WEBHOOKS),
  aside('apiregistration.k8s.io', 'apiservices', KEEP_API_SERVICE),

  // Policies that are not evaluated: that they are there is all that can be said of them.
  ...installed('crd.projectcalico.org', KEEP_METADATA, [
    'networkpolicies',
    'globalnetworkpolicies',
    'stagednetworkpolicies',
    'stagedglobalnetworkpolicies',
    'stagedkubernetesnetworkpolicies',
  ]),
  ...installed('cilium.io', KEEP_METADATA, [
    'ciliumnetworkpolicies',
    'ciliumclusterwidenetworkpolicies',
  ]),
  ...installed('crd.antrea.io', KEEP_METADATA, ['networkpolicies', 'clusternetworkpolicies']),
  ...installed('k8s.ovn.org', KEEP_METADATA, ['egressfirewalls']),
  ...installed('network.openshift.io', KEEP_METADATA, ['egressnetworkpolicies']),
  ...installed('k8s.cni.cncf.io', KEEP_METADATA, ['multi-networkpolicies']),
  ...installed('security.istio.io', KEEP_METADATA, ['authorizationpolicies']),
  ...installed('policy.linkerd.io', KEEP_METADATA, [
    'authorizationpolicies',
    'servers',
    'serverauthorizations',
  ]),
];

function builtIn(group: string, plural: string, kept: Kept): ListedKind {
  return { group, plural, kept, isBuiltIn: true, isAside: false };
}

function aside(group: string, plural: string, kept: Kept): ListedKind {
  return { group, plural, kept, isBuiltIn: false, isAside: true };
}

function installed(group: string, kept: Kept, plurals: readonly string[]): ListedKind[] {
  return plurals.map((plural) => ({ group, plural, kept, isBuiltIn: false, isAside: false }));
}

/** The name of a kind as definitions have it: `ingresses.networking.k8s.io`, `pods`. */
export function resourceName({ group, plural }: Pick<ListedKind, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** What the name of a definition must look like to be one of a policy; libs/manifests tells policies by such names, too. */
const POLICY_DEFINITION = /^([a-z0-9-]*networkpolic(?:y|ies))\.([a-z0-9.-]+)$/;

/** Kinds of network policy among definitions that are in no list: what they are is not known, but that they are there. */
export function unknownPolicies(definitions: readonly string[]): ListedKind[] {
  const known = new Set(LISTED_KINDS.map(resourceName));
  return definitions
    .filter((name) => !known.has(name))
    .flatMap((name) => {
      const [, plural, group] = POLICY_DEFINITION.exec(name) ?? [];
      if (plural === undefined || group === undefined) return [];
      return installed(group, KEEP_METADATA, [plural]);
    });
}
