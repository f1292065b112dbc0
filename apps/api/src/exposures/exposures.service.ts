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
import DataLoader from 'dataloader';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { RouteModel } from '../objects/route.model.js';
import { isEnforced } from '../reachability/assume-enforced.js';
import { ReachabilityService } from '../reachability/reachability.service.js';
import { readSelector } from '../selectors/read-selector.js';

/** Routes that one task looks at. */
const LARGEST_BATCH = 500;

/** What is asked; which pods are ingress controllers is a matter of the cluster's profile. */
type Asked<Question> = Omit<Question, 'ingressControllers'>;

/** Asks the engine what is exposed, and what becomes of the traffic of routes. */
@Injectable()
export class ExposuresService {
  readonly #loaders = new WeakMap<IndexedSnapshot, DataLoader<number, RouteState>>();

  constructor(@Inject(ReachabilityService) private readonly reachability: ReachabilityService) {}

  exposures(snapshot: IndexedSnapshot, asked: Asked<ExposuresQuestion>): Promise<ExposurePage> {
    const question = { ...asked, ingressControllers: controllersOf(snapshot) };
    return this.reachability.askWorker(snapshot, { kind: 'exposures', ...question });
  }

  routes(snapshot: IndexedSnapshot, asked: Asked<RoutesQuestion>): Promise<RoutePage> {
    const question = { ...asked, ingressControllers: controllersOf(snapshot) };
    return this.reachability.askWorker(snapshot, { kind: 'routes', ...question });
  }

  /** What becomes of the traffic of one route, unless it is known already. Routes of one query are asked about together. */
  async stateOf({ origin, state }: RouteModel): Promise<RouteState> {
    const { snapshot, index } = origin;
    return state ?? this.#loaderOf(snapshot).load(index);
  }

  #loaderOf(snapshot: IndexedSnapshot): DataLoader<number, RouteState> {
    let loader = this.#loaders.get(snapshot);
    if (loader === undefined) {
      loader = new DataLoader((indices) => this.#states(snapshot, indices), {
        cache: false,
        maxBatchSize: LARGEST_BATCH,
      });
      this.#loaders.set(snapshot, loader);
    }
    return loader;
  }

  async #states(snapshot: IndexedSnapshot, indices: readonly number[]): Promise<RouteState[]> {
    const only = [...new Set(indices)].sort((a, b) => a - b);
    const page = { offset: 0, limit: only.length };
    const { rows } = await this.routes(snapshot, {
      namespace: null,
      only,
      isEnforced: isEnforced(snapshot, false),
      page,
    });
    const byRoute = new Map(rows.map((row) => [row.route, row]));
    return indices.map((index) => {
      const state = byRoute.get(index);
      invariant(state !== undefined, 'a route of the snapshot has a state');
      return state;
    });
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
