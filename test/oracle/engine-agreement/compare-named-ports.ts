import type { Analysis } from '@portolan/engine';
import {
  type Direction,
  DIRECTIONS,
  formatTraffic,
  type Protocol,
  PROTOCOLS,
  type TrafficSet,
} from '@portolan/model';
import { contains, readNetwork, writeAddress } from '../addresses.js';
import { PORT_NAMES } from '../arbitrary-policy.js';
import { askRows, peerOf, questionName } from './ask-engine.js';
import { type Endpoint, isPod } from '../cluster.js';
import { same } from './disagreement.js';
import {
  differentPairs,
  type ExpectedAccess,
  includes,
  type Probe,
  union,
} from '../expected-access.js';
import { groupPods, refKey, workloadKey } from './names.js';
import { externalAddresses, trafficOf } from '../sample-points.js';

/** Asks about ports by name, which mean other numbers on each destination, and about a namespace: many pods at once. */
export function compareNamedPorts(analysis: Analysis, expected: ExpectedAccess): void {
  const { pods } = expected.cluster;
  const outside = externalAddresses(expected.cluster);
  for (const direction of DIRECTIONS)
    for (const [i, [name, own]] of [...groupPods(pods, ({ namespace }) => namespace)].entries()) {
      const port = { name: PORT_NAMES[i % PORT_NAMES.length]!, protocol: PROTOCOLS[i % 2]! };
      const traffic = { protocol: port.protocol, port: null, endPort: null, portName: port.name };
      const rows = askRows(analysis, direction, { kind: 'namespace', name }, 'WORKLOAD', traffic);
      const asked = `${questionName(direction)} namespace ${name}, ${port.protocol} ${port.name}`;
      const wanted = (peers: readonly Endpoint[]): string =>
        formatTraffic(namedTraffic(expected, direction, own, peers, port));
      for (const [workload, peers] of groupPods(pods, workloadKey)) {
        const row = rows.find((one) => refKey(peerOf(one, direction)) === workload);
        same(`${asked}, row of ${workload}`, formatTraffic(row?.traffic ?? []), wanted(peers));
      }
      for (const address of outside) {
        const row = rows.find((one) => {
          const ref = peerOf(one, direction);
          return (
            ref.kind === 'external' &&
            ref.cidrs.some((cidr) => contains(readNetwork(cidr)!, address))
          );
        });
        const what = `${asked}, row of ${writeAddress(address)}`;
        same(what, formatTraffic(row?.traffic ?? []), wanted([address]));
      }
    }
}

/** What some pair may exchange on the numbers that the name has on that pair's destination. */
function namedTraffic(
  expected: ExpectedAccess,
  direction: Direction,
  own: readonly Endpoint[],
  peers: readonly Endpoint[],
  port: NamedPort,
): TrafficSet {
  const { intervals, probes } = expected;
  const pairs = direction === 'INGRESS' ? differentPairs(peers, own) : differentPairs(own, peers);
  const named = pairs.map(([a, b]) => {
    const numbers = numbersOf(b, port);
    if (numbers.length === 0) return [];
    const allowed = expected.between(a, b);
    const isNamed = (probe: Probe): boolean =>
      probe.protocol === port.protocol && numbers.includes(probe.port);
    return trafficOf(
      intervals,
      probes.filter((probe) => isNamed(probe) && includes(allowed, probe)),
    );
  });
  return union(
    intervals,
    named.filter((traffic) => traffic.length > 0),
  );
}

interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
}

function numbersOf(endpoint: Endpoint, { name, protocol }: NamedPort): number[] {
  if (!isPod(endpoint)) return [];
  return endpoint.ports
    .filter((port) => port.name === name && port.protocol === protocol)
    .map(({ number }) => number);
}
