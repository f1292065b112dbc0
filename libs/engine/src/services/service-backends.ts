import {
  ADDRESS_WORDS,
  formatAddress,
  type IpAddress,
  parseAddress,
  POD_FLAGS,
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
  const lastWordsWanted = new Set(Array.from(wanted, (text) => lastWord(parseAddress(text))));
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const { podIps, podIpOffsets, podFlags } = view.segment(namespace).columns;
    const first = view.firstPod(namespace);
    for (let i = 0; i < podFlags.length; i++) {
      if ((podFlags[i]! & POD_FLAGS.hostNetwork) !== 0) continue;
      if (index.pods.podClass[first + i] === NO_CLASS) continue;
      // Most pods are others: look at the raw words before making records of them.
      if (!hasWord(podIps, podIpOffsets[i]!, podIpOffsets[i + 1]!, lastWordsWanted)) continue;
      for (const ip of view.pod(first + i).ips) {
        const text = formatAddress(ip);
        if (wanted.has(text)) found.set(text, first + i);
      }
    }
  }
  return found;
}

function hasWord(
  words: Int32Array,
  from: number,
  end: number,
  wanted: ReadonlySet<number>,
): boolean {
  for (let at = from * ADDRESS_WORDS; at < end * ADDRESS_WORDS; at += ADDRESS_WORDS)
    if (wanted.has(words[at + (words[at] === 4 ? 1 : ADDRESS_WORDS - 1)]!)) return true;
  return false;
}

/** The word that differs most between addresses, as columns have it. */
function lastWord({ words }: IpAddress): number {
  return words.at(-1)! | 0;
}
