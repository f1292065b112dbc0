import type { Labels, ServicePort } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_CLASS } from '../snapshot-index.js';
import { listPodsOfWorkload } from '../lists/list-pods-of-workload.js';
import { serviceBackends } from './service-backends.js';
import { ServicePorts } from './service-ports.js';
import { servicesSelecting } from './services-of-pod.js';

/** What a Service leads to. */
export interface ServiceDescription {
  /** Workloads behind it (indices), sorted. */
  readonly workloads: readonly number[];
  /** Addresses behind it that no pod of the snapshot has. */
  readonly addresses: readonly string[];
  /** Its ports, each with the numbers that it has on the pods and addresses behind it, sorted. */
  readonly ports: readonly { readonly port: ServicePort; readonly podPorts: readonly number[] }[];
}

/** Describes the Service of that snapshot-wide index. */
export function describeService(analysis: Analysis, index: number): ServiceDescription {
  const service = analysis.view.services.at(index);
  const { podClass, podWorkload } = analysis.index.pods;
  const { pods, addresses, targets } = serviceBackends(analysis, service);
  const present = pods.filter((pod) => podClass[pod] !== NO_CLASS);
  const classes = new Set(present.map((pod) => podClass[pod]!));
  const ports = new ServicePorts(analysis, service.spec, targets);
  return {
    workloads: [...new Set(present.map((pod) => podWorkload[pod]!))].sort((a, b) => a - b),
    addresses,
    ports: service.spec.ports.map((port) => {
      const { traffic } = analysis;
      const all = [...classes].reduce(
        (union, one) => traffic.union(union, ports.ofClass(one, [port])),
        ports.ofAddresses([port]),
      );
      // An entry for every port (port null) has no number to show.
      const numbers = traffic.get(all).filter(({ from, to }) => from === to);
      return { port, podPorts: numbers.map(({ from }) => from) };
    }),
  };
}

/** Services (indices) that lead to pods of a workload, by name. */
export function servicesOfWorkload(analysis: Analysis, workload: number): number[] {
  const { view } = analysis;
  const namespace = view.namespaceOfWorkload(workload);
  const pods = new Set(listPodsOfWorkload(analysis, workload));
  const found = new Set<number>();
  const seen = new Set<string>();
  for (const labels of [view.workload(workload).labels, ...labelsOf(analysis, pods)]) {
    const key = JSON.stringify(labels);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const { index } of servicesSelecting(view, namespace, labels)) found.add(index);
  }
  for (const service of view.services.inNamespace(namespace))
    if (service.spec.endpoints.length > 0)
      if (serviceBackends(analysis, service).pods.some((pod) => pods.has(pod)))
        found.add(service.index);
  return [...found].sort((a, b) => a - b);
}

function* labelsOf({ view }: Analysis, pods: ReadonlySet<number>): Iterable<Labels> {
  for (const pod of pods) yield view.pod(pod).labels;
}
