import {
  type ContainerPort,
  type Direction,
  type GatewayListener,
  type GatewaySpec,
  type Labels,
  NAMESPACE_NAME_LABEL,
  type PodSelection,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type PolicySpec,
  type PolicyTier,
  type RouteKind,
  type RouteSpec,
  type RuleAction,
  type ServiceEndpoints,
  type ServiceSpec,
} from '@portolan/model';
import type { AdminAction, AdminPolicyKind } from '../validate/admin-grammar.js';
import type { AdminPeerManifest } from '../validate/admin-peer.js';
import type { AdminPolicyManifest } from '../validate/admin-policy.js';
import type { AdminPortManifest } from '../validate/admin-ports.js';
import type { AdminRuleManifest } from '../validate/admin-rule.js';
import type { EndpointsManifest } from '../validate/endpoints.js';
import type { ListenerManifest } from '../validate/gateway.js';
import type { RouteManifest } from '../validate/ingress.js';
import type {
  PeerManifest,
  PolicyManifest,
  PortManifest,
  RuleManifest,
} from '../validate/network-policy.js';
import type { PodSelectionManifest } from '../validate/pod-selection.js';
import type { ContainerPortManifest } from '../validate/ports.js';
import type { ServiceManifest } from '../validate/service.js';

/** The namespace of objects that name none. */
export const DEFAULT_NAMESPACE = 'default';

/*
 * Everything that the API server fills in is filled in here. Past this step nothing asks whether a field was set.
 */

/** The labels of a namespace, declared or not. */
export function namespaceLabels(name: string, declared: Labels): Labels {
  return { ...declared, [NAMESPACE_NAME_LABEL]: name };
}

/** Container ports: protocol TCP. */
export function containerPort({ name, port, protocol }: ContainerPortManifest): ContainerPort {
  return { name, port, protocol: protocol ?? 'TCP' };
}

/** The spec of a NetworkPolicy: selectors, effective policy types, protocol TCP. */
export function networkPolicySpec(manifest: PolicyManifest): PolicySpec {
  return {
    tier: 'NETWORK_POLICY',
    priority: null,
    subject: { namespaceSelector: null, podSelector: manifest.podSelector ?? [] },
    directions: effectiveTypes(manifest),
    ingress: manifest.ingress.map(policyRule),
    egress: manifest.egress.map(policyRule),
  };
}

function effectiveTypes({ policyTypes, egress }: PolicyManifest): Direction[] {
  const isUnset = policyTypes.length === 0;
  const types: Direction[] = [];
  if (isUnset || policyTypes.includes('Ingress')) types.push('INGRESS');
  if (isUnset ? egress.length > 0 : policyTypes.includes('Egress')) types.push('EGRESS');
  return types;
}

function policyRule({ peers, ports }: RuleManifest): PolicyRule {
  return {
    name: null,
    action: 'ALLOW',
    peers: peers.length === 0 ? null : peers.map(policyPeer),
    ports: ports.length === 0 ? null : ports.map(policyPort),
  };
}

function policyPeer({ podSelector, namespaceSelector, ipBlock }: PeerManifest): PolicyPeer {
  if (ipBlock !== null) return { kind: 'networks', cidrs: [ipBlock.cidr], except: ipBlock.except };
  return { kind: 'pods', namespaceSelector, podSelector: podSelector ?? [] };
}

function policyPort({ protocol, port, endPort }: PortManifest): PolicyPort {
  return { protocol: protocol ?? 'TCP', port, endPort };
}

const ACTIONS: Readonly<Record<AdminAction, RuleAction>> = {
  Accept: 'ALLOW',
  Allow: 'ALLOW',
  Deny: 'DENY',
  Pass: 'PASS',
};

/**
 * The spec of a policy of `policy.networking.k8s.io`: the tier that goes with its kind, the directions in which it has
 * rules, selectors, protocol TCP.
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function adminPolicySpec(kind: AdminPolicyKind, manifest: AdminPolicyManifest): PolicySpec {
  const { priority, subject, ingress, egress } = manifest;
  const directions: Direction[] = [];
  if (ingress.length > 0) directions.push('INGRESS');
  if (egress.length > 0) directions.push('EGRESS');
  return {
    tier: tierOf(kind, manifest),
    priority,
    subject: podSelection(subject),
    directions,
    ingress: ingress.map(adminRule),
    egress: egress.map(adminRule),
  };
}

function tierOf(kind: AdminPolicyKind, { tier }: AdminPolicyManifest): PolicyTier {
  switch (kind) {
    case 'ADMIN_NETWORK_POLICY':
      return 'ADMIN';
    case 'BASELINE_ADMIN_NETWORK_POLICY':
      return 'BASELINE';
    case 'CLUSTER_NETWORK_POLICY':
      return tier === 'Baseline' ? 'BASELINE' : 'ADMIN';
  }
}

/** Both selectors select everything where they are missing. */
function podSelection({ namespaceSelector, podSelector }: PodSelectionManifest): PodSelection {
  return { namespaceSelector: namespaceSelector ?? [], podSelector: podSelector ?? [] };
}

function adminRule({ name, action, peers, ports }: AdminRuleManifest): PolicyRule {
  return {
    name,
    action: ACTIONS[action],
    peers: peers.map(adminPeer),
    ports: ports?.flatMap((port) => (port === null ? [] : [adminPort(port)])) ?? null,
  };
}

function adminPeer(peer: AdminPeerManifest): PolicyPeer {
  switch (peer.kind) {
    case 'pods':
      return { kind: 'pods', ...podSelection(peer) };
    case 'networks':
      return { ...peer, except: [] };
    case 'nodes':
    case 'domainNames':
    case 'unknown':
      return peer;
  }
}

function adminPort(port: AdminPortManifest): PolicyPort {
  if (port.kind === 'name') return { protocol: null, port: port.name, endPort: null };
  return { protocol: port.protocol ?? 'TCP', port: port.port, endPort: port.endPort };
}

/** The spec of a Service: type ClusterIP, protocol TCP, `targetPort` as `port`, `externalTrafficPolicy` Cluster. */
export function serviceSpec({
  isHeadless,
  externalTrafficPolicy,
  ...manifest
}: ServiceManifest): ServiceSpec {
  return {
    ...manifest,
    type: manifest.type ?? 'ClusterIP',
    headless: isHeadless,
    // An ExternalName is an alias: a selector of it selects nothing.
    selector: manifest.type === 'ExternalName' ? null : manifest.selector,
    ports: manifest.ports.map(({ protocol, targetPort, ...port }) => ({
      ...port,
      protocol: protocol ?? 'TCP',
      targetPort: targetPort ?? port.port,
    })),
    endpoints: [],
    ...(externalTrafficPolicy === 'Local' ? { externalTrafficPolicy } : {}),
  };
}

/** What stands behind a Service without selector: protocol TCP; no ports = every port. */
export function serviceEndpoints({ addresses, ports }: EndpointsManifest): ServiceEndpoints {
  return {
    addresses,
    ports: ports.map(({ protocol, ...port }) => ({ ...port, protocol: protocol ?? 'TCP' })),
  };
}

/** The spec of a route: backends and parents are in its own namespace; each backend once. */
export function routeSpec(kind: RouteKind, namespace: string, manifest: RouteManifest): RouteSpec {
  const { hosts, ingressClass, parents, isTls, backends } = manifest;
  const distinct = new Map(
    backends.map((backend) => {
      const placed = { ...backend, namespace: backend.namespace ?? namespace };
      const { namespace: place, service, port } = placed;
      return [JSON.stringify([place, service, port]), { namespace: place, service, port }];
    }),
  );
  return {
    kind,
    hosts: [...new Set(hosts)],
    ingressClass,
    parents: parents.map((parent) => ({ ...parent, namespace: parent.namespace ?? namespace })),
    tls: isTls,
    backends: [...distinct.values()],
  };
}

/** The spec of a Gateway: a listener takes the routes of its own namespace. */
export function gatewaySpec(
  className: string,
  listeners: readonly ListenerManifest[],
): GatewaySpec {
  return {
    className,
    listeners: listeners.map(({ name, protocol, port, hostname, ...routes }) => ({
      name,
      protocol,
      port,
      hostname,
      routesFrom: routesFrom(routes),
    })),
  };
}

function routesFrom({
  from,
  selector,
}: Pick<ListenerManifest, 'from' | 'selector'>): GatewayListener['routesFrom'] {
  switch (from) {
    case 'All':
      return 'ALL';
    case 'None':
      return 'NONE';
    case 'Selector':
      return selector ?? 'NONE';
    case 'Same':
    case null:
      return 'SAME';
  }
}
