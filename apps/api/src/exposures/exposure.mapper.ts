import type { Exposure, ExposurePage, ExposurePath, PageRequest, RoutePage } from '@portolan/model';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { snapshotCaveats } from '@portolan/report';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { toEndpointModel } from '../objects/endpoint.mapper.js';
import type { ObjectModel } from '../objects/object.model.js';
import { toRouteModel } from '../objects/route.mapper.js';
import type { RouteModel } from '../objects/route.model.js';
import { toServiceModel } from '../objects/service.mapper.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { toWorkloadModel } from '../objects/workload.mapper.js';
import { toRuleMatchModel } from '../reachability/rule-match.mapper.js';
import { toConnection } from '../relay/connection.js';
import { newModel } from '../schema/new-model.js';
import type { CaveatedConnection } from './exposure.connection.js';
import { ExposureModel, ExposurePathModel } from './exposure.model.js';

/** From the engine's page to the type of the API. */
export function toExposureConnection(
  snapshot: IndexedSnapshot,
  { rows, totalCount, caveats }: ExposurePage,
  page: PageRequest,
): CaveatedConnection<ExposureModel> {
  const nodes = rows.map((row) => toExposureModel(snapshot, row));
  return Object.assign(toConnection(nodes, totalCount, page), {
    caveats: toCaveatModels(caveats, snapshotCaveats(snapshot.row, snapshot)),
  });
}

/** The same of routes. */
export function toRouteConnection(
  snapshot: IndexedSnapshot,
  { rows, totalCount, caveats }: RoutePage,
  page: PageRequest,
): CaveatedConnection<RouteModel> {
  const nodes = rows.map((row) => toRouteModel(snapshot, row.route, row));
  return Object.assign(toConnection(nodes, totalCount, page), {
    caveats: toCaveatModels(caveats, snapshotCaveats(snapshot.row, snapshot)),
  });
}

function toExposureModel(snapshot: IndexedSnapshot, row: Exposure): ExposureModel {
  const { workload, direction, level, peers, traffic, isolated, causedBy, paths, caveats } = row;
  return newModel(ExposureModel, {
    workload: toWorkloadModel(snapshot, workload),
    direction,
    level,
    peers: peers.map((peer) => toEndpointModel(snapshot, peer)),
    traffic: toTrafficSetModel(traffic),
    isolated,
    publishedBy: publishers(snapshot, paths),
    causedBy: causedBy.map((rule) => toRuleMatchModel(snapshot, rule)),
    paths: paths.map((path) => toPathModel(snapshot, path)),
    caveats: toCaveatModels(caveats),
  });
}

/** The outermost object of each path: the route, else the Service. */
function publishers(snapshot: IndexedSnapshot, paths: readonly ExposurePath[]): ObjectModel[] {
  const found = new Map<string, ObjectModel>();
  for (const { route, service } of paths) {
    if (route !== null) found.set(`route ${String(route)}`, toRouteModel(snapshot, route));
    else if (service !== null)
      found.set(`service ${String(service)}`, toServiceModel(snapshot, service));
  }
  return [...found.values()];
}

function toPathModel(snapshot: IndexedSnapshot, path: ExposurePath): ExposurePathModel {
  const { kind, route, controller, service, hosts, traffic, status, reason } = path;
  return newModel(ExposurePathModel, {
    kind,
    route: route === null ? null : toRouteModel(snapshot, route),
    via: controller === null ? null : toWorkloadModel(snapshot, controller),
    service: service === null ? null : toServiceModel(snapshot, service),
    hosts,
    traffic: toTrafficSetModel(traffic),
    status,
    reason,
  });
}
