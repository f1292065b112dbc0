import {
  DIRECTIONS,
  MAX_PORT,
  MIN_PORT,
  type PortRange,
  type Protocol,
  type TrafficSet,
} from '@portolan/model';
import { type Address, readNetwork, writeAddress } from './addresses.js';
import { entriesOf, peersOf as adminPeersOf } from './admin-fields.js';
import { rulesOf, spansOf } from './admin-policy.js';
import {
  type AdminPolicy,
  type Cluster,
  findEndpoint,
  isPod,
  type NetworkPolicy,
} from './cluster.js';
import { isSet, type Peer, type Port } from './kubernetes.js';

/**
 * Ports from..to that no rule and no container port tells apart: the oracle compares a port with the numbers in the
 * manifests and with nothing else, so one port speaks for its interval.
 */
export interface PortInterval {
  readonly from: number;
  readonly to: number;
}

/** Cuts 1..65535 wherever a policy's port or range, or a container's port, begins or ends. */
export function portIntervals(clusters: readonly Cluster[]): PortInterval[] {
  const pods = clusters.flatMap((cluster) => cluster.pods);
  const policies = clusters.flatMap((cluster) => cluster.policies);
  const starts = new Set([MIN_PORT]);
  const cut = (from: number, to: number): void => void starts.add(from).add(to + 1);
  for (const { number } of pods.flatMap(({ ports }) => ports)) cut(number, number);
  for (const { port, endPort } of policies.flatMap(portsOf))
    if (typeof port === 'number') cut(port, endPort ?? port);
  for (const policy of clusters.flatMap(({ adminPolicies }) => adminPolicies))
    for (const rule of DIRECTIONS.flatMap((direction) => rulesOf(policy, direction)))
      for (const { start, end } of entriesOf(policy.kind, rule).flatMap(spansOf)) cut(start, end);
  const sorted = [...starts].filter((start) => start <= MAX_PORT).sort((a, b) => a - b);
  return sorted.map((from, i) => ({ from, to: (sorted[i + 1] ?? MAX_PORT + 1) - 1 }));
}

/** The traffic for which probes (each at the start of an interval, in order) stand. */
export function trafficOf(
  intervals: readonly PortInterval[],
  probes: readonly { readonly protocol: Protocol; readonly port: number }[],
): TrafficSet {
  const end = new Map(intervals.map(({ from, to }) => [from, to]));
  const traffic: PortRange[] = [];
  for (const { protocol, port } of probes) {
    const to = end.get(port)!;
    const last = traffic.at(-1);
    if (last?.protocol === protocol && last.to === port - 1)
      traffic[traffic.length - 1] = { ...last, to };
    else traffic.push({ protocol, from: port, to });
  }
  return traffic;
}

/** Addresses outside every pod, one at least on each side of each border of each ipBlock and network; nodes' addresses, too. */
export function externalAddresses(cluster: Cluster): Address[] {
  const found = new Map<string, Address>();
  const add = (family: 4 | 6, value: bigint): void => {
    const max = (1n << (family === 4 ? 32n : 128n)) - 1n;
    const text = value < 0n || value > max ? null : writeAddress({ family, value });
    if (text === null || found.has(text)) return;
    const endpoint = findEndpoint(cluster, { ip: text });
    if (endpoint !== null && !isPod(endpoint)) found.set(text, endpoint);
  };
  add(4, 0xc6336401n);
  add(6, 0x20010db8ffff0000n << 64n);
  for (const { addresses } of cluster.nodes.values())
    for (const { family, value } of addresses) add(family, value);
  const blocks = [
    ...cluster.policies.flatMap(blocksOf),
    ...cluster.adminPolicies.flatMap(networksOf),
  ];
  for (const text of blocks) {
    const { family, first, last } = readNetwork(text)!;
    for (const value of [first - 1n, first, last, last + 1n]) add(family, value);
  }
  return [...found.values()];
}

/** Every domain name that a policy of some clusters names. */
export function domainNames(clusters: readonly Cluster[]): string[] {
  const policies = clusters.flatMap(({ adminPolicies }) => adminPolicies);
  const peers = policies.flatMap((policy) =>
    rulesOf(policy, 'EGRESS').flatMap((rule) => adminPeersOf(rule, 'EGRESS')),
  );
  return [...new Set(peers.flatMap((peer) => peer.domainNames ?? []))];
}

/** Every CIDR that a policy names, excepts included. */
function blocksOf(policy: NetworkPolicy): string[] {
  return peersOf(policy).flatMap(({ ipBlock }) =>
    isSet(ipBlock) ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : [],
  );
}

function networksOf(policy: AdminPolicy): string[] {
  return rulesOf(policy, 'EGRESS').flatMap((rule) =>
    adminPeersOf(rule, 'EGRESS').flatMap(({ networks }) => networks ?? []),
  );
}

function peersOf({ spec }: NetworkPolicy): Peer[] {
  return [
    ...(spec.ingress ?? []).flatMap(({ from }) => from ?? []),
    ...(spec.egress ?? []).flatMap(({ to }) => to ?? []),
  ];
}

function portsOf({ spec }: NetworkPolicy): Port[] {
  return [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ ports }) => ports ?? []);
}
