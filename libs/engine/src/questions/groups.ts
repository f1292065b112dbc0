import {
  type Direction,
  type EndpointGrouping,
  type EndpointRef,
  parseCidr,
  type PeerScope,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import type { AskedTraffic } from './asked-traffic.js';
import {
  type AddressWithTraffic,
  type ExternalGroup,
  groupAddresses,
  trafficWithAddresses,
  trafficWithSomeAddress,
} from './external-traffic.js';
import type { PeerTraffic } from './peer-traffic.js';
import {
  type ExternalAddresses,
  nodeAddresses,
  type ResolvedEndpoint,
} from './resolve-endpoint.js';

/** Pods of one row, and their traffic with the endpoint asked about. */
export interface Group {
  /** Snapshot-wide index of a pod, workload or namespace. */
  readonly index: number;
  readonly traffic: number;
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
  const wanted = scope.namespaces === null ? null : new Set(scope.namespaces);
  const isSelf = selfTest(analysis, peers, scope);
  const groups: Group[] = [];
  const add = (group: number, traffic: number): void => {
    if (traffic !== NO_TRAFFIC) groups.push({ index: group, traffic });
  };
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    if (wanted !== null && !wanted.has(view.namespaceName(namespace))) continue;
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
  const found = new Map<number, number>();
  for (const pod of within.pods) {
    if (isSelf.pod(pod)) continue;
    if (
      scope.namespaces !== null &&
      !scope.namespaces.includes(view.namespaceName(view.namespaceOfPod(pod)))
    )
      continue;
    const group = groupOfPod(analysis, groupBy, pod);
    found.set(group, traffic.union(found.get(group) ?? NO_TRAFFIC, peers.withPod(pod)));
  }
  return Array.from(found, ([index, set]) => ({ index, traffic: set }))
    .filter((group) => group.traffic !== NO_TRAFFIC)
    .sort((a, b) => a.index - b.index);
}

/** What counts as the endpoint itself, and is no peer of it unless asked for. */
function selfTest(
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

/** The group that a pod falls into. */
export function groupOfPod(
  { view, index }: Analysis,
  groupBy: EndpointGrouping,
  pod: number,
): number {
  switch (groupBy) {
    case 'POD':
      return pod;
    case 'WORKLOAD':
      return index.pods.podWorkload[pod]!;
    case 'NAMESPACE':
      return view.namespaceOfPod(pod);
  }
}

/** Addresses outside the cluster by the traffic that they have with the endpoint's pods. */
export function externalGroups(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  asked: AskedTraffic,
  withNodes: boolean,
  within: ExternalAddresses | null = null,
): ExternalGroup[] {
  if (within !== null) return groupOfAddresses(analysis, direction, endpoint, asked, within);
  const subjects = [...endpoint.classes].map((podClass) => ({
    podClass,
    asked: direction === 'INGRESS' ? asked.ofClass(podClass) : asked.ofAddresses(),
  }));
  const pieces = trafficWithAddresses(analysis, direction, subjects);
  const own = withNodes ? ownNodes(analysis, direction, endpoint, asked) : [];
  return groupAddresses(analysis, pieces, own);
}

/** Addresses of the pods' own nodes: they have all that is asked of the pods on them. */
function ownNodes(
  analysis: Analysis,
  direction: Direction,
  { pods }: ResolvedEndpoint,
  asked: AskedTraffic,
): AddressWithTraffic[] {
  const { podNode, podClass } = analysis.index.pods;
  const byNode = new Map<number, number>();
  for (const pod of pods) {
    const wanted = direction === 'INGRESS' ? asked.ofClass(podClass[pod]!) : asked.ofAddresses();
    const node = podNode[pod]!;
    byNode.set(node, analysis.traffic.union(byNode.get(node) ?? NO_TRAFFIC, wanted));
  }
  return Array.from(byNode).flatMap(([node, traffic]) =>
    nodeAddresses(analysis, node).map((address) => ({ address, traffic })),
  );
}

/** Some of the asked addresses: one group, with what any of them may exchange. */
function groupOfAddresses(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  asked: AskedTraffic,
  { cidrs, atoms }: ExternalAddresses,
): ExternalGroup[] {
  const { traffic } = analysis;
  const found = [...endpoint.classes].reduce((union, podClass) => {
    const wanted = direction === 'INGRESS' ? asked.ofClass(podClass) : asked.ofAddresses();
    return traffic.union(
      union,
      traffic.intersection(trafficWithSomeAddress(analysis, direction, podClass, atoms), wanted),
    );
  }, NO_TRAFFIC);
  return found === NO_TRAFFIC ? [] : [{ traffic: found, cidrs: cidrs.map(parseCidr), atoms }];
}

/** The classes of a group's pods. */
export function classesOfGroup(
  { index }: Analysis,
  groupBy: EndpointGrouping,
  group: number,
): number[] {
  const { podClass } = index.pods;
  const { ofWorkload, firstOfNamespace } = index.classes;
  switch (groupBy) {
    case 'POD':
      return [podClass[group]!];
    case 'WORKLOAD':
      return Array.from(
        ofWorkload.items.subarray(ofWorkload.offsets[group], ofWorkload.offsets[group + 1]),
      );
    case 'NAMESPACE':
      return Array.from(
        { length: firstOfNamespace[group + 1]! - firstOfNamespace[group]! },
        (_, i) => firstOfNamespace[group]! + i,
      );
  }
}

/** Names a group. A template pod is no pod that anybody could look up: its workload is named. */
export function refOf(analysis: Analysis, groupBy: EndpointGrouping, index: number): EndpointRef {
  const { view } = analysis;
  switch (groupBy) {
    case 'POD': {
      const { name, namespace, template, workload } = view.pod(index);
      if (template) return refOf(analysis, 'WORKLOAD', workload);
      return { kind: 'pod', index, namespace: view.namespaceName(namespace), name };
    }
    case 'WORKLOAD': {
      const { kind, ...identity } = view.workloadIdentity(index);
      return { kind: 'workload', index, ...identity, workloadKind: kind };
    }
    case 'NAMESPACE':
      return { kind: 'namespace', index, name: view.namespaceName(index) };
  }
}
