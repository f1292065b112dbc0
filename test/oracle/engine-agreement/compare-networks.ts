import { type Analysis, allowedAccess } from '@portolan/engine';
import {
  type AllowedAccess,
  ANY_TRAFFIC,
  DIRECTIONS,
  type Direction,
  type EndpointSelection,
  formatTraffic,
  type TrafficSet,
} from '@portolan/model';
import {
  type Address,
  contains,
  type Network,
  readNetwork,
  sameAddress,
  writeAddress,
} from '../addresses.js';
import { type Cluster, type Endpoint, isItsNode } from '../cluster.js';
import { differentPairs, type ExpectedAccess } from '../expected-access.js';
import { externalAddresses } from '../sample-points.js';
import type { Pod } from '../workloads.js';
import {
  askRows,
  askVerdict,
  EVERY_PEER,
  peerOf,
  questionName,
  selectionOf,
} from './ask-engine.js';
import { Disagreement, same } from './disagreement.js';
import { endpointName, refKey, rowKey } from './names.js';

/** How many networks of a cluster are asked about, and what they leave of the bits of an address. */
const NETWORKS = 2;
const HOST_BITS = [1, 2, 0, 3] as const;

/**
 * Asks about small networks in which pods, nodes and nobody have addresses: `canReach`, `whoCanReach`, `reachableFrom` and
 * `allowedAccess`; and lists every allowed pair once.
 */
export function compareNetworks(analysis: Analysis, expected: ExpectedAccess): void {
  const comparison = new NetworkComparison(analysis, expected);
  for (const text of someNetworks(expected)) comparison.compare(text);
  comparison.compareAll();
}

class NetworkComparison {
  readonly #pods: readonly Pod[];

  constructor(
    private readonly analysis: Analysis,
    private readonly expected: ExpectedAccess,
  ) {
    this.#pods = expected.cluster.pods;
  }

  compare(text: string): void {
    const network = readNetwork(text)!;
    const selection: EndpointSelection = { kind: 'cidr', cidr: text };
    const outside = outsideOf(network, this.expected.cluster);
    const inside = this.#pods.filter(({ ips }) => ips.some((ip) => contains(network, ip)));
    for (const pod of this.#pods)
      this.#compareVerdict(selection, text, pod, [...inside, ...outside]);
    for (const direction of DIRECTIONS) {
      this.#compareRows(direction, selection, text, [...inside, ...outside]);
      for (const pod of this.#pods)
        this.#compareAllowed(direction, selection, network, pod, inside);
    }
  }

  /** Of a network and a pod: what some pair of them may exchange, and what some pair may not. */
  #compareVerdict(
    selection: EndpointSelection,
    text: string,
    pod: Pod,
    ends: readonly Endpoint[],
  ): void {
    for (const direction of DIRECTIONS) {
      const [sources, destinations] = inOrder(direction, ends, [pod]);
      if (differentPairs(sources, destinations).length === 0) continue;
      const [from, to] = inOrder(direction, [selection], [selectionOf(pod)]).map(([one]) => one!);
      const answer = askVerdict(this.analysis, from!, to!, ANY_TRAFFIC);
      const what = `canReach ${text}, ${direction} of ${endpointName(pod)}`;
      for (const outcome of ['ALLOWED', 'DENIED', 'UNKNOWN'] as const) {
        const field = outcome.toLowerCase() as 'allowed' | 'denied' | 'unknown';
        const wanted = this.expected.ofSome(outcome, sources, destinations);
        same(`${what}: ${field}`, formatTraffic(answer[field]), formatTraffic(wanted));
      }
    }
  }

  /** Who reaches something of the network, and what it reaches. */
  #compareRows(
    direction: Direction,
    selection: EndpointSelection,
    text: string,
    ends: readonly Endpoint[],
  ): void {
    const rows = askRows(this.analysis, direction, selection, 'POD', ANY_TRAFFIC);
    for (const pod of this.#pods) {
      const row = rows.find((one) => refKey(peerOf(one, direction)) === rowKey(pod));
      const [sources, destinations] = inOrder(direction, [pod], ends);
      const wanted = this.expected.betweenSome(sources, destinations);
      const what = `${questionName(direction)} ${text}, row of ${endpointName(pod)}`;
      same(what, formatTraffic(row?.traffic ?? []), formatTraffic(wanted));
    }
  }

  /** Rows of a pod and a network name the addresses that have just that traffic, and no others. */
  #compareAllowed(
    direction: Direction,
    selection: EndpointSelection,
    network: Network,
    pod: Pod,
    inside: readonly Pod[],
  ): void {
    const [[from], [to]] = inOrder(direction, [selection], [selectionOf(pod)]);
    const rows = this.#ask(from!, to!);
    const what = `allowedAccess ${JSON.stringify([from, to])}`;
    for (const address of addressesOf(network)) {
      if (this.#pods.some(({ ips }) => ips.some((ip) => sameAddress(ip, address)))) continue;
      const [[source], [destination]] = inOrder<Endpoint>(direction, [address], [pod]);
      const wanted = this.expected.between(source!, destination!);
      same(
        `${what}, ${writeAddress(address)}`,
        textOf(rows, direction, address),
        formatTraffic(wanted),
      );
    }
    for (const row of rows) {
      const ref = direction === 'INGRESS' ? row.source : row.destination;
      if (ref.kind === 'external') {
        const cidrs = ref.cidrs.map((cidr) => readNetwork(cidr)!);
        const isWithin = cidrs.every((cidr) =>
          [cidr.first, cidr.last].every((value) =>
            contains(network, { family: cidr.family, value }),
          ),
        );
        if (!isWithin) throw new Disagreement(`${what}: ${ref.cidrs.join()} is not in the network`);
      } else if (!inside.some((one) => rowKey(one) === refKey(ref)))
        throw new Disagreement(`${what}: ${refKey(ref)} is not in the network`);
    }
  }

  /** Every allowed pair, addresses outside the cluster included, is listed once. */
  compareAll(): void {
    const rows = this.#ask(null, null);
    const byPair = new Map<string, TrafficSet>();
    for (const { source, destination, traffic } of rows) {
      const key = `${refKey(source)} → ${refKey(destination)}`;
      if (byPair.has(key)) throw new Disagreement(`allowedAccess: ${key} is listed twice`);
      byPair.set(key, traffic);
    }
    for (const source of this.#pods)
      for (const destination of this.#pods) {
        const key = `${rowKey(source)} → ${rowKey(destination)}`;
        const wanted = this.expected.between(source, destination);
        same(`allowedAccess: ${key}`, formatTraffic(byPair.get(key) ?? []), formatTraffic(wanted));
      }
    for (const address of externalAddresses(this.expected.cluster))
      for (const pod of this.#pods)
        for (const direction of DIRECTIONS) {
          const [[source], [destination]] = inOrder<Endpoint>(direction, [address], [pod]);
          const own = rows.filter(
            (row) => refKey(direction === 'INGRESS' ? row.destination : row.source) === rowKey(pod),
          );
          same(
            `allowedAccess: ${endpointName(source!)} → ${endpointName(destination!)}`,
            textOf(own, direction, address),
            formatTraffic(this.expected.between(source!, destination!)),
          );
        }
  }

  #ask(from: EndpointSelection | null, to: EndpointSelection | null): readonly AllowedAccess[] {
    const asked = allowedAccess(this.analysis, {
      from,
      to,
      traffic: ANY_TRAFFIC,
      crossNamespace: false,
      isEnforced: true,
      groupBy: 'POD',
      peers: EVERY_PEER,
      page: { offset: 0, limit: 10_000 },
    });
    if (!asked.ok) throw new Disagreement(`allowedAccess: ${asked.problem.message}`);
    return asked.answer.rows;
  }
}

/** The traffic of the one row in which an address is; INGRESS: as source. */
function textOf(rows: readonly AllowedAccess[], direction: Direction, address: Address): string {
  const found = rows.filter((row) => {
    const ref = direction === 'INGRESS' ? row.source : row.destination;
    return (
      ref.kind === 'external' && ref.cidrs.some((cidr) => contains(readNetwork(cidr)!, address))
    );
  });
  if (found.length > 1)
    throw new Disagreement(`${writeAddress(address)} is in ${found.length} rows`);
  return formatTraffic(found[0]?.traffic ?? []);
}

function inOrder<Of>(
  direction: Direction,
  far: readonly Of[],
  near: readonly Of[],
): [readonly Of[], readonly Of[]] {
  return direction === 'INGRESS' ? [far, near] : [near, far];
}

function addressesOf({ family, first, last }: Network): Address[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, i) => ({
    family,
    value: first + BigInt(i),
  }));
}

/** What of a network no pod has. The address of a node is that of the hostNetwork pods that are their node. */
function outsideOf(network: Network, cluster: Cluster): Address[] {
  const owners = cluster.pods.filter((pod) => !pod.hostNetwork || isItsNode(cluster, pod));
  return addressesOf(network).filter(
    (address) => !owners.some(({ ips }) => ips.some((ip) => sameAddress(ip, address))),
  );
}

/** Networks around addresses of pods and nodes, other ones in each cluster. */
function someNetworks({ cluster }: ExpectedAccess): string[] {
  const known = [
    ...cluster.pods.flatMap(({ ips }) => ips),
    ...[...cluster.nodes.values()].flatMap(({ addresses }) => addresses),
  ];
  const count = Math.min(NETWORKS, known.length);
  const turn = cluster.policies.length + cluster.adminPolicies.length;
  return Array.from({ length: count }, (_, i) => {
    const { family, value } = known[(turn + i * 3) % known.length]!;
    const bits = HOST_BITS[(turn + i) % HOST_BITS.length]!;
    const first = (value >> BigInt(bits)) << BigInt(bits);
    return `${writeAddress({ family, value: first })}/${(family === 4 ? 32 : 128) - bits}`;
  });
}
