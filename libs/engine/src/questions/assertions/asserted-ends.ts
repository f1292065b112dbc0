import {
  type AssertedEnd,
  type Cidr,
  cidrDifference,
  contains,
  formatCidr,
  type IpAddress,
  parseCidr,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { range } from '../../sets/range.js';
import { PUBLIC_CIDRS } from '../public-addresses.js';
import { podsInCidr } from '../resolve-endpoint.js';
import {
  endpointOfPods,
  type ExternalAddresses,
  externalOf,
  type ResolvedEndpoint,
} from '../resolved-endpoint.js';
import { selectPods } from '../select-pods.js';

const EVERYWHERE = ['0.0.0.0/0', '::/0'].map(parseCidr);

/** What a side of an assertion is in a snapshot: pods and addresses that some of its ends mean, and all others. */
export interface AssertedSide {
  readonly meant: ResolvedEndpoint;
  /** Everything else: other pods, and the addresses outside of all pods that no end means. */
  readonly others: ResolvedEndpoint;
  /** Ends that mean nothing. */
  readonly unmatched: readonly number[];
}

/** Finds what the ends of a side mean. */
export function resolveSide(analysis: Analysis, ends: readonly AssertedEnd[]): AssertedSide {
  const pods = new Set<number>();
  let cidrs: readonly Cidr[] = [];
  const unmatched: number[] = [];
  for (const [at, end] of ends.entries()) {
    const found = podsMeantBy(analysis, end);
    for (const pod of found) pods.add(pod);
    const networks = networksOf(end);
    for (const network of networks) cidrs = [...cidrs, ...cidrDifference(network, cidrs)];
    const isThere = found.some((pod) => analysis.index.pods.podClass[pod]! >= 0);
    if (!isThere && networks.length === 0) unmatched.push(at);
  }
  const meant = [...pods].sort((a, b) => a - b);
  const others = range(0, analysis.view.podCount).filter((pod) => !pods.has(pod));
  const otherCidrs = EVERYWHERE.flatMap((whole) => cidrDifference(whole, cidrs));
  return {
    meant: endpointOf(analysis, meant, cidrs),
    others: endpointOf(analysis, others, otherCidrs),
    unmatched,
  };
}

function podsMeantBy(analysis: Analysis, end: AssertedEnd): readonly number[] {
  const { view } = analysis;
  switch (end.is) {
    case 'workload': {
      const namespace = view.findNamespace(end.namespace);
      const workloads = view
        .findWorkloads(end.namespace, end.name)
        .filter((one) => end.kind === null || view.workloadIdentity(one).kindName === end.kind);
      if (workloads.length === 0) return [];
      const { podWorkload } = analysis.index.pods;
      return range(view.firstPod(namespace), view.firstPod(namespace + 1)).filter((pod) =>
        workloads.includes(podWorkload[pod]!),
      );
    }
    case 'namespace': {
      const namespace = view.findNamespace(end.name);
      if (namespace < 0) return [];
      return range(view.firstPod(namespace), view.firstPod(namespace + 1));
    }
    case 'pods':
      return selectPods(analysis, end.namespaces, end.pods);
    case 'addresses':
      return end.cidrs
        .flatMap((cidr) => podsInCidr(analysis, parseCidr(cidr)))
        .map(({ pod }) => pod);
    case 'internet':
      return [];
  }
}

function networksOf(end: AssertedEnd): readonly Cidr[] {
  switch (end.is) {
    case 'addresses':
      return end.cidrs.map(parseCidr);
    case 'internet':
      return PUBLIC_CIDRS.map(parseCidr);
    case 'workload':
    case 'namespace':
    case 'pods':
      return [];
  }
}

function endpointOf(
  analysis: Analysis,
  pods: readonly number[],
  cidrs: readonly Cidr[],
): ResolvedEndpoint {
  const external = cidrs.length === 0 ? null : addressesOutside(analysis, cidrs);
  const ref = { kind: 'selection', text: '', pods: pods.length } as const;
  return endpointOfPods(analysis, ref, pods, -1, external);
}

/** The addresses of networks that stand for no pod. That of a hostNetwork pod that is not its node is the node's as well. */
function addressesOutside(analysis: Analysis, cidrs: readonly Cidr[]): ExternalAddresses | null {
  const { podClass } = analysis.index.pods;
  const taken = EVERYWHERE.flatMap((whole) => podsInCidr(analysis, whole))
    .filter(({ pod }) => !analysis.isHost(podClass[pod]!) || analysis.isNode(podClass[pod]!))
    .flatMap(({ addresses }): readonly IpAddress[] => addresses)
    .filter((address) => cidrs.some((cidr) => contains(cidr, address)));
  return externalOf(analysis, cidrs.map(formatCidr), taken);
}
