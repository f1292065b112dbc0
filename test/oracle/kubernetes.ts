/**
 * Kubernetes objects as they stand in manifests, before anyone defaulted or checked them: every field may be missing or
 * null. The oracle reads nothing else.
 */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Metadata | null | undefined;
  readonly spec?: unknown;
  readonly status?: unknown;
  /** Of `List` kinds. */
  readonly items?: readonly KubernetesObject[] | null | undefined;
}

export interface Metadata {
  readonly name?: string | null | undefined;
  readonly namespace?: string | null | undefined;
  readonly labels?: Labels | null | undefined;
  readonly ownerReferences?: readonly OwnerReference[] | null | undefined;
}

export type Labels = Readonly<Record<string, string>>;

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly controller?: boolean | null | undefined;
}

export interface Container {
  readonly name?: string | null | undefined;
  readonly ports?: readonly ContainerPort[] | null | undefined;
}

export interface ContainerPort {
  readonly containerPort: number;
  readonly name?: string | null | undefined;
  readonly protocol?: string | null | undefined;
}

export interface PodSpec {
  readonly hostNetwork?: boolean | null | undefined;
  readonly nodeName?: string | null | undefined;
  readonly containers?: readonly Container[] | null | undefined;
  readonly initContainers?: readonly Container[] | null | undefined;
}

export interface PodStatus {
  readonly phase?: string | null | undefined;
  readonly podIP?: string | null | undefined;
  readonly podIPs?: readonly { readonly ip: string }[] | null | undefined;
}

export interface PodTemplate {
  readonly metadata?: Metadata | null | undefined;
  readonly spec?: PodSpec | null | undefined;
}

export interface NodeStatus {
  readonly addresses?:
    readonly { readonly type: string; readonly address: string }[] | null | undefined;
}

/** `spec` of networking.k8s.io/v1 NetworkPolicy. */
export interface PolicySpec {
  readonly podSelector?: Selector | null | undefined;
  readonly policyTypes?: readonly string[] | null | undefined;
  readonly ingress?: readonly IngressRule[] | null | undefined;
  readonly egress?: readonly EgressRule[] | null | undefined;
}

export interface IngressRule {
  readonly from?: readonly Peer[] | null | undefined;
  readonly ports?: readonly Port[] | null | undefined;
}

export interface EgressRule {
  readonly to?: readonly Peer[] | null | undefined;
  readonly ports?: readonly Port[] | null | undefined;
}

export interface Peer {
  readonly podSelector?: Selector | null | undefined;
  readonly namespaceSelector?: Selector | null | undefined;
  readonly ipBlock?: IpBlock | null | undefined;
}

export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[] | null | undefined;
}

export interface Port {
  readonly protocol?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly endPort?: number | null | undefined;
}

/**
 * `spec` of the cluster-scoped kinds of policy.networking.k8s.io: AdminNetworkPolicy and BaselineAdminNetworkPolicy
 * (v1alpha1), ClusterNetworkPolicy (v1alpha2).
 */
export interface AdminPolicySpec {
  /** Of ClusterNetworkPolicy. */
  readonly tier?: string | null | undefined;
  /** Of AdminNetworkPolicy and ClusterNetworkPolicy. */
  readonly priority?: number | null | undefined;
  readonly subject: AdminSubject;
  readonly ingress?: readonly AdminRule[] | null | undefined;
  readonly egress?: readonly AdminRule[] | null | undefined;
}

export interface AdminSubject {
  readonly namespaces?: Selector | null | undefined;
  readonly pods?: NamespacedPods | null | undefined;
}

export interface NamespacedPods {
  readonly namespaceSelector?: Selector | null | undefined;
  readonly podSelector: Selector;
}

export interface AdminRule {
  readonly name?: string | null | undefined;
  readonly action: string;
  /** Of ingress rules. */
  readonly from?: readonly AdminPeer[] | null | undefined;
  /** Of egress rules. */
  readonly to?: readonly AdminPeer[] | null | undefined;
  /** Of v1alpha1. */
  readonly ports?: readonly AdminPort[] | null | undefined;
  /** Of v1alpha2. */
  readonly protocols?: readonly AdminPort[] | null | undefined;
}

/** Which of the fields a peer may have depends on direction and kind. */
export interface AdminPeer {
  readonly namespaces?: Selector | null | undefined;
  readonly pods?: NamespacedPods | null | undefined;
  readonly networks?: readonly string[] | null | undefined;
  readonly nodes?: Selector | null | undefined;
  readonly domainNames?: readonly string[] | null | undefined;
}

/** An entry of `ports` (the first three fields) or of `protocols` (the others). */
export interface AdminPort {
  readonly portNumber?: PortNumber | null | undefined;
  readonly portRange?: (PortSpan & MayNameProtocol) | null | undefined;
  readonly namedPort?: string | null | undefined;
  readonly tcp?: ProtocolMatch | null | undefined;
  readonly udp?: ProtocolMatch | null | undefined;
  readonly sctp?: ProtocolMatch | null | undefined;
  readonly destinationNamedPort?: string | null | undefined;
}

export interface MayNameProtocol {
  readonly protocol?: string | null | undefined;
}

export interface PortNumber extends MayNameProtocol {
  readonly port: number;
}

export interface ProtocolMatch {
  readonly destinationPort: {
    readonly number?: number | null | undefined;
    readonly range?: PortSpan | null | undefined;
  };
}

/** Both ends included. */
export interface PortSpan {
  readonly start: number;
  readonly end: number;
}

export interface Selector {
  readonly matchLabels?: Labels | null | undefined;
  readonly matchExpressions?: readonly Expression[] | null | undefined;
}

export interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | null | undefined;
}

/** Missing and null are the same to Kubernetes. */
export function isSet<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
