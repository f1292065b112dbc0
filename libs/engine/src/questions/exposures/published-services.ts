import type { RouteBackend, RouteSpec, ServiceSpec, SpecRecord } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { serviceBackends } from '../../services/service-backends.js';
import { ServicePorts } from '../../services/service-ports.js';
import { NO_CLASS } from '../../snapshot-index.js';
import type { PodsBehind } from './route-judge.js';

/** A backend of a route. */
export interface RoutedBackend {
  readonly route: SpecRecord<RouteSpec>;
  readonly backend: RouteBackend;
}

/** A Service that leads from outside to some pods of a workload. */
export interface PublishedService extends PodsBehind {
  readonly service: SpecRecord<ServiceSpec>;
  readonly routes: readonly RoutedBackend[];
}

/** Which Services and routes publish which workloads. Namespaces are looked through one at a time, in order. */
export class PublishedServices {
  readonly #routes: ReadonlyMap<number, readonly RoutedBackend[]>;
  #namespace = -1;
  #ofWorkload: ReadonlyMap<number, readonly PublishedService[]> = new Map();

  constructor(private readonly analysis: Analysis) {
    this.#routes = routesByService(analysis);
  }

  ofWorkload(workload: number): readonly PublishedService[] {
    const namespace = this.analysis.view.namespaceOfWorkload(workload);
    if (namespace !== this.#namespace) {
      this.#namespace = namespace;
      this.#ofWorkload = this.#find(namespace);
    }
    return this.#ofWorkload.get(workload) ?? [];
  }

  #find(namespace: number): Map<number, PublishedService[]> {
    const { podClass, podWorkload } = this.analysis.index.pods;
    const found = new Map<number, PublishedService[]>();
    for (const service of this.analysis.view.services.inNamespace(namespace)) {
      const routes = this.#routes.get(service.index) ?? [];
      if (routes.length === 0 && !isPublished(service.spec)) continue;
      const { pods, targets } = serviceBackends(this.analysis, service);
      const byWorkload = new Map<number, number[]>();
      for (const pod of pods) {
        if (podClass[pod] === NO_CLASS) continue;
        const workload = podWorkload[pod]!;
        const known = byWorkload.get(workload);
        if (known === undefined) byWorkload.set(workload, [pod]);
        else known.push(pod);
      }
      const ports = new ServicePorts(this.analysis, service.spec, targets);
      for (const [workload, own] of byWorkload)
        found.set(workload, [
          ...(found.get(workload) ?? []),
          { service, routes, pods: own, ports },
        ]);
    }
    return found;
  }
}

/** Whether a Service takes traffic from outside the cluster by itself. */
export function isPublished({ type, externalIPs }: ServiceSpec): boolean {
  return type === 'LoadBalancer' || type === 'NodePort' || externalIPs.length > 0;
}

function routesByService({ view }: Analysis): Map<number, RoutedBackend[]> {
  const found = new Map<number, RoutedBackend[]>();
  for (let index = 0; index < view.routes.count; index++) {
    const route = view.routes.at(index);
    for (const backend of route.spec.backends) {
      if (backend.service === null) continue;
      const service = view.services.find(view.findNamespace(backend.namespace), backend.service);
      if (service < 0) continue;
      const known = found.get(service);
      if (known === undefined) found.set(service, [{ route, backend }]);
      else known.push({ route, backend });
    }
  }
  return found;
}
