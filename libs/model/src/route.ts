import type { LabelSelector } from './selector.js';

/** Kinds of object that publish Services by host name or port. */
export const ROUTE_KINDS = [
  'INGRESS',
  'HTTP_ROUTE',
  'GRPC_ROUTE',
  'TLS_ROUTE',
  'TCP_ROUTE',
  'OPENSHIFT_ROUTE',
] as const;
/** A kind of ROUTE_KINDS. */
export type RouteKind = (typeof ROUTE_KINDS)[number];

const KIND_NAMES: Readonly<Record<RouteKind, string>> = {
  INGRESS: 'Ingress',
  HTTP_ROUTE: 'HTTPRoute',
  GRPC_ROUTE: 'GRPCRoute',
  TLS_ROUTE: 'TLSRoute',
  TCP_ROUTE: 'TCPRoute',
  OPENSHIFT_ROUTE: 'Route',
};

/** The kind as manifests write it. */
export function routeKindName(kind: RouteKind): string {
  return KIND_NAMES[kind];
}

/** Where a route sends traffic. */
export interface RouteBackend {
  readonly namespace: string;
  /** Null = no Service: a resource of another kind, which is not followed. */
  readonly service: string | null;
  /**
   * Number or name of a port of the Service; of an OpenShift Route the number of a pod's port. Null = every port of the
   * Service.
   */
  readonly port: number | string | null;
}

/** A Gateway that a route is attached to. */
export interface RouteParent {
  readonly namespace: string;
  readonly name: string;
  /** The listener; null = any. */
  readonly sectionName: string | null;
}

/** A route of any kind, with its defaults applied. */
export interface RouteSpec {
  readonly kind: RouteKind;
  /** Host names; empty = every host. */
  readonly hosts: readonly string[];
  /** Of an Ingress: the class that says which controllers serve it. */
  readonly ingressClass: string | null;
  /** Gateways; empty for kinds that have none. */
  readonly parents: readonly RouteParent[];
  readonly tls: boolean;
  /** Each once. */
  readonly backends: readonly RouteBackend[];
}

/** A listener of a Gateway, as far as it says which routes it takes. */
export interface GatewayListener {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly hostname: string | null;
  /** Namespaces whose routes it takes: its own, all, or those that a selector fits. */
  readonly routesFrom: 'SAME' | 'ALL' | 'NONE' | LabelSelector;
}

/** A Gateway with its defaults applied. */
export interface GatewaySpec {
  readonly className: string;
  readonly listeners: readonly GatewayListener[];
}

/** A ReferenceGrant, as far as it is about Services: who may refer to which Services of its namespace. */
export interface ReferenceGrantSpec {
  readonly from: readonly { readonly kind: RouteKind; readonly namespace: string }[];
  /** Names of Services; null = all. */
  readonly services: readonly string[] | null;
}
