import {
  MAX_PORT,
  MIN_PORT,
  type PortRange,
  type Protocol,
  type TrafficSet,
} from '@portolan/model';
import { type Address, readNetwork, writeAddress } from './addresses.js';
import { type Cluster, findEndpoint, isPod } from './oracle.js';
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

/** Addresses outside every pod, one at least on each side of each border of each ipBlock; nodes' addresses, too. */
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
  for (const { family, value } of [...cluster.nodeAddresses.values()].flat()) add(family, value);
  for (const text of cluster.policies.flatMap(blocksOf)) {
    const { family, first, last } = readNetwork(text)!;
    for (const value of [first - 1n, first, last, last + 1n]) add(family, value);
  }
  return [...found.values()];
}

/** Every CIDR that a policy names, excepts included. */
function blocksOf(policy: Cluster['policies'][number]): string[] {
  return peersOf(policy).flatMap(({ ipBlock }) =>
    isSet(ipBlock) ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : [],
  );
}

function peersOf({ spec }: Cluster['policies'][number]): Peer[] {
  return [
    ...(spec.ingress ?? []).flatMap(({ from }) => from ?? []),
    ...(spec.egress ?? []).flatMap(({ to }) => to ?? []),
  ];
}

function portsOf({ spec }: Cluster['policies'][number]): Port[] {
  return [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ ports }) => ports ?? []);
}
