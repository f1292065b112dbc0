import { type Direction, type EndpointGrouping, type PeerScope } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import type { AskedTraffic } from './asked-traffic.js';
import {
  type AddressWithTraffic,
  type ExternalGroup,
  clipGroups,
  groupAddresses,
  trafficWithAddresses,
} from './external-traffic.js';
import { groupOfPod } from './grouping.js';
import type { PeerTraffic } from './peer-traffic.js';
import { nodeAddresses } from './node-local.js';
import type { ExternalAddresses, ResolvedEndpoint } from './resolved-endpoint.js';

/** Pods of one row, and their traffic with the endpoint asked about. */
export interface Group {
  /** Snapshot-wide index of a pod, workload or namespace. */
  readonly index: number;
  readonly traffic: number;
  /** Some of it is allowed because of a node, whatever policies say. */
  readonly isNodeLocal: boolean;
}

/** Groups that have traffic with the endpoint, in the snapshot's order; `within` = of these pods only. */
export function listGroups(
  analysis: Analysis,
  peers: PeerTraffic,
  groupBy: EndpointGrouping,
  scope: PeerScope,
  within: ResolvedEndpoint | null = null,
): Group[] {
  if (within !== null) return groupsWithin(analysis, peers, groupBy, scope, within);
  const { view } = analysis;
  const wanted = namespaceTest(analysis, scope);
  const isSelf = selfTest(analysis, peers, scope);
  const groups: Group[] = [];
  const add = (group: number, traffic: number): void => {
    if (traffic !== NO_TRAFFIC)
      groups.push({ index: group, traffic, isNodeLocal: peers.isLocal(groupBy, group) });
  };
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    if (!wanted(namespace)) continue;
    switch (groupBy) {
      case 'NAMESPACE':
        add(namespace, peers.withNamespace(namespace));
        break;
      case 'WORKLOAD':
        for (
          let one = view.firstWorkload(namespace);
          one < view.firstWorkload(namespace + 1);
          one++
        )
          if (!isSelf.workload(one)) add(one, peers.withWorkload(one));
        break;
      case 'POD':
        for (let pod = view.firstPod(namespace); pod < view.firstPod(namespace + 1); pod++)
          if (!isSelf.pod(pod)) add(pod, peers.withPod(pod));
        break;
    }
  }
  return groups;
}

function groupsWithin(
  analysis: Analysis,
  peers: PeerTraffic,
  groupBy: EndpointGrouping,
  scope: PeerScope,
  within: ResolvedEndpoint,
): Group[] {
  const { view, traffic } = analysis;
  const isSelf = selfTest(analysis, peers, scope);
  const wanted = namespaceTest(analysis, scope);
  const found = new Map<number, Group>();
  for (const pod of within.pods) {
    if (isSelf.pod(pod) || !wanted(view.namespaceOfPod(pod))) continue;
    const group = groupOfPod(analysis, groupBy, pod);
    const known = found.get(group);
    found.set(group, {
      index: group,
      traffic: traffic.union(known?.traffic ?? NO_TRAFFIC, peers.withPod(pod)),
      isNodeLocal: known?.isNodeLocal === true || peers.isLocal('POD', pod),
    });
  }
  return [...found.values()]
    .filter((group) => group.traffic !== NO_TRAFFIC)
    .sort((a, b) => a.index - b.index);
}

/** Which namespaces a question wants to hear of. */
export function namespaceTest(
  { view }: Analysis,
  { namespaces }: PeerScope,
): (namespace: number) => boolean {
  if (namespaces === null) return () => true;
  const wanted = new Set(namespaces);
  return (namespace) => wanted.has(view.namespaceName(namespace));
}

/** What counts as the endpoint itself, and is no peer of it unless asked for. */
export function selfTest(
  { index }: Analysis,
  { endpoint }: PeerTraffic,
  scope: PeerScope,
): { workload(workload: number): boolean; pod(pod: number): boolean } {
  const self = scope.self ? -1 : endpoint.workload;
  return {
    workload: (workload) => self >= 0 && workload === self,
    pod: (pod) => self >= 0 && index.pods.podWorkload[pod] === self,
  };
}

/** Addresses outside the cluster by the traffic that they have with the endpoint's pods; `within` = of these only. */
export function externalGroups(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  asked: AskedTraffic,
  withNodes: boolean,
  within: ExternalAddresses | null = null,
): ExternalGroup[] {
  const subjects = [...endpoint.classes].map((podClass) => ({
    podClass,
    asked: direction === 'INGRESS' ? asked.ofClass(podClass) : asked.ofAddresses(),
  }));
  const pieces = trafficWithAddresses(analysis, direction, subjects);
  const own = withNodes ? ownNodes(analysis, direction, endpoint, asked) : [];
  const groups = groupAddresses(analysis, pieces, own);
  return within === null ? groups : clipGroups(groups, within);
}

/** Addresses of the pods' own nodes: they have all that is asked of the pods on them. */
function ownNodes(
  analysis: Analysis,
  direction: Direction,
  { pods }: ResolvedEndpoint,
  asked: AskedTraffic,
): AddressWithTraffic[] {
  const { localNode, podClass } = analysis.index.pods;
  const byNode = new Map<number, number>();
  for (const pod of pods) {
    const wanted = direction === 'INGRESS' ? asked.ofClass(podClass[pod]!) : asked.ofAddresses();
    const node = localNode[pod]!;
    byNode.set(node, analysis.traffic.union(byNode.get(node) ?? NO_TRAFFIC, wanted));
  }
  return Array.from(byNode).flatMap(([node, traffic]) =>
    nodeAddresses(analysis, node).map((address) => ({ address, traffic })),
  );
}
