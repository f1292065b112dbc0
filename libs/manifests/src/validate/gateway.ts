import type { LabelSelector, RouteKind } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import {
  type BackendManifest,
  noteUnfollowed,
  readOptionalName,
  readReferredName,
} from './backend.js';
import { readChoice } from './choice.js';
import { type Findings, quoted } from './findings.js';
import type { ParentManifest, RouteManifest } from './ingress.js';
import { readLabelSelector } from './label-selector.js';
import { faultInSubdomainName } from './names.js';
import { readPortNumber } from './ports.js';
import { type Fields, listAt, mapAt, textAt } from './shape.js';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/**
 * Reads a route of the Gateway API: HTTPRoute, GRPCRoute, TLSRoute or TCPRoute. Parents that are no Gateways (a mesh's
 * Services) publish nothing and are left out.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function readGatewayRoute(object: Fields, findings: Findings): RouteManifest {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const parents = listAt(spec.parentRefs, ['spec', 'parentRefs'], findings) ?? [];
  const hosts = listAt(spec.hostnames, ['spec', 'hostnames'], findings) ?? [];
  const rules = listAt(spec.rules, ['spec', 'rules'], findings) ?? [];
  return {
    hosts: hosts.map((host, i) => textAt(host, ['spec', 'hostnames', i], findings) ?? ''),
    ingressClass: null,
    parents: parents.flatMap((entry, i) => readParent(entry, ['spec', 'parentRefs', i], findings)),
    isTls: false,
    backends: rules.flatMap((rule, i) => {
      const path = ['spec', 'rules', i, 'backendRefs'];
      const fields = mapAt(rule, ['spec', 'rules', i], findings) ?? {};
      return (listAt(fields.backendRefs, path, findings) ?? []).map((entry, j) =>
        readBackendRef(entry, [...path, j], findings),
      );
    }),
  };
}

function readParent(value: unknown, path: Path, findings: Findings): ParentManifest[] {
  const fields = mapAt(value, path, findings) ?? {};
  const group = textAt(fields.group, [...path, 'group'], findings) ?? GATEWAY_GROUP;
  const kind = textAt(fields.kind, [...path, 'kind'], findings) ?? 'Gateway';
  const name = readReferredObject(fields.name, [...path, 'name'], findings);
  const namespace = readOptionalName(fields.namespace, [...path, 'namespace'], findings);
  const sectionName = textAt(fields.sectionName, [...path, 'sectionName'], findings);
  return group === GATEWAY_GROUP && kind === 'Gateway' ? [{ namespace, name, sectionName }] : [];
}

function readBackendRef(value: unknown, path: Path, findings: Findings): BackendManifest {
  const fields = mapAt(value, path, findings) ?? {};
  const group = textAt(fields.group, [...path, 'group'], findings) ?? '';
  const kind = textAt(fields.kind, [...path, 'kind'], findings) ?? 'Service';
  const namespace = readOptionalName(fields.namespace, [...path, 'namespace'], findings);
  if (group !== '' || kind !== 'Service') return noteUnfollowed(quoted(kind), path, findings);
  return {
    namespace,
    service: readReferredName(fields.name, [...path, 'name'], findings),
    // "Port is required when the referent is a Kubernetes Service."
    port: readPortNumber(fields.port, [...path, 'port'], findings),
  };
}

function readReferredObject(value: unknown, path: Path, findings: Findings): string {
  const name = textAt(value, path, findings) ?? '';
  const fault = name === '' ? 'is required' : faultInSubdomainName(name);
  if (fault !== null) findings.reject(path, fault);
  return name;
}

/** A listener of a Gateway as written: null = missing. */
export interface ListenerManifest {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly hostname: string | null;
  readonly from: 'All' | 'Selector' | 'Same' | 'None' | null;
  readonly selector: LabelSelector | null;
}

/** Reads a Gateway. */
export function readGateway(
  object: Fields,
  findings: Findings,
): { className: string; listeners: ListenerManifest[] } {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const path = ['spec', 'listeners'];
  return {
    className: readReferredObject(spec.gatewayClassName, ['spec', 'gatewayClassName'], findings),
    listeners: (listAt(spec.listeners, path, findings) ?? []).flatMap((entry, i) =>
      readListener(mapAt(entry, [...path, i], findings) ?? {}, [...path, i], findings),
    ),
  };
}

function readListener(fields: Fields, path: Path, findings: Findings): ListenerManifest[] {
  const port = readPortNumber(fields.port, [...path, 'port'], findings);
  const at = [...path, 'allowedRoutes'];
  const routes = mapAt(fields.allowedRoutes, at, findings) ?? {};
  const namespaces = mapAt(routes.namespaces, [...at, 'namespaces'], findings) ?? {};
  const from = ['All', 'Selector', 'Same', 'None'] as const;
  if (port === null) return [];
  return [
    {
      name: readReferredObject(fields.name, [...path, 'name'], findings),
      protocol: textAt(fields.protocol, [...path, 'protocol'], findings) ?? '',
      port,
      hostname: textAt(fields.hostname, [...path, 'hostname'], findings),
      from: readChoice(namespaces.from, from, [...at, 'namespaces', 'from'], findings),
      selector: readLabelSelector(
        namespaces.selector,
        [...at, 'namespaces', 'selector'],
        findings,
        // The API server prunes what it does not know; no policy depends on it.
        () => undefined,
      ),
    },
  ];
}

/** What a ReferenceGrant says about routes and Services. */
export interface GrantManifest {
  readonly from: readonly { readonly kind: RouteKind; readonly namespace: string }[];
  /** Names of Services; null = all. */
  readonly services: readonly string[] | null;
}

const GRANTED_KINDS: Readonly<Record<string, RouteKind>> = {
  HTTPRoute: 'HTTP_ROUTE',
  GRPCRoute: 'GRPC_ROUTE',
  TLSRoute: 'TLS_ROUTE',
  TCPRoute: 'TCP_ROUTE',
};

/** Reads a ReferenceGrant: which routes of which namespaces may refer to which Services of its own namespace. */
export function readReferenceGrant(object: Fields, findings: Findings): GrantManifest {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const from = (listAt(spec.from, ['spec', 'from'], findings) ?? []).flatMap((entry, i) => {
    const path = ['spec', 'from', i];
    const fields = mapAt(entry, path, findings) ?? {};
    const group = textAt(fields.group, [...path, 'group'], findings);
    const name = textAt(fields.kind, [...path, 'kind'], findings) ?? '';
    const namespace = readReferredName(fields.namespace, [...path, 'namespace'], findings);
    const kind = Object.hasOwn(GRANTED_KINDS, name) ? GRANTED_KINDS[name] : undefined;
    return group === GATEWAY_GROUP && kind !== undefined ? [{ kind, namespace }] : [];
  });
  const services = (listAt(spec.to, ['spec', 'to'], findings) ?? []).flatMap((entry, i) => {
    const path = ['spec', 'to', i];
    const fields = mapAt(entry, path, findings) ?? {};
    const group = textAt(fields.group, [...path, 'group'], findings) ?? '';
    const kind = textAt(fields.kind, [...path, 'kind'], findings);
    const name = readOptionalName(fields.name, [...path, 'name'], findings);
    return group === '' && kind === 'Service' ? [name] : [];
  });
  const named = services.filter((name) => name !== null);
  return { from, services: named.length === services.length ? named : null };
}
