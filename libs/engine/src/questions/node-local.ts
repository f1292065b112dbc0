import { contains, type IpAddress, parseCidr } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';

/**
 * Pods that reach and are reached whatever policies say, because one end is a hostNetwork pod on the other's node:
 * traffic between a pod and its own node is always allowed (NetworkPolicy documentation, "what you can't do").
 * By peer pod: those of the endpoint's pods that it shares the node with. Pairs of two hostNetwork pods are left out: no
 * policy has either as subject.
 */
export function nodeLocalPeers(
  analysis: Analysis,
  pods: Int32Array,
): Map<number, readonly number[]> {
  const { localNode, podClass, hostPods, podsOfNode } = analysis.index.pods;
  const governedOnNode = new Map<number, number[]>();
  const peers = new Map<number, number[]>();
  for (const pod of pods) {
    const node = localNode[pod]!;
    if (node < 0) continue;
    if (!analysis.isNode(podClass[pod]!)) add(governedOnNode, node, pod);
    else
      for (const other of groupOf(podsOfNode, node))
        if (!analysis.isNode(podClass[other]!)) add(peers, other, pod);
  }
  if (governedOnNode.size === 0) return peers;
  for (const host of hostPods) {
    if (!analysis.isNode(podClass[host]!)) continue;
    const governed = governedOnNode.get(localNode[host]!);
    if (governed !== undefined) peers.set(host, governed);
  }
  return peers;
}

/** Pods on nodes that have an address in some networks: policies do not come between a pod and its own node. */
export function podsOfNodesWithin(analysis: Analysis, cidrs: readonly string[]): number[] {
  const { podClass, localNode, podsOfNode } = analysis.index.pods;
  return Array.from({ length: analysis.view.nodeCount }, (_, node) => node)
    .filter((node) => addressesWithin(cidrs, nodeAddresses(analysis, node)).length > 0)
    .flatMap((node) => Array.from(groupOf(podsOfNode, node)))
    .filter((pod) => localNode[pod]! >= 0 && !analysis.isNode(podClass[pod]!));
}

/** Addresses of a node; none when only pods name it. */
export function nodeAddresses({ view }: Analysis, node: number): readonly IpAddress[] {
  return node < 0 || node >= view.nodeCount ? [] : view.node(node).ips;
}

export function addressesWithin(
  cidrs: readonly string[],
  addresses: readonly IpAddress[],
): IpAddress[] {
  if (addresses.length === 0) return [];
  const networks = cidrs.map(parseCidr);
  return addresses.filter((address) => networks.some((network) => contains(network, address)));
}

function add(map: Map<number, number[]>, key: number, pod: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [pod]);
  else known.push(pod);
}
