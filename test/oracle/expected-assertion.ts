import {
  commonTraffic,
  DIRECTIONS,
  formatTraffic,
  MAX_PORT,
  type PortRange,
  type Protocol,
  PROTOCOLS,
  trafficDifference,
  type TrafficQuery,
  type TrafficSet,
} from '@portolan/model';
import {
  type Address,
  contains,
  type Network,
  readAddress,
  readNetwork,
  writeAddress,
} from './addresses.js';
import type { AssertionPlan, EndPlan } from './arbitrary-assertion.js';
import { type Cluster, type Endpoint, isItsNode, isPod } from './cluster.js';
import { workloadKey } from './engine-agreement/names.js';
import { differentPairs, type ExpectedAccess } from './expected-access.js';
import { isolates } from './network-policy.js';
import { externalAddresses } from './sample-points.js';
import { selects } from './selectors.js';
import type { Pod } from './workloads.js';

/** Of an assertion, pair by pair: what breaks it, and what may. */
export interface ExpectedAssertion {
  readonly isVacuous: boolean;
  readonly broken: Expected;
  readonly unknown: Expected;
}

/** Pairs of workloads with their traffic, and what one workload exchanges with an address. */
export interface Expected {
  readonly pods: ReadonlyMap<string, string>;
  readonly outside: ReadonlyMap<string, readonly { address: Address; traffic: string }[]>;
}

/** An assertion, and the networks that are the internet. */
export interface LiteralAssertion {
  readonly plan: AssertionPlan;
  readonly internet: readonly string[];
}

/**
 * The literal definition: every pair of pods, or of a pod and an address outside, is looked at. `strict` is the same cluster where
 * policies come between a pod and its own node.
 */
export function expectAssertion(
  access: ExpectedAccess,
  strict: ExpectedAccess,
  { plan, internet }: LiteralAssertion,
): ExpectedAssertion {
  const publicNetworks = internet.map((cidr) => readNetwork(cidr)!);
  const { kind } = plan;
  const { cluster } = kind === 'MUST_REACH' ? access : strict;
  const expected = kind === 'MUST_REACH' ? access : strict;
  const addresses = sampleAddresses(cluster, [...plan.from, ...plan.to]);
  const everyone: readonly Endpoint[] = [...cluster.pods, ...addresses];
  const meant = (ends: readonly EndPlan[]): Endpoint[] =>
    everyone.filter((one) => ends.some((end) => isMeant(cluster, end, one, publicNetworks)));
  const [from, to] = [meant(plan.from), meant(plan.to)];
  if (kind === 'MUST_BE_ISOLATED') return expectIsolation(cluster, to.filter(isPod));
  const others = (some: readonly Endpoint[]): Endpoint[] =>
    everyone.filter((one) => !some.includes(one));
  const sources = kind === 'ONLY_REACHABLE_FROM' ? others(from) : from;
  const destinations = kind === 'MAY_ONLY_REACH' ? others(to) : to;
  const pairs = differentPairs(sources, destinations).filter(([a, b]) => isPod(a) || isPod(b));
  const isAboutNobody =
    (kind !== 'ONLY_REACHABLE_FROM' && from.length === 0) ||
    (kind !== 'MAY_ONLY_REACH' && to.length === 0);
  const named = kind === 'MAY_ONLY_REACH' ? everyone : to;
  const isNameless =
    plan.traffic.portName !== null && named.every((one) => askedOf(plan.traffic, one).length === 0);
  if (pairs.length === 0 || isAboutNobody || isNameless)
    return { isVacuous: true, broken: NOTHING, unknown: NOTHING };
  const [broken, unknown] = [new Gathered(), new Gathered()];
  for (const [a, b] of pairs) {
    const asked = askedOf(plan.traffic, b);
    const outcomes = expected.outcomes(a, b);
    const bad = commonTraffic(outcomes[kind === 'MUST_REACH' ? 'DENIED' : 'ALLOWED'], asked);
    const open = commonTraffic(outcomes.UNKNOWN, asked);
    if (bad.length > 0) broken.add(a, b, bad);
    if (open.length > 0 || (kind === 'MUST_REACH' && asked.length === 0)) unknown.add(a, b, open);
  }
  return { isVacuous: false, broken: broken.expected(), unknown: unknown.expected() };
}

const NOTHING: Expected = { pods: new Map(), outside: new Map() };

function expectIsolation(cluster: Cluster, pods: readonly Pod[]): ExpectedAssertion {
  const open = new Map<string, string>();
  for (const pod of pods) {
    const directions = DIRECTIONS.filter(
      (direction) =>
        isItsNode(cluster, pod) ||
        !cluster.policies.some((policy) => isolates(policy, direction, pod)),
    );
    const known = open.get(workloadKey(pod)) ?? '';
    const all = DIRECTIONS.filter((one) => directions.includes(one) || known.includes(one));
    if (all.length > 0) open.set(workloadKey(pod), all.join());
  }
  const broken = { pods: open, outside: new Map() };
  return { isVacuous: pods.length === 0, broken, unknown: NOTHING };
}

/** Gathers pairs by the workloads of their pods. */
class Gathered {
  readonly #pods = new Map<string, TrafficSet[]>();
  readonly #outside = new Map<string, Map<Address, TrafficSet[]>>();

  add(source: Endpoint, destination: Endpoint, traffic: TrafficSet): void {
    if (isPod(source) && isPod(destination)) {
      const key = `${workloadKey(source)} → ${workloadKey(destination)}`;
      this.#pods.set(key, [...(this.#pods.get(key) ?? []), traffic]);
      return;
    }
    const [pod, address] = isPod(source)
      ? [source, destination as Address]
      : [destination as Pod, source];
    const key = `${isPod(source) ? 'EGRESS' : 'INGRESS'} ${workloadKey(pod)}`;
    const own = this.#outside.get(key) ?? new Map<Address, TrafficSet[]>();
    this.#outside.set(key, own.set(address, [...(own.get(address) ?? []), traffic]));
  }

  expected(): Expected {
    const outside = [...this.#outside].map(([key, own]) => {
      const rows = [...own].map(([address, sets]) => ({ address, traffic: textOf(sets) }));
      return [key, rows] as const;
    });
    return {
      pods: new Map([...this.#pods].map(([key, sets]) => [key, textOf(sets)])),
      outside: new Map(outside),
    };
  }
}

/** The union, in words. */
function textOf(sets: readonly TrafficSet[]): string {
  const merged = sets.reduce((all, more) => [...all, ...trafficDifference(more, all)], []);
  const ports = PROTOCOLS.flatMap((protocol) => {
    const own = merged.filter((range) => range.protocol === protocol);
    return own.sort((a, b) => a.from - b.from);
  });
  const joined: PortRange[] = [];
  for (const range of ports) {
    const last = joined.at(-1);
    if (last?.protocol === range.protocol && last.to === range.from - 1)
      joined[joined.length - 1] = { ...last, to: range.to };
    else joined.push(range);
  }
  return formatTraffic(joined);
}

function askedOf(
  { protocol, port, endPort, portName }: TrafficQuery,
  destination: Endpoint,
): TrafficSet {
  if (portName !== null) {
    const ports = isPod(destination) ? destination.ports : [];
    return ports
      .filter((one) => one.name === portName && one.protocol === (protocol ?? 'TCP'))
      .map((one) => ({
        protocol: one.protocol as Protocol,
        from: one.number,
        to: one.number,
      }));
  }
  return PROTOCOLS.filter((one) => protocol === null || protocol === one).map((one) => ({
    protocol: one,
    from: port ?? 1,
    to: endPort ?? port ?? MAX_PORT,
  }));
}

function isMeant(
  cluster: Cluster,
  end: EndPlan,
  endpoint: Endpoint,
  internet: readonly Network[],
): boolean {
  switch (end.is) {
    case 'workload': {
      const example = cluster.pods[end.pod];
      return (
        example !== undefined &&
        isPod(endpoint) &&
        endpoint.namespace === example.namespace &&
        endpoint.owner.name === example.owner.name &&
        (!end.hasKind || endpoint.owner.kind === example.owner.kind)
      );
    }
    case 'namespace':
      return isPod(endpoint) && endpoint.namespace === end.name;
    case 'pods':
      return (
        isPod(endpoint) &&
        selects(end.pods, endpoint.labels) &&
        (end.namespaces === null ||
          selects(end.namespaces, cluster.namespaceLabels.get(endpoint.namespace) ?? {}))
      );
    case 'cidr':
      return isPod(endpoint)
        ? endpoint.ips.some((ip) => contains(readNetwork(end.cidr)!, ip))
        : contains(readNetwork(end.cidr)!, endpoint);
    case 'internet':
      return !isPod(endpoint) && internet.some((network) => contains(network, endpoint));
  }
}

/** On both sides of borders of the internet, some in each network that generated policies name. */
const AROUND_THE_INTERNET = [
  '0.255.255.255',
  '1.0.0.0',
  '9.255.255.255',
  '10.255.255.255',
  '11.0.0.0',
  '192.0.2.1',
  '192.169.0.0',
  '203.0.114.0',
  '224.0.0.1',
  '1fff::1',
  '2000::',
  '2001:db7::1',
  '2001:db8::1',
  '4000::',
  'fe80::1',
].map((text) => readAddress(text)!);

/** Addresses that stand for no pod, on each side of each border of networks of policies and of the assertion. */
function sampleAddresses(cluster: Cluster, ends: readonly EndPlan[]): Address[] {
  const found = new Map<string, Address>();
  const add = (address: Address): void => void found.set(writeAddress(address), address);
  for (const address of externalAddresses(cluster)) add(address);
  for (const end of ends) {
    if (end.is === 'internet') for (const address of AROUND_THE_INTERNET) add(address);
    if (end.is !== 'cidr') continue;
    const { family, first, last } = readNetwork(end.cidr)!;
    for (const value of [first - 1n, first, first + 1n, last, last + 1n])
      if (value >= 0n && value < 1n << (family === 4 ? 32n : 128n)) add({ family, value });
  }
  const owners = cluster.pods.filter((pod) => !pod.hostNetwork || isItsNode(cluster, pod));
  const owned = new Set(owners.flatMap(({ ips }) => ips.map(writeAddress)));
  return [...found].filter(([text]) => !owned.has(text)).map(([, address]) => address);
}
