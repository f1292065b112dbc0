import type {
  ApiServerCall,
  ApiServerCallerKind,
  ContainerPort,
  IpAddress,
  Labels,
  PolicyKind,
  PolicyNote,
  SourceLocation,
  WorkloadKind,
} from '@portolan/model';
import type { OwnerReference } from '../validate/object-meta.js';

/** What is left of an object: what the analysis needs, and where it was declared. */
export type SlimObject =
  | SlimNamespace
  | SlimNode
  | SlimPod
  | SlimWorkload
  | SlimPolicy
  | SlimService
  | SlimEndpoints
  | SlimSpec
  | SlimCustomResourceDefinition
  | SlimServiceCidr
  | SlimServiceAccount
  | SlimRoleBinding
  | SlimApiServerCaller;

interface Slim {
  readonly name: string;
  readonly source: SourceLocation;
}

/** The annotation that silences findings about an object, and the line where it stands. */
export interface SlimIgnore {
  readonly text: string;
  readonly line: number;
}

/** An object on which findings may be silenced. */
interface Annotated extends Slim {
  readonly ignore: SlimIgnore | null;
}

/** A Namespace. */
export interface SlimNamespace extends Annotated {
  readonly type: 'namespace';
  readonly labels: Labels;
}

/** A Node. */
export interface SlimNode extends Slim {
  readonly type: 'node';
  readonly labels: Labels;
  readonly ips: readonly IpAddress[];
  /** Networks of its pods, canonical. */
  readonly podCidrs: readonly string[];
}

/** A CustomResourceDefinition: its name, and its conversion webhook. */
export interface SlimCustomResourceDefinition extends Slim {
  readonly type: 'customResourceDefinition';
  readonly calls: readonly ApiServerCall[];
}

/** What makes the API server call Services: webhook configurations and APIServices. */
export interface SlimApiServerCaller extends Slim {
  readonly type: 'apiServerCaller';
  readonly kind: ApiServerCallerKind;
  readonly calls: readonly ApiServerCall[];
}

/** A ServiceAccount. */
export interface SlimServiceAccount extends Slim {
  readonly type: 'serviceAccount';
  readonly namespace: string;
  readonly labels: Labels;
  /** Whether its token is mounted into pods that do not say so themselves. */
  readonly automount: boolean;
}

/** Service accounts that a role is bound to. */
export interface BoundAccounts {
  /** Null = those of every namespace. */
  readonly namespace: string | null;
  /** Null = all of them: a group is bound. */
  readonly name: string | null;
}

/** A RoleBinding or a ClusterRoleBinding. */
export interface SlimRoleBinding extends Slim {
  readonly type: 'roleBinding';
  /** Empty = cluster-scoped. */
  readonly namespace: string;
  readonly labels: Labels;
  readonly accounts: readonly BoundAccounts[];
}

/** Why a pod is thought to use the Kubernetes API. */
export interface ApiUse {
  readonly account: string;
  /** `RoleBinding shop/web`. */
  readonly binding: string;
  readonly isByGroup: boolean;
}

/** The service account of a pod. */
export interface PodAccount {
  readonly name: string;
  /** Whether its token is mounted; null = as the account says. */
  readonly automount: boolean | null;
  /** Of what comes from a stored snapshot, which has neither accounts nor bindings: what followed from these. */
  readonly storedUse?: ApiUse | null;
}

/** A ServiceCIDR. */
export interface SlimServiceCidr extends Slim {
  readonly type: 'serviceCidr';
  /** Canonical. */
  readonly cidrs: readonly string[];
}

/** Pods as selectors and ports see them. */
export interface PodShape {
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
}

/** A Pod. */
export interface SlimPod extends Annotated, PodShape {
  readonly type: 'pod';
  readonly namespace: string;
  readonly owner: OwnerReference | null;
  readonly ips: readonly IpAddress[];
  readonly phase: string | null;
  readonly node: string | null;
  readonly account: PodAccount;
}

/** A workload with its template. */
export interface SlimWorkload extends Annotated {
  readonly type: 'workload';
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly kindName: string;
  readonly owner: OwnerReference | null;
  /** Its own, not those of its template. */
  readonly labels: Labels;
  readonly template: PodShape;
  /** Of its template. */
  readonly account: PodAccount;
  /** Names of its containers, where they matter (isAgentWithOptions). */
  readonly containers: readonly string[];
}

/** A policy with its defaults applied. */
export interface SlimPolicy extends Annotated {
  readonly type: 'policy';
  readonly kind: PolicyKind;
  /** Empty = cluster-scoped. */
  readonly namespace: string;
  readonly labels: Labels;
  /** Canonical JSON of a PolicySpec. */
  readonly spec: string;
  /** Lines of rules, peers, ports and the subject in the order of SOURCE_COLUMNS.policyLines. */
  readonly lines: readonly number[];
  readonly notes: readonly PolicyNote[];
}

/** An object that is kept as a spec. */
interface SpecObject extends Annotated {
  readonly namespace: string;
  readonly labels: Labels;
  /** Canonical JSON. */
  readonly spec: string;
}

/** A Service. */
export interface SlimService extends SpecObject {
  readonly type: 'service';
  readonly hasSelector: boolean;
}

/** An EndpointSlice, or v1 Endpoints: what stands behind a Service without selector. */
export interface SlimEndpoints extends Slim {
  readonly type: 'endpoints';
  readonly form: 'SLICE' | 'ENDPOINTS';
  readonly namespace: string;
  /** Name of the Service; empty when none is named. */
  readonly service: string;
  /** JSON of a list of ServiceEndpoints. */
  readonly endpoints: string;
}

/** A route, a Gateway or a ReferenceGrant. */
export interface SlimSpec extends SpecObject {
  readonly type: 'route' | 'gateway' | 'grant';
  /** Tells objects of one type and name apart. */
  readonly kind: string;
}

/** Whether a pod in this phase takes no part in traffic any more. */
export function isTerminated(phase: string | null): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
