import type { IngressControllers } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { serviceBackends } from '../../services/service-backends.js';
import { ServicePorts } from '../../services/service-ports.js';
import { NO_CLASS } from '../../snapshot-index.js';
import { findControllers } from './ingress-controllers.js';
import { LevelTraffic } from './level-traffic.js';
import { OutsideAddresses } from './outside-addresses.js';
import { findBackend } from './route-backends.js';
import { RouteJudge } from './route-judge.js';

/** A backend of a route to whose pods policies let none of the known controllers through. */
export interface RefusedBackend {
  /** Indices. */
  readonly route: number;
  readonly service: number;
  /** Classes of the pods behind it, with the traffic that would be sent to each. */
  readonly targets: ReadonlyMap<number, number>;
  /** Workloads of the controllers. */
  readonly controllers: readonly number[];
}

/**
 * Finds what policies keep routes from. What is blocked for another reason (no such port, no ReferenceGrant) is not among
 * them, nor a route whose controllers are not known. `given` as in RoutesQuestion.
 */
export function* refusedBackends(
  analysis: Analysis,
  given: readonly IngressControllers[] | null,
): Generator<RefusedBackend> {
  const { routes } = analysis.view;
  if (routes.count === 0) return;
  const { podClass } = analysis.index.pods;
  const levels = new LevelTraffic(analysis, new OutsideAddresses(analysis));
  const judge = new RouteJudge(analysis, findControllers(analysis, given), levels);
  for (let index = 0; index < routes.count; index++) {
    const route = routes.at(index);
    if (judge.servers(route.spec).size === 0) continue;
    for (const backend of route.spec.backends) {
      const found = findBackend(analysis, route, backend);
      if ('reason' in found) continue;
      const { service } = found;
      const behind = serviceBackends(analysis, service);
      const pods = behind.pods.filter((pod) => podClass[pod] !== NO_CLASS);
      if (pods.length === 0) continue;
      const ports = new ServicePorts(analysis, service.spec, behind.targets);
      const passages = judge.passages(route, backend, { pods, ports });
      const controllers = passages.flatMap(({ controller }) => controller ?? []);
      const isRefused = passages.every(({ status }) => status === 'BLOCKED');
      if (!isRefused || controllers.length === 0) continue;
      const targets = judge.wanted(found, { pods, ports });
      yield { route: index, service: service.index, targets, controllers };
    }
  }
}
