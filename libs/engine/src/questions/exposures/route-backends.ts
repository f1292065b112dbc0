import {
  type GatewayListener,
  matchesSelector,
  type RouteBackend,
  routeKindName,
  type RouteSpec,
  type ServicePort,
  type ServiceSpec,
  type SpecRecord,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';

/** Where a backend leads. */
export interface LeadingBackend {
  readonly service: SpecRecord<ServiceSpec>;
  /** Ports of the Service; null = the port that the route names is the pods' own. */
  readonly ports: readonly ServicePort[] | null;
  readonly podPort: number | null;
}

/** Where a backend leads, or why it leads nowhere. */
export type FoundBackend =
  LeadingBackend | { readonly service: SpecRecord<ServiceSpec> | null; readonly reason: string };

/** Finds the Service and the port of a backend of a route. */
export function findBackend(
  analysis: Analysis,
  route: SpecRecord<RouteSpec>,
  backend: RouteBackend,
): FoundBackend {
  const { view } = analysis;
  const { service: name, namespace, port } = backend;
  if (name === null)
    return { service: null, reason: 'The backend is no Service: it is not followed.' };
  const index = view.services.find(view.findNamespace(namespace), name);
  const path = `${namespace}/${name}`;
  if (index < 0) return { service: null, reason: `There is no Service ${path}.` };
  const service = view.services.at(index);
  const refused = missingGrant(analysis, route, backend) ?? refusingGateway(analysis, route);
  if (refused !== null) return { service, reason: refused };
  const { spec } = service;
  if (spec.type === 'ExternalName')
    return {
      service,
      reason: `Service ${path} is another name (ExternalName): it is not followed.`,
    };
  if (route.spec.kind === 'OPENSHIFT_ROUTE' && typeof port === 'number')
    return { service, ports: null, podPort: port };
  const ports = spec.ports.filter((own) => port === null || own.port === port || own.name === port);
  if (ports.length === 0)
    return { service, reason: `Service ${path} has no port ${String(port)}.` };
  return { service, ports, podPort: null };
}

/** A reference into another namespace needs a ReferenceGrant there (Gateway API). */
function missingGrant(
  { view }: Analysis,
  { namespace: from, spec }: SpecRecord<RouteSpec>,
  { namespace, service }: RouteBackend,
): string | null {
  const own = view.namespaceName(from);
  const at = view.findNamespace(namespace);
  if (own === namespace || at < 0) return null;
  const isGranted = view.grants
    .inNamespace(at)
    .some(
      ({ spec: grant }) =>
        grant.from.some((one) => one.kind === spec.kind && one.namespace === own) &&
        (grant.services === null || (service !== null && grant.services.includes(service))),
    );
  return isGranted
    ? null
    : `No ReferenceGrant in namespace ${namespace} lets a ${routeKindName(spec.kind)} of namespace ${own} refer to its Service ${String(service)}.`;
}

/** Gateways that are in the snapshot say which routes they take; null = some takes it, or nothing is known of them. */
function refusingGateway(
  analysis: Analysis,
  { namespace, spec }: SpecRecord<RouteSpec>,
): string | null {
  const { view } = analysis;
  const known = spec.parents.flatMap((parent) => {
    const at = view.findNamespace(parent.namespace);
    const index = view.gateways.find(at, parent.name);
    return index < 0 ? [] : [{ parent, at, gateway: view.gateways.at(index) }];
  });
  if (known.length < spec.parents.length || known.length === 0) return null;
  const isTaken = known.some(({ parent, at, gateway }) =>
    gateway.spec.listeners
      .filter(({ name }) => parent.sectionName === null || name === parent.sectionName)
      .some((listener) => takesFrom(analysis, listener, at, namespace)),
  );
  if (isTaken) return null;
  const names = known.map(({ parent }) => `${parent.namespace}/${parent.name}`).join(', ');
  return `Gateway ${names} takes no route of namespace ${view.namespaceName(namespace)} (allowedRoutes of its listeners).`;
}

function takesFrom(
  { view }: Analysis,
  { routesFrom }: GatewayListener,
  own: number,
  namespace: number,
): boolean {
  switch (routesFrom) {
    case 'ALL':
      return true;
    case 'NONE':
      return false;
    case 'SAME':
      return own === namespace;
    default:
      return matchesSelector(new Map(Object.entries(view.namespace(namespace).labels)), routesFrom);
  }
}
