import type { HypotheticalPod } from './hypothetical-pod.js';
import type { WorkloadKind } from './segment.js';
import type { LabelSelector } from './selector.js';
import type { Protocol } from './traffic.js';

/** What a question is about: a source or a destination. */
export type EndpointSelection =
  | {
      readonly kind: 'workload';
      readonly namespace: string;
      readonly name: string;
      readonly workloadKind: WorkloadKind | null;
    }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  /** What stands behind a Service. As a destination the ports asked about are those of the Service, unless it is headless. */
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly name: string }
  /** Existing pods by selectors; null = any. */
  | {
      readonly kind: 'selector';
      readonly namespaces: LabelSelector | null;
      readonly pods: LabelSelector | null;
    }
  /** A canonical CIDR. Pods whose addresses lie in it are meant by it, and all its other addresses. */
  | { readonly kind: 'cidr'; readonly cidr: string }
  /** Every public address. */
  | { readonly kind: 'internet' }
  | { readonly kind: 'hypotheticalPod'; readonly pod: HypotheticalPod };

/**
 * Traffic asked about. All null = any. `portName` is resolved on the destination's container ports (TCP when `protocol`
 * is null, as in a policy); `port` and `portName` exclude each other.
 */
export interface TrafficQuery {
  /** OTHER = neither TCP, UDP nor SCTP: undefined by the NetworkPolicy API, the answer is UNKNOWN. */
  readonly protocol: Protocol | 'OTHER' | null;
  readonly port: number | null;
  /** Inclusive end of a range that starts at `port`. */
  readonly endPort: number | null;
  readonly portName: string | null;
}

/** Traffic of any protocol and port. */
export const ANY_TRAFFIC: TrafficQuery = {
  protocol: null,
  port: null,
  endPort: null,
  portName: null,
};

/** How rows are grouped. */
export const GROUPINGS = ['POD', 'WORKLOAD', 'NAMESPACE'] as const;
/** A grouping of GROUPINGS. */
export type EndpointGrouping = (typeof GROUPINGS)[number];

/** Which peers rows are wanted for. */
export interface PeerScope {
  /** Addresses outside the cluster. */
  readonly external: boolean;
  /** hostNetwork pods. */
  readonly hosts: boolean;
  /** The workload asked about itself. */
  readonly self: boolean;
  /** Pods that do not exist, and that rules would admit: a row for all that are treated alike. Not of `allowedAccess`. */
  readonly hypothetical: boolean;
  /** Only pods of these namespaces; null = all. */
  readonly namespaces: readonly string[] | null;
}

/** All peers but the endpoint itself. */
export const DEFAULT_PEER_SCOPE: PeerScope = {
  external: true,
  hosts: true,
  self: false,
  hypothetical: false,
  namespaces: null,
};

/** A page of a list in stable order: rows from `offset`, at most `limit` (1-100 at the API). */
export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

/** What every question about traffic says of the cluster that it is asked about. */
export interface Enforced {
  /** Whether policies take effect. False = nothing in the cluster enforces them: everything passes. */
  readonly isEnforced: boolean;
}

/** `whoCanReach` and `reachableFrom`: peers of one endpoint. */
export interface PeersQuestion extends Enforced {
  readonly endpoint: EndpointSelection;
  readonly traffic: TrafficQuery;
  readonly groupBy: EndpointGrouping;
  readonly peers: PeerScope;
  readonly page: PageRequest;
  /** Whether to say what rows rest on: their reasons, and all caveats. It takes longer than finding the rows. */
  readonly isExplained: boolean;
}

/** `canReach`. */
export interface CanReachQuestion extends Enforced {
  readonly from: EndpointSelection;
  readonly to: EndpointSelection;
  readonly traffic: TrafficQuery;
}

/** `allowedAccess`: every pair, filtered. */
export interface AllowedAccessQuestion extends Enforced {
  readonly from: EndpointSelection | null;
  readonly to: EndpointSelection | null;
  readonly traffic: TrafficQuery;
  readonly crossNamespace: boolean;
  readonly groupBy: EndpointGrouping;
  readonly peers: PeerScope;
  readonly page: PageRequest;
}

/** Options of a diff. */
export interface DiffOptions {
  /** Only changes that touch these namespaces; null = all. */
  readonly namespaces: readonly string[] | null;
  readonly includeAddedAndRemovedWorkloads: boolean;
  readonly groupBy: EndpointGrouping;
}
