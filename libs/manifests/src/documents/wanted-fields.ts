import { IGNORE_ANNOTATION } from '@portolan/model';

/** The fields of a map that are kept, and what is kept of their values; `true` = all of it. Lists are looked through. */
export type Wanted = true | ReadonlyMap<string, Wanted>;

const POD_SPEC_FIELDS = {
  containers: fields({ ports: true }),
  initContainers: fields({ ports: true }),
  hostNetwork: true,
  nodeName: true,
  serviceAccountName: true,
  serviceAccount: true,
  automountServiceAccountToken: true,
} as const;
const POD_SPEC = fields(POD_SPEC_FIELDS);
const TEMPLATE = fields({ metadata: fields({ labels: true }), spec: POD_SPEC });
/** Containers by name: some tell what a network plugin does. */
const AGENT_TEMPLATE = fields({
  metadata: fields({ labels: true }),
  spec: fields({ ...POD_SPEC_FIELDS, containers: fields({ name: true, ports: true }) }),
});
const ANNOTATIONS = { [IGNORE_ANNOTATION]: true } as const;
const META = {
  name: true,
  namespace: true,
  labels: true,
  annotations: fields(ANNOTATIONS),
  ownerReferences: true,
} as const;
const OBJECT = { apiVersion: true, kind: true, metadata: fields(META) } as const;
const INGRESS_META = fields({
  ...META,
  annotations: fields({ ...ANNOTATIONS, 'kubernetes.io/ingress.class': true }),
});
const WORKLOAD = fields({ ...OBJECT, spec: fields({ selector: true, template: TEMPLATE }) });

/** Where a webhook is, without the certificate that it is trusted by. */
const CLIENT_CONFIG = fields({ service: true });
const WEBHOOKS = fields({
  ...OBJECT,
  webhooks: fields({ name: true, clientConfig: CLIENT_CONFIG, failurePolicy: true }),
});
const ROLE_BINDING = fields({ ...OBJECT, roleRef: true, subjects: true });
const CONVERSION = fields({
  strategy: true,
  webhook: fields({ clientConfig: CLIENT_CONFIG }),
});

const SERVICE_STATUS = fields({ loadBalancer: fields({ ingress: fields({ ip: true }) }) });
/** Of kinds that route traffic: all of the spec. */
const ROUTE = fields({ ...OBJECT, spec: true });

const BY_KIND: ReadonlyMap<string, Wanted> = new Map<string, Wanted>([
  ['Namespace', fields(OBJECT)],
  [
    'Node',
    fields({
      ...OBJECT,
      spec: fields({ podCIDR: true, podCIDRs: true }),
      status: fields({ addresses: true }),
    }),
  ],
  ['ServiceCIDR', fields({ ...OBJECT, spec: fields({ cidrs: true }) })],
  [
    'Pod',
    fields({
      ...OBJECT,
      spec: POD_SPEC,
      status: fields({ phase: true, podIP: true, podIPs: true, hostIP: true, hostIPs: true }),
    }),
  ],
  ['Service', fields({ ...OBJECT, spec: true, status: SERVICE_STATUS })],
  ['Endpoints', fields({ ...OBJECT, subsets: true })],
  ['EndpointSlice', fields({ ...OBJECT, addressType: true, endpoints: true, ports: true })],
  ['Ingress', fields({ ...OBJECT, metadata: INGRESS_META, spec: true })],
  ['HTTPRoute', ROUTE],
  ['GRPCRoute', ROUTE],
  ['TLSRoute', ROUTE],
  ['TCPRoute', ROUTE],
  ['Gateway', ROUTE],
  ['ReferenceGrant', ROUTE],
  ['Route', ROUTE],
  ['Deployment', WORKLOAD],
  ['ReplicaSet', WORKLOAD],
  ['StatefulSet', WORKLOAD],
  ['DaemonSet', fields({ ...OBJECT, spec: fields({ selector: true, template: AGENT_TEMPLATE }) })],
  ['ReplicationController', WORKLOAD],
  ['Job', WORKLOAD],
  [
    'CronJob',
    fields({
      ...OBJECT,
      spec: fields({ jobTemplate: fields({ spec: fields({ template: TEMPLATE }) }) }),
    }),
  ],
  ['ServiceAccount', fields({ ...OBJECT, automountServiceAccountToken: true })],
  ['RoleBinding', ROLE_BINDING],
  ['ClusterRoleBinding', ROLE_BINDING],
  ['ValidatingWebhookConfiguration', WEBHOOKS],
  ['MutatingWebhookConfiguration', WEBHOOKS],
  ['APIService', fields({ ...OBJECT, spec: fields({ service: true }) })],
  ['CustomResourceDefinition', fields({ ...OBJECT, spec: fields({ conversion: CONVERSION }) })],
  ['UnlistedKind', fields({ ...OBJECT, spec: true })],
  // Unknown fields of a policy are looked for, so all of it is read.
  ['NetworkPolicy', true],
  ['AdminNetworkPolicy', true],
  ['BaselineAdminNetworkPolicy', true],
  ['ClusterNetworkPolicy', true],
]);
const OTHER_KIND = fields(OBJECT);
const LIST = fields({ apiVersion: true, kind: true, items: true });
/** Fields of Secrets and ConfigMaps, which stand in front of `kind` in the order of kubectl. */
const NEVER_KEPT = ['data', 'stringData', 'binaryData'];

/** What is kept of a field of a map of which `wanted` is kept; null = nothing. */
export function partOf(wanted: Wanted, field: string): Wanted | null {
  return wanted === true ? true : (wanted.get(field) ?? null);
}

/** What is kept of a field of a Kubernetes object; `kind` null = not known yet. */
export function partOfObject(kind: string | null, field: string): Wanted | null {
  if (kind === null) return NEVER_KEPT.includes(field) ? null : true;
  return partOf(BY_KIND.get(kind) ?? (kind.endsWith('List') ? LIST : OTHER_KIND), field);
}

function fields(entries: Readonly<Record<string, Wanted>>): ReadonlyMap<string, Wanted> {
  return new Map(Object.entries(entries));
}
