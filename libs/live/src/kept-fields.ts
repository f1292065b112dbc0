/** What is sent of a value: all of it, or these fields of a map. Lists are looked through. */
export type Kept = true | { readonly [field: string]: Kept };

/**
 * Annotations are left out, but for the one that says which controller an Ingress is for: kubectl keeps a copy of the whole
 * object in one, with whatever secrets it holds.
 */
const METADATA: Kept = {
  name: true,
  namespace: true,
  labels: true,
  ownerReferences: { apiVersion: true, kind: true, name: true, controller: true },
  annotations: { 'kubernetes.io/ingress.class': true },
};

/** No environment, command, arguments or volumes: they are most of a pod, and where people put passwords. */
const CONTAINER: Kept = { name: true, ports: true };
const POD_SPEC: Kept = {
  containers: CONTAINER,
  initContainers: CONTAINER,
  hostNetwork: true,
  nodeName: true,
  serviceAccountName: true,
  automountServiceAccountToken: true,
};
const TEMPLATE: Kept = { metadata: { labels: true }, spec: POD_SPEC };

/** Headers may carry passwords: those that a route sets, and those that it looks for. */
const BACKEND: Kept = { group: true, kind: true, name: true, namespace: true, port: true };
const GATEWAY_RULE: Kept = {
  name: true,
  matches: { path: true, method: true },
  filters: { type: true, requestMirror: { backendRef: BACKEND } },
  backendRefs: { ...BACKEND, weight: true },
};

/** The name of an object, and what belongs to every object. */
export const KEEP_METADATA: Kept = {};
/** Objects that are nothing but what they ask for. */
export const KEEP_SPEC: Kept = { spec: true };
export const KEEP_NODE: Kept = {
  spec: { podCIDR: true, podCIDRs: true },
  status: { addresses: true },
};
export const KEEP_POD: Kept = {
  spec: POD_SPEC,
  status: { phase: true, podIP: true, podIPs: true, hostIP: true, hostIPs: true },
};
export const KEEP_WORKLOAD: Kept = { spec: { selector: true, template: TEMPLATE } };
export const KEEP_CRON_JOB: Kept = { spec: { jobTemplate: { spec: { template: TEMPLATE } } } };
export const KEEP_SERVICE: Kept = { spec: true, status: { loadBalancer: true } };
export const KEEP_ENDPOINT_SLICE: Kept = { addressType: true, endpoints: true, ports: true };
export const KEEP_GATEWAY: Kept = {
  spec: {
    gatewayClassName: true,
    addresses: true,
    listeners: {
      name: true,
      hostname: true,
      port: true,
      protocol: true,
      tls: { mode: true },
      allowedRoutes: true,
    },
  },
  status: { addresses: true },
};
export const KEEP_GATEWAY_ROUTE: Kept = {
  spec: { parentRefs: true, hostnames: true, rules: GATEWAY_RULE },
};
/** The private key of an OpenShift Route may stand in it. */
export const KEEP_OPENSHIFT_ROUTE: Kept = {
  spec: {
    host: true,
    path: true,
    to: true,
    alternateBackends: true,
    port: true,
    wildcardPolicy: true,
    tls: { termination: true, insecureEdgeTerminationPolicy: true },
  },
};

/** Not the names of its secrets. */
export const KEEP_SERVICE_ACCOUNT: Kept = { automountServiceAccountToken: true };
export const KEEP_ROLE_BINDING: Kept = { roleRef: true, subjects: true };
/** Where webhooks are, without the certificates by which they are trusted. */
export const KEEP_WEBHOOKS: Kept = {
  webhooks: { name: true, clientConfig: { service: true }, failurePolicy: true },
};
export const KEEP_API_SERVICE: Kept = { spec: { service: true } };

/** An object of a list with what is sent of it. Elements of lists do not say what they are, so it is written to them. */
export function keptOf(
  object: Readonly<Record<string, unknown>>,
  kept: Kept,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): object {
  const metadata = pick(object.metadata, METADATA);
  const rest = pick(object, kept);
  return { apiVersion, kind, metadata, ...(typeof rest === 'object' ? rest : {}) };
}

function pick(value: unknown, kept: Kept): unknown {
  if (kept === true || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => pick(element, kept));
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(kept)
      .filter(([field]) => Object.hasOwn(fields, field))
      .map(([field, part]) => [field, pick(fields[field], part)]),
  );
}
