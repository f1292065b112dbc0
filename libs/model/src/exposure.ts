import type { Caveat, EndpointRef, RuleMatch } from './answer.js';
import type { Direction } from './policy.js';
import type { Enforced, PageRequest } from './question.js';
import type { LabelSelector } from './selector.js';
import type { TrafficSet } from './traffic.js';

/** Who is on the other end of an exposure, narrowest first. */
export const EXPOSURE_LEVELS = [
  'NAMESPACE',
  'OTHER_NAMESPACES',
  'ENTIRE_CLUSTER',
  'NODES',
  'PRIVATE_NETWORKS',
  'INTERNET',
] as const;
/** A level of EXPOSURE_LEVELS. */
export type ExposureLevel = (typeof EXPOSURE_LEVELS)[number];

/** Ways in which traffic from outside comes to a workload. */
export const EXPOSURE_PATH_KINDS = [
  'DIRECT_ADDRESS',
  'LOAD_BALANCER',
  'NODE_PORT',
  'EXTERNAL_IP',
  'INGRESS',
  'GATEWAY',
  'OPENSHIFT_ROUTE',
] as const;
/** A kind of EXPOSURE_PATH_KINDS. */
export type ExposurePathKind = (typeof EXPOSURE_PATH_KINDS)[number];

/** Whether traffic passes. UNKNOWN: it depends on something that the snapshot does not tell. */
export const PATH_STATUSES = ['OPEN', 'BLOCKED', 'UNKNOWN'] as const;
/** A status of PATH_STATUSES. */
export type PathStatus = (typeof PATH_STATUSES)[number];

/** Pods that serve routes; null = any namespace, any pod. */
export interface IngressControllers {
  readonly namespaces: LabelSelector | null;
  readonly pods: LabelSelector | null;
}

/** `exposures`: workloads and how widely they exchange traffic; null = whatever. */
export interface ExposuresQuestion extends Enforced {
  readonly direction: Direction | null;
  readonly atLeast: ExposureLevel;
  readonly namespaces: readonly string[] | null;
  /** Whether some Service or route publishes the workload. */
  readonly published: boolean | null;
  /** Whether NetworkPolicies isolate the workload in the direction. */
  readonly isolated: boolean | null;
  /** Pods that serve all routes; null = those that are known by their labels. */
  readonly ingressControllers: readonly IngressControllers[] | null;
  readonly page: PageRequest;
}

/** A way to a workload. */
export interface ExposurePath {
  readonly kind: ExposurePathKind;
  /** The Service (index) in front of it; null for the workload's own address. */
  readonly service: number | null;
  /** The route (index) in front of the Service; null = none. */
  readonly route: number | null;
  /** The workload (index) that serves the route; null = none, or not known. */
  readonly controller: number | null;
  /** Host names of the route. */
  readonly hosts: readonly string[];
  /** What passes, in ports of the pods. */
  readonly traffic: TrafficSet;
  readonly status: PathStatus;
  /** Why it is not open. */
  readonly reason: string | null;
}

/** What a workload exchanges with peers of a level. */
export interface Exposure {
  /** Workload (index). */
  readonly workload: number;
  readonly direction: Direction;
  readonly level: ExposureLevel;
  readonly peers: readonly EndpointRef[];
  /** What passes on some path. */
  readonly traffic: TrafficSet;
  readonly isolated: boolean;
  /** Rules that let traffic of that level pass directly; none when nothing isolates. */
  readonly causedBy: readonly RuleMatch[];
  /** Of ingress. */
  readonly paths: readonly ExposurePath[];
  readonly caveats: readonly Caveat[];
}

/** A page of exposures; `totalCount` counts all pages. */
export interface ExposurePage {
  readonly rows: readonly Exposure[];
  readonly totalCount: number;
  readonly caveats: readonly Caveat[];
}

/** `routes`: what publishes Services, and whether it leads anywhere. */
export interface RoutesQuestion extends Enforced {
  /** Null = all. */
  readonly namespace: string | null;
  /** Only these (indices); null = all. */
  readonly only: readonly number[] | null;
  readonly ingressControllers: readonly IngressControllers[] | null;
  readonly page: PageRequest;
}

/** Where a route sends traffic, and whether it arrives. */
export interface BackendState {
  readonly namespace: string;
  /** Name as the route has it; null = no Service. */
  readonly name: string | null;
  /** The Service (index); null when there is none. */
  readonly service: number | null;
  readonly port: string | null;
  readonly status: PathStatus;
  readonly reason: string | null;
}

/** What becomes of the traffic of a route. */
export interface RouteState {
  /** Route (index). */
  readonly route: number;
  /** OPEN when some backend gets traffic, else UNKNOWN when some may. */
  readonly status: PathStatus;
  readonly reason: string | null;
  /** Workloads (indices) that serve it. */
  readonly controllers: readonly number[];
  readonly backends: readonly BackendState[];
}

/** A page of routes; `totalCount` counts all pages. */
export interface RoutePage {
  readonly rows: readonly RouteState[];
  readonly totalCount: number;
  readonly caveats: readonly Caveat[];
}
