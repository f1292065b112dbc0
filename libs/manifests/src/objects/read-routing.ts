import { type RouteKind, serviceSpecJson } from '@portolan/model';
import type { ReadKind } from '../kinds.js';
import { readEndpoints, readEndpointSlice } from '../validate/endpoints.js';
import type { Findings } from '../validate/findings.js';
import { readGateway, readGatewayRoute, readReferenceGrant } from '../validate/gateway.js';
import { readIngress, readOpenShiftRoute, type RouteManifest } from '../validate/ingress.js';
import { faultInLabelName, faultInSubdomainName } from '../validate/names.js';
import { readObjectMeta } from '../validate/object-meta.js';
import { readService } from '../validate/service.js';
import type { Fields } from '../validate/shape.js';
import { gatewaySpec, routeSpec, serviceEndpoints, serviceSpec } from './apply-defaults.js';
import { nameOf } from './object-name.js';
import type { ObjectInput } from './object-input.js';
import { readIgnore } from './read-ignore.js';
import type { SlimEndpoints, SlimService, SlimSpec } from './slim-objects.js';

/** Labels of EndpointSlices: the Service that one belongs to, and who keeps it. */
const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
/** Keeps the slices of Services with selectors: there are many, and the selectors say the same. */
const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';

/** Reads a Service. */
export function readServiceObject(input: ObjectInput): SlimService {
  const { object, source, interner, findings } = input;
  const meta = readObjectMeta(object, faultInLabelName, findings);
  const spec = serviceSpec(readService(object, findings));
  return {
    type: 'service',
    ...nameOf(meta, interner, findings),
    labels: interner.labels(meta.labels),
    source,
    ignore: readIgnore(input),
    hasSelector: spec.selector !== null,
    spec: interner.text(serviceSpecJson(spec)),
  };
}

/** Reads an EndpointSlice or v1 Endpoints. */
export function readEndpointsObject(
  { form }: Extract<ReadKind, { reads: 'endpoints' }>,
  { object, source, interner, findings }: ObjectInput,
): SlimEndpoints {
  const meta = readObjectMeta(object, faultInSubdomainName, findings);
  const isSlice = form === 'SLICE';
  const read = isSlice ? readEndpointSlice(object, findings) : readEndpoints(object, findings);
  const isRepetition = isSlice && meta.labels[MANAGED_BY_LABEL] === SLICE_CONTROLLER;
  const named = nameOf(meta, interner, findings);
  return {
    type: 'endpoints',
    form,
    ...named,
    source,
    service: isSlice ? interner.text(meta.labels[SERVICE_NAME_LABEL] ?? '') : named.name,
    endpoints: interner.text(JSON.stringify(isRepetition ? [] : read.map(serviceEndpoints))),
  };
}

/** Reads a route, a Gateway or a ReferenceGrant. */
export function readRoutingObject(
  kind: Extract<ReadKind, { reads: 'route' | 'gateway' | 'grant' }>,
  input: ObjectInput,
): SlimSpec {
  const { object, source, interner, findings } = input;
  const meta = readObjectMeta(object, faultInSubdomainName, findings);
  const named = nameOf(meta, interner, findings);
  return {
    type: kind.reads,
    kind: kind.reads === 'route' ? kind.kind : '',
    ...named,
    labels: interner.labels(meta.labels),
    source,
    ignore: kind.reads === 'route' ? readIgnore(input) : null,
    spec: interner.text(JSON.stringify(specOf(kind, named.namespace, object, findings))),
  };
}

function specOf(
  kind: Extract<ReadKind, { reads: 'route' | 'gateway' | 'grant' }>,
  namespace: string,
  object: Fields,
  findings: Findings,
): object {
  switch (kind.reads) {
    case 'route':
      return routeSpec(kind.kind, namespace, readRoute(kind.kind, object, findings));
    case 'gateway': {
      const { className, listeners } = readGateway(object, findings);
      return gatewaySpec(className, listeners);
    }
    case 'grant':
      return readReferenceGrant(object, findings);
  }
}

function readRoute(kind: RouteKind, object: Fields, findings: Findings): RouteManifest {
  switch (kind) {
    case 'INGRESS':
      return readIngress(object, findings);
    case 'OPENSHIFT_ROUTE':
      return readOpenShiftRoute(object, findings);
    case 'HTTP_ROUTE':
    case 'GRPC_ROUTE':
    case 'TLS_ROUTE':
    case 'TCP_ROUTE':
      return readGatewayRoute(object, findings);
  }
}
