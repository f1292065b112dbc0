import {
  type LabelSelector,
  MAX_PORT,
  MIN_PORT,
  NAMESPACE_NAME_LABEL,
  type PolicyPeer,
  type PolicyRule,
  type Protocol,
  PROTOCOLS,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomsOfNetworks } from '../build/address-atoms.js';
import { boxOf, type LabelBox } from '../hypothetical/label-box.js';
import { FULL_TRAFFIC, NO_TRAFFIC, type TrafficSets } from '../sets/traffic-sets.js';

/** Peers as policies mean them, whether or not they exist. Pods are never covered by addresses: plugins are free in that. */
export type PeerRegion =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'pods'; readonly box: LabelBox }
  /** Sorted, disjoint [first, end) pairs of atoms. */
  | { readonly kind: 'networks'; readonly atoms: Int32Array };

/** Ports by number, and by names whose numbers are the destination's business. */
export interface PortPattern {
  readonly traffic: number;
  /** `TCP http`. */
  readonly names: readonly string[];
}

/** What a rule admits by one of its peers. */
export interface Admission {
  readonly region: PeerRegion;
  readonly ports: PortPattern;
}

/** What a rule of a NetworkPolicy admits, peer by peer. A peer that contradicts itself admits nobody. */
export function admissionsOf(
  { view, index, traffic }: Analysis,
  namespace: number,
  rule: PolicyRule,
): Admission[] {
  const ports = portPattern(traffic, rule);
  if (rule.peers === null) return [{ region: { kind: 'everyone' }, ports }];
  return rule.peers.flatMap((peer) => {
    const region = regionOf(peer, view.namespaceName(namespace), (networks) =>
      atomsOfNetworks(index.atoms, networks),
    );
    return region === null ? [] : [{ region, ports }];
  });
}

/** Pods that a NetworkPolicy of a namespace means by a selector; null = there can be none. */
export function boxInNamespace(name: string, podSelector: LabelSelector): LabelBox | null {
  const own = { key: NAMESPACE_NAME_LABEL, operator: 'In', values: [name] } as const;
  return boxOf({ namespace: [own], pod: podSelector });
}

function regionOf(
  peer: PolicyPeer,
  own: string,
  atomsOf: (networks: PolicyPeer & { kind: 'networks' }) => Int32Array,
): PeerRegion | null {
  switch (peer.kind) {
    case 'pods': {
      const { namespaceSelector, podSelector } = peer;
      const box =
        namespaceSelector === null
          ? boxInNamespace(own, podSelector)
          : boxOf({ namespace: namespaceSelector, pod: podSelector });
      return box && { kind: 'pods', box };
    }
    case 'networks': {
      const atoms = atomsOf(peer);
      return atoms.length === 0 ? null : { kind: 'networks', atoms };
    }
    case 'nodes':
    case 'domainNames':
    case 'unknown':
      return null;
  }
}

function portPattern(traffic: TrafficSets, { ports }: PolicyRule): PortPattern {
  if (ports === null) return { traffic: FULL_TRAFFIC, names: [] };
  const names: string[] = [];
  const ranges = ports.flatMap(({ protocol, port, endPort }) => {
    if (typeof port === 'string') {
      names.push(`${protocol ?? ''} ${port}`);
      return [];
    }
    const from = port ?? MIN_PORT;
    const to = port === null ? MAX_PORT : (endPort ?? port);
    return protocol === null ? [] : [{ protocol, from, to }];
  });
  return { traffic: ranges.length === 0 ? NO_TRAFFIC : traffic.add(ranges), names };
}

/** Whether others have some of these ports, or of those that a name may stand for: alone or together they may leave less. */
export function arePortsMeeting(
  traffic: TrafficSets,
  ports: PortPattern,
  others: PortPattern,
): boolean {
  return (
    traffic.meet(ports.traffic, others.traffic) ||
    ports.names.some(
      (name) =>
        others.names.includes(name) || traffic.meet(portsOfProtocol(traffic, name), others.traffic),
    )
  );
}

/** What of some ports others lack. A name is covered by itself, and by all ports of its protocol. */
export function portsWithout(
  traffic: TrafficSets,
  ports: PortPattern,
  others: PortPattern,
): PortPattern {
  return {
    traffic: traffic.difference(ports.traffic, others.traffic),
    names: ports.names.filter((name) => !isNameCovered(traffic, name, others)),
  };
}

/** Whether there is nothing left. */
export function isNoPort({ traffic, names }: PortPattern): boolean {
  return traffic === NO_TRAFFIC && names.length === 0;
}

function isNameCovered(traffic: TrafficSets, name: string, others: PortPattern): boolean {
  return others.names.includes(name) || hasProtocol(traffic, others.traffic, name);
}

function hasProtocol(traffic: TrafficSets, id: number, name: string): boolean {
  return traffic.difference(portsOfProtocol(traffic, name), id) === NO_TRAFFIC;
}

/** All that a name could stand for; of a protocol that is not known, everything. */
function portsOfProtocol(traffic: TrafficSets, name: string): number {
  const protocol = PROTOCOLS.indexOf(name.slice(0, name.indexOf(' ')) as Protocol);
  return protocol < 0 ? FULL_TRAFFIC : traffic.range(protocol, MIN_PORT, MAX_PORT);
}
