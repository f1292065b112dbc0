import {
  formatAddress,
  type ServiceEndpoints,
  type ServiceSpec,
  type SpecRecord,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { selectPodsIn } from '../questions/select-pods.js';
import { NO_CLASS } from '../snapshot-index.js';
import { NO_ENTRIES, type PortTargets } from './service-ports.js';

/** What stands behind a Service. */
export interface ServiceBackends {
  /** Pods (indices), sorted; also those that take no part. */
  readonly pods: readonly number[];
  /** Addresses that no pod of the snapshot has: only a Service without selector has such. */
  readonly addresses: readonly string[];
  readonly targets: PortTargets;
}

/** Finds what a Service sends traffic to: the pods that its selector fits, else what its EndpointSlices say. */
export function serviceBackends(
  analysis: Analysis,
  { namespace, spec }: SpecRecord<ServiceSpec>,
): ServiceBackends {
  if (spec.selector !== null) {
    const pods = selectPodsIn(analysis, namespace, spec.selector);
    return { pods, addresses: [], targets: NO_ENTRIES };
  }
  return spec.endpoints.length === 0
    ? { pods: [], addresses: [], targets: NO_ENTRIES }
    : behindEntries(analysis, namespace, spec.endpoints);
}

/** An entry stands for the pod that it names, else for the pod that has its address, else for that address. */
function behindEntries(
  analysis: Analysis,
  namespace: number,
  endpoints: readonly ServiceEndpoints[],
): ServiceBackends {
  const { view, index } = analysis;
  const byAddress = podsByAddress(
    analysis,
    new Set(endpoints.flatMap(({ addresses }) => addresses.map(({ ip }) => ip))),
  );
  const pods = new Set<number>();
  const outsideAddresses = new Set<string>();
  const byClass = new Map<number, Set<ServiceEndpoints>>();
  const outside = new Set<ServiceEndpoints>();
  for (const entry of endpoints)
    for (const { ip, pod: name } of entry.addresses) {
      const named = name === null ? -1 : view.findPod(view.namespaceName(namespace), name);
      const pod = named >= 0 ? named : byAddress.get(ip);
      if (pod === undefined) {
        outsideAddresses.add(ip);
        outside.add(entry);
        continue;
      }
      pods.add(pod);
      const podClass = index.pods.podClass[pod]!;
      const entries = byClass.get(podClass);
      if (entries === undefined) byClass.set(podClass, new Set([entry]));
      else entries.add(entry);
    }
  return {
    pods: [...pods].sort((a, b) => a - b),
    addresses: [...outsideAddresses],
    targets: {
      byClass: new Map(Array.from(byClass, ([podClass, entries]) => [podClass, [...entries]])),
      outside: [...outside],
    },
  };
}

/** Pods that take part, by those of some addresses that are theirs alone: a hostNetwork pod shares its node's. */
function podsByAddress(
  { view, index }: Analysis,
  wanted: ReadonlySet<string>,
): Map<string, number> {
  const found = new Map<string, number>();
  for (let pod = 0; pod < view.podCount; pod++) {
    if (index.pods.podClass[pod] === NO_CLASS) continue;
    const { ips, hostNetwork } = view.pod(pod);
    if (hostNetwork) continue;
    for (const ip of ips) {
      const text = formatAddress(ip);
      if (wanted.has(text)) found.set(text, pod);
    }
  }
  return found;
}
