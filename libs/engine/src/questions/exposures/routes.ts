import {
  type Asked,
  type BackendState,
  type PathStatus,
  type RouteBackend,
  type RoutePage,
  type RoutesQuestion,
  type RouteSpec,
  type RouteState,
  type SpecRecord,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { namedNamespaces } from '../../lists/named-namespaces.js';
import { serviceBackends } from '../../services/service-backends.js';
import { ServicePorts } from '../../services/service-ports.js';
import { range } from '../../sets/range.js';
import { NO_CLASS } from '../../snapshot-index.js';
import { Caveats } from '../caveats.js';
import { findControllers } from './ingress-controllers.js';
import { LevelTraffic } from './level-traffic.js';
import { OutsideAddresses } from './outside-addresses.js';
import { findBackend } from './route-backends.js';
import { RouteJudge } from './route-judge.js';

/** What publishes Services, by namespace, name and kind, and whether its traffic arrives. */
export function routes(given: Analysis, question: RoutesQuestion): Asked<RoutePage> {
  const analysis = given.inForce(question);
  analysis.startQuestion();
  const { view } = analysis;
  const namespaces = question.namespace === null ? null : [question.namespace];
  const wanted = question.only === null ? null : new Set(question.only);
  const all = namedNamespaces(view, namespaces)
    .flatMap((namespace) => range(view.routes.first(namespace), view.routes.first(namespace + 1)))
    .filter((route) => wanted?.has(route) ?? true);
  const controllers = findControllers(analysis, question.ingressControllers);
  const traffic = new LevelTraffic(analysis, new OutsideAddresses(analysis));
  const judge = new RouteJudge(analysis, controllers, traffic);
  const { offset, limit } = question.page;
  const rows = all
    .slice(offset, offset + limit)
    .map((index) => routeState(analysis, judge, view.routes.at(index)));
  const caveats = new Caveats(analysis);
  caveats.addIf(
    rows.some((row) => row.controllers.length === 0),
    'INGRESS_CONTROLLER_UNKNOWN',
  );
  return { ok: true, answer: { rows, totalCount: all.length, caveats: caveats.list() } };
}

function routeState(
  analysis: Analysis,
  judge: RouteJudge,
  route: SpecRecord<RouteSpec>,
): RouteState {
  const backends = route.spec.backends.map((backend) =>
    backendState(analysis, judge, route, backend),
  );
  const status = together(backends.map((backend) => backend.status));
  const reasons = backends.filter((backend) => backend.status === status);
  return {
    route: route.index,
    status,
    reason: backends.length === 0 ? 'It has no backend.' : (reasons[0]?.reason ?? null),
    controllers: [...judge.servers(route.spec).keys()],
    backends,
  };
}

function backendState(
  analysis: Analysis,
  judge: RouteJudge,
  route: SpecRecord<RouteSpec>,
  backend: RouteBackend,
): BackendState {
  const found = findBackend(analysis, route, backend);
  const { service } = found;
  const named = {
    namespace: backend.namespace,
    name: backend.service,
    service: service?.index ?? null,
    port: backend.port === null ? null : String(backend.port),
  };
  const reason = 'reason' in found ? found.reason : null;
  // What is not in the snapshot, or no Service, may well get traffic.
  if (service === null) return { ...named, status: 'UNKNOWN', reason };
  const { pods, targets } = serviceBackends(analysis, service);
  const present = pods.filter((pod) => analysis.index.pods.podClass[pod] !== NO_CLASS);
  if (present.length === 0 && reason === null)
    return { ...named, status: 'UNKNOWN', reason: 'The Service has no pod in the snapshot.' };
  const ports = new ServicePorts(analysis, service.spec, targets);
  const passages = judge.passages(route, backend, { pods: present, ports });
  const status = together(passages.map((passage) => passage.status));
  const shown = passages.find((passage) => passage.status === status);
  return { ...named, status, reason: shown?.explain() ?? null };
}

/** Open when something passes, else unknown when something may. */
function together(statuses: readonly PathStatus[]): PathStatus {
  if (statuses.includes('OPEN')) return 'OPEN';
  return statuses.includes('UNKNOWN') ? 'UNKNOWN' : 'BLOCKED';
}
