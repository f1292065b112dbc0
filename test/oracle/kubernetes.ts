/**
 * Kubernetes objects as they stand in manifests, before anyone defaulted or checked them: every field may be missing or
 * null. The oracle reads nothing else.
 */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Metadata | null;
  readonly spec?: unknown;
  readonly status?: unknown;
  /** Of `List` kinds. */
  readonly items?: readonly KubernetesObject[] | null;
}

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string | null;
  readonly labels?: Labels | null;
  readonly ownerReferences?: readonly OwnerReference[] | null;
}

export type Labels = Readonly<Record<string, string>>;

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly controller?: boolean | null;
}

export interface Container {
  readonly name?: string;
  readonly ports?: readonly ContainerPort[] | null;
}

export interface ContainerPort {
  readonly containerPort: number;
  readonly name?: string | null;
  readonly protocol?: string | null;
}

export interface PodSpec {
  readonly hostNetwork?: boolean | null;
  readonly nodeName?: string | null;
  readonly containers?: readonly Container[] | null;
  readonly initContainers?: readonly Container[] | null;
}

export interface PodStatus {
  readonly phase?: string | null;
  readonly podIP?: string | null;
  readonly podIPs?: readonly { readonly ip: string }[] | null;
}

export interface PodTemplate {
  readonly metadata?: Metadata | null;
  readonly spec?: PodSpec | null;
}

export interface NodeStatus {
  readonly addresses?: readonly { readonly type: string; readonly address: string }[] | null;
}

/** `spec` of networking.k8s.io/v1 NetworkPolicy. */
export interface PolicySpec {
  readonly podSelector?: Selector | null;
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly IngressRule[] | null;
  readonly egress?: readonly EgressRule[] | null;
}

export interface IngressRule {
  readonly from?: readonly Peer[] | null;
  readonly ports?: readonly Port[] | null;
}

export interface EgressRule {
  readonly to?: readonly Peer[] | null;
  readonly ports?: readonly Port[] | null;
}

export interface Peer {
  readonly podSelector?: Selector | null;
  readonly namespaceSelector?: Selector | null;
  readonly ipBlock?: IpBlock | null;
}

export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[] | null;
}

export interface Port {
  readonly protocol?: string | null;
  readonly port?: number | string | null;
  readonly endPort?: number | null;
}

export interface Selector {
  readonly matchLabels?: Labels | null;
  readonly matchExpressions?: readonly Expression[] | null;
}

export interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | null;
}

/** Missing and null are the same to Kubernetes. */
export function isSet<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
