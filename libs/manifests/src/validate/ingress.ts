import type { Path } from '../documents/line-map.js';
import {
  type BackendManifest,
  noteUnfollowed,
  readOptionalName,
  readReferredName,
} from './backend.js';
import type { Findings } from './findings.js';
import { readPortNumber } from './ports.js';
import { readTargetPort } from './service.js';
import { type Fields, isMap, listAt, mapAt, textAt } from './shape.js';

/** What the analysis keeps of a route, as written. */
export interface RouteManifest {
  readonly hosts: readonly string[];
  readonly ingressClass: string | null;
  readonly parents: readonly ParentManifest[];
  readonly isTls: boolean;
  readonly backends: readonly BackendManifest[];
}

/** A reference to a Gateway, as written. */
export interface ParentManifest {
  /** Null = the namespace of the route. */
  readonly namespace: string | null;
  readonly name: string;
  readonly sectionName: string | null;
}

/** How an Ingress named its class before there was a field for it; still read by most controllers. */
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * Reads an Ingress.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/
 */
export function readIngress(object: Fields, findings: Findings): RouteManifest {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const rules = (listAt(spec.rules, ['spec', 'rules'], findings) ?? []).map((rule, i) =>
    readRule(rule, ['spec', 'rules', i], findings),
  );
  const isDefaultGiven = spec.defaultBackend !== undefined && spec.defaultBackend !== null;
  if (rules.length === 0 && !isDefaultGiven) {
    findings.reject(['spec'], 'needs defaultBackend or rules');
  }
  const fallback = isDefaultGiven
    ? [readBackend(spec.defaultBackend, ['spec', 'defaultBackend'], findings)]
    : [];
  return {
    hosts: rules.map(({ host }) => host).filter((host) => host !== ''),
    ingressClass: readClass(object, spec, findings),
    parents: [],
    isTls: (listAt(spec.tls, ['spec', 'tls'], findings) ?? []).length > 0,
    backends: [...fallback, ...rules.flatMap(({ backends }) => backends)],
  };
}

function readClass(object: Fields, spec: Fields, findings: Findings): string | null {
  const named = textAt(spec.ingressClassName, ['spec', 'ingressClassName'], findings);
  if (named !== null) return named;
  const { annotations } = isMap(object.metadata) ? object.metadata : {};
  const stated = isMap(annotations) ? annotations[CLASS_ANNOTATION] : null;
  return typeof stated === 'string' && stated !== '' ? stated : null;
}

function readRule(
  value: unknown,
  path: Path,
  findings: Findings,
): { host: string; backends: BackendManifest[] } {
  const rule = mapAt(value, path, findings) ?? {};
  const http = mapAt(rule.http, [...path, 'http'], findings) ?? {};
  const at = [...path, 'http', 'paths'];
  const paths = listAt(http.paths, at, findings) ?? [];
  if (rule.http !== undefined && rule.http !== null && paths.length === 0) {
    findings.reject(at, 'is required');
  }
  return {
    host: textAt(rule.host, [...path, 'host'], findings) ?? '',
    backends: paths.map((entry, i) => {
      const fields = mapAt(entry, [...at, i], findings) ?? {};
      return readBackend(fields.backend, [...at, i, 'backend'], findings);
    }),
  };
}

function readBackend(value: unknown, path: Path, findings: Findings): BackendManifest {
  const fields = mapAt(value, path, findings) ?? {};
  const resource = mapAt(fields.resource, [...path, 'resource'], findings);
  const service = mapAt(fields.service, [...path, 'service'], findings);
  if (resource !== null && service !== null) {
    findings.reject(path, 'takes only one of service, resource');
  }
  if (resource !== null) {
    return noteUnfollowed('a resource backend', [...path, 'resource'], findings);
  }
  if (service === null) {
    findings.reject(path, 'needs service or resource');
    return { namespace: null, service: null, port: null };
  }
  const at = [...path, 'service', 'port'];
  const port = mapAt(service.port, at, findings) ?? {};
  const name = readOptionalName(port.name, [...at, 'name'], findings);
  const isNumbered = port.number !== undefined && port.number !== null;
  if (isNumbered === (name !== null)) findings.reject(at, 'needs exactly one of name, number');
  return {
    namespace: null,
    service: readReferredName(service.name, [...path, 'service', 'name'], findings),
    port: isNumbered ? readPortNumber(port.number, [...at, 'number'], findings) : name,
  };
}

/**
 * Reads a Route of OpenShift.
 * @see https://docs.openshift.com/container-platform/latest/rest_api/network_apis/route-route-openshift-io-v1.html
 */
export function readOpenShiftRoute(object: Fields, findings: Findings): RouteManifest {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const host = textAt(spec.host, ['spec', 'host'], findings) ?? '';
  const port = mapAt(spec.port, ['spec', 'port'], findings) ?? {};
  const target = readTargetPort(port.targetPort, ['spec', 'port', 'targetPort'], findings);
  const others = listAt(spec.alternateBackends, ['spec', 'alternateBackends'], findings) ?? [];
  return {
    hosts: host === '' ? [] : [host],
    ingressClass: null,
    parents: [],
    isTls: mapAt(spec.tls, ['spec', 'tls'], findings) !== null,
    backends: [
      readTarget(spec.to, ['spec', 'to'], target, findings),
      ...others.map((entry, i) =>
        readTarget(entry, ['spec', 'alternateBackends', i], target, findings),
      ),
    ],
  };
}

function readTarget(
  value: unknown,
  path: Path,
  port: number | string | null,
  findings: Findings,
): BackendManifest {
  const fields = mapAt(value, path, findings) ?? {};
  const kind = textAt(fields.kind, [...path, 'kind'], findings) ?? 'Service';
  if (kind !== 'Service' && kind !== '') {
    findings.reject([...path, 'kind'], 'must be Service');
  }
  const service = readReferredName(fields.name, [...path, 'name'], findings);
  return { namespace: null, service, port };
}
