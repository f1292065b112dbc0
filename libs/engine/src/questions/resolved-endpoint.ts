import type { EndpointRef, IpAddress } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { freeAtoms } from '../build/address-atoms.js';
import type { ServicePorts } from '../services/service-ports.js';
import { NO_CLASS } from '../snapshot-index.js';

/** What an endpoint of a question is in this snapshot: pods, addresses outside every pod, or both. */
export interface ResolvedEndpoint {
  readonly ref: EndpointRef;
  /** Pods that take part, sorted. */
  readonly pods: Int32Array;
  /** Classes of the pods, sorted; `counts` has how many of the endpoint's pods each has. */
  readonly classes: Int32Array;
  readonly counts: ReadonlyMap<number, number>;
  /** The workload that the endpoint is, or that its one pod belongs to; -1 for other endpoints. */
  readonly workload: number;
  /** Addresses that belong to no pod; null = none. */
  readonly external: ExternalAddresses | null;
  /** Of a Service as a destination: what its ports are on the pods. Null = the ports asked about are the pods' own. */
  readonly servicePorts: ServicePorts | null;
  /** Whether an address of a Service is among those asked about: nobody answers there. */
  readonly hasServiceAddress: boolean;
}

/** Addresses outside every pod. */
export interface ExternalAddresses {
  /** Disjoint networks. */
  readonly cidrs: readonly string[];
  /** Addresses in them that pods have: they stand for these pods. */
  readonly taken: readonly IpAddress[];
  /** Sorted, disjoint [first, end) pairs of the atoms in which the networks have addresses that are not taken. */
  readonly atoms: Int32Array;
}

/** An endpoint of given pods; those that take no part are left out. */
export function endpointOfPods(
  analysis: Analysis,
  ref: EndpointRef,
  candidates: readonly number[],
  workload: number,
  external: ExternalAddresses | null = null,
): ResolvedEndpoint {
  const { podClass } = analysis.index.pods;
  const pods = Int32Array.from(candidates.filter((pod) => podClass[pod] !== NO_CLASS));
  const counts = new Map<number, number>();
  for (const pod of pods) counts.set(podClass[pod]!, (counts.get(podClass[pod]!) ?? 0) + 1);
  const classes = Int32Array.from(counts.keys()).sort();
  const plain = { servicePorts: null, hasServiceAddress: false };
  return { ref, pods, classes, counts, workload, external, ...plain };
}

/** Addresses of disjoint networks but those taken; null when none is left. */
export function externalOf(
  { index }: Analysis,
  cidrs: readonly string[],
  taken: readonly IpAddress[] = [],
): ExternalAddresses | null {
  const atoms = Int32Array.from(freeAtoms(index.atoms, cidrs, taken).flat());
  return atoms.length === 0 ? null : { cidrs, taken, atoms };
}
