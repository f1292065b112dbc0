import { Inject, Injectable } from '@nestjs/common';
import {
  type ExposurePage,
  type ExposuresQuestion,
  type IngressControllers,
  invariant,
  type RoutePage,
  type RoutesQuestion,
  type RouteState,
} from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { RouteModel } from '../objects/route.model.js';
import { isEnforced } from '../reachability/assume-enforced.js';
import { ReachabilityService } from '../reachability/reachability.service.js';
import { readSelector } from '../selectors/read-selector.js';

/** What is asked; which pods are ingress controllers is a matter of the cluster's profile. */
type Asked<Question> = Omit<Question, 'ingressControllers'>;

/** Asks the engine what is exposed, and what becomes of the traffic of routes. */
@Injectable()
export class ExposuresService {
  constructor(@Inject(ReachabilityService) private readonly reachability: ReachabilityService) {}

  exposures(snapshot: IndexedSnapshot, asked: Asked<ExposuresQuestion>): Promise<ExposurePage> {
    const question = { ...asked, ingressControllers: controllersOf(snapshot) };
    return this.reachability.askWorker(snapshot, { kind: 'exposures', ...question });
  }

  routes(snapshot: IndexedSnapshot, asked: Asked<RoutesQuestion>): Promise<RoutePage> {
    const question = { ...asked, ingressControllers: controllersOf(snapshot) };
    return this.reachability.askWorker(snapshot, { kind: 'routes', ...question });
  }

  /** What becomes of the traffic of one route, unless it is known already. */
  async stateOf({ origin, state }: RouteModel): Promise<RouteState> {
    if (state !== null) return state;
    const { snapshot, index } = origin;
    const { routes } = snapshot.view;
    const namespace = routes.namespaceOf(index);
    const { rows } = await this.routes(snapshot, {
      namespace: snapshot.view.namespaceName(namespace),
      isEnforced: isEnforced(snapshot, false),
      page: { offset: index - routes.first(namespace), limit: 1 },
    });
    const [found] = rows;
    invariant(found !== undefined, 'a route of the snapshot is on its page');
    return found;
  }
}

/** Those that were set by hand serve every route; null = the engine knows by their labels which serve which. */
function controllersOf({ settings }: IndexedSnapshot): readonly IngressControllers[] | null {
  return (
    settings.ingressControllers?.map(({ namespaces, pods }) => ({
      namespaces: readSelector(namespaces, 'ingressControllers.namespaces'),
      pods: readSelector(pods, 'ingressControllers.pods'),
    })) ?? null
  );
}
