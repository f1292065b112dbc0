import {
  labelsAt,
  type RouteBackend,
  type RouteSpec,
  type ServiceSpec,
  type SpecRecord,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { serviceBackends } from '../../services/service-backends.js';
import { NO_ENTRIES, ServicePorts } from '../../services/service-ports.js';
import { ServiceSelectors } from '../../services/services-of-pod.js';
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
    const { services } = this.analysis.view;
    const published = services
      .inNamespace(namespace)
      .filter(({ index, spec }) => this.#routes.has(index) || isPublished(spec));
    const found = new Map<number, PublishedService[]>();
    if (published.length === 0) return found;
    const selected = podsBySelector(this.analysis, namespace, published);
    for (const service of published) {
      const { pods, targets } =
        service.spec.selector === null
          ? serviceBackends(this.analysis, service)
          : { pods: selected.get(service.index) ?? [], targets: NO_ENTRIES };
      const routes = this.#routes.get(service.index) ?? [];
      const ports = new ServicePorts(this.analysis, service.spec, targets);
      for (const [workload, own] of byWorkload(this.analysis, pods)) {
        const one = { service, routes, pods: own, ports };
        const known = found.get(workload);
        if (known === undefined) found.set(workload, [one]);
        else known.push(one);
      }
    }
    return found;
  }
}

/** The pods of a namespace by the Services (indices) that select them: each label set is looked at once. */
function podsBySelector(
  { view }: Analysis,
  namespace: number,
  services: readonly SpecRecord<ServiceSpec>[],
): Map<number, number[]> {
  const selectors = new ServiceSelectors(services);
  const segment = view.segment(namespace);
  const first = view.firstPod(namespace);
  const bySet = new Map<number, readonly SpecRecord<ServiceSpec>[]>();
  const found = new Map<number, number[]>(services.map(({ index }) => [index, []]));
  segment.columns.podLabelSets.forEach((set, i) => {
    let selecting = bySet.get(set);
    if (selecting === undefined) {
      selecting = selectors.selecting(labelsAt(segment, set));
      bySet.set(set, selecting);
    }
    for (const { index } of selecting) found.get(index)?.push(first + i);
  });
  return found;
}

/** Pods that take part, by their workloads. */
function byWorkload({ index }: Analysis, pods: readonly number[]): Map<number, number[]> {
  const { podClass, podWorkload } = index.pods;
  const found = new Map<number, number[]>();
  for (const pod of pods) {
    if (podClass[pod] === NO_CLASS) continue;
    const known = found.get(podWorkload[pod]!);
    if (known === undefined) found.set(podWorkload[pod]!, [pod]);
    else known.push(pod);
  }
  return found;
}

/** Whether a Service takes traffic from outside the cluster by itself. */
function isPublished({ type, externalIPs }: ServiceSpec): boolean {
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
