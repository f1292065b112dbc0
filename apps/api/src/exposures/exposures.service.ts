import { Inject, Injectable } from '@nestjs/common';
import {
  type ExposurePage,
  type ExposuresQuestion,
  invariant,
  type RoutePage,
  type RoutesQuestion,
  type RouteState,
} from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { RouteModel } from '../objects/route.model.js';
import { ReachabilityService } from '../reachability/reachability.service.js';

/** What is asked; which pods are ingress controllers is found by their labels. */
type Asked<Question> = Omit<Question, 'ingressControllers'>;

/** Asks the engine what is exposed, and what becomes of the traffic of routes. */
@Injectable()
export class ExposuresService {
  constructor(@Inject(ReachabilityService) private readonly reachability: ReachabilityService) {}

  exposures(snapshot: IndexedSnapshot, question: Asked<ExposuresQuestion>): Promise<ExposurePage> {
    const ingressControllers = null;
    return this.reachability.askWorker(snapshot, {
      kind: 'exposures',
      ...question,
      ingressControllers,
    });
  }

  routes(snapshot: IndexedSnapshot, question: Asked<RoutesQuestion>): Promise<RoutePage> {
    return this.reachability.askWorker(snapshot, {
      kind: 'routes',
      ...question,
      ingressControllers: null,
    });
  }

  /** What becomes of the traffic of one route, unless it is known already. */
  async stateOf({ origin, state }: RouteModel): Promise<RouteState> {
    if (state !== null) return state;
    const { snapshot, index } = origin;
    const { routes } = snapshot.view;
    const namespace = routes.namespaceOf(index);
    const { rows } = await this.routes(snapshot, {
      namespace: snapshot.view.namespaceName(namespace),
      page: { offset: index - routes.first(namespace), limit: 1 },
    });
    const [found] = rows;
    invariant(found !== undefined, 'a route of the snapshot is on its page');
    return found;
  }
}
