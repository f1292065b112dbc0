import { routeKindName, type RouteState } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { encodeGlobalId } from '../relay/global-id.js';
import { newModel } from '../schema/new-model.js';
import { RouteModel, RouteParentModel } from './route.model.js';

/** The route of that snapshot-wide index. */
export function toRouteModel(
  snapshot: IndexedSnapshot,
  index: number,
  state: RouteState | null = null,
): RouteModel {
  const { namespace, name, labels, spec } = snapshot.view.routes.at(index);
  const path = `${snapshot.view.namespaceName(namespace)}/${routeKindName(spec.kind)}/${name}`;
  return newModel(RouteModel, {
    origin: { snapshot, index },
    state,
    id: encodeGlobalId({ type: 'Route', snapshot: snapshot.row.id, index }),
    stableKey: `route:${path}`,
    name,
    labels,
    kind: spec.kind,
    hosts: spec.hosts,
    tls: spec.tls,
    ingressClass: spec.ingressClass,
    parents: spec.parents.map((parent) => newModel(RouteParentModel, { ...parent })),
  });
}
