import { type Direction, PROTOCOLS, type TrafficSet } from '@portolan/model';
import { type Cluster, type Endpoint, isPod, type Side, side } from './oracle.js';
import { oracleTraffic, type PortInterval, portIntervals, trafficWhere } from './sample-points.js';
import type { Pod } from './workloads.js';

/** What the oracle expects, computed once for each pair. */
export class ExpectedAccess {
  readonly intervals: readonly PortInterval[];
  readonly #known = new Map<Endpoint, Map<Endpoint, TrafficSet>>();

  constructor(readonly cluster: Cluster) {
    this.intervals = portIntervals(cluster);
  }

  /** Between two endpoints; of one pod with itself everything. */
  between(source: Endpoint, destination: Endpoint): TrafficSet {
    let ofSource = this.#known.get(source);
    if (ofSource === undefined)
      this.#known.set(source, (ofSource = new Map<Endpoint, TrafficSet>()));
    let traffic = ofSource.get(destination);
    if (traffic === undefined) {
      traffic = oracleTraffic(this.cluster, this.intervals, source, destination);
      ofSource.set(destination, traffic);
    }
    return traffic;
  }

  /** What at least one of some sources may send to at least one of some *other* destinations. */
  betweenSome(sources: readonly Endpoint[], destinations: readonly Endpoint[]): TrafficSet {
    return union(
      this.intervals,
      differentPairs(sources, destinations).map(([a, b]) => this.between(a, b)),
    );
  }

  /** What at least one pair may not exchange. */
  deniedToSome(sources: readonly Endpoint[], destinations: readonly Endpoint[]): TrafficSet {
    return union(
      this.intervals,
      differentPairs(sources, destinations).map(([a, b]) =>
        complement(this.intervals, this.between(a, b)),
      ),
    );
  }

  side(
    direction: Direction,
    source: Endpoint,
    destination: Endpoint,
    protocol: (typeof PROTOCOLS)[number],
    port: number,
  ): Side {
    const [subject, peer] = direction === 'EGRESS' ? [source, destination] : [destination, source];
    return side(this.cluster, direction, subject, peer, protocol, port);
  }
}

/** One probe for each protocol and interval of ports. */
export function probesOf(
  intervals: readonly PortInterval[],
): { protocol: (typeof PROTOCOLS)[number]; port: number }[] {
  return PROTOCOLS.flatMap((protocol) => intervals.map(({ from }) => ({ protocol, port: from })));
}

export function includes(traffic: TrafficSet, protocol: string, port: number): boolean {
  return traffic.some((r) => r.protocol === protocol && r.from <= port && port <= r.to);
}

export function union(intervals: readonly PortInterval[], sets: readonly TrafficSet[]): TrafficSet {
  return trafficWhere(intervals, (protocol, port) =>
    sets.some((traffic) => includes(traffic, protocol, port)),
  );
}

export function complement(intervals: readonly PortInterval[], traffic: TrafficSet): TrafficSet {
  return trafficWhere(intervals, (protocol, port) => !includes(traffic, protocol, port));
}

/** A pod is no peer of itself in a group, unless there is no other pair. A template stands for several pods. */
function differentPairs(
  sources: readonly Endpoint[],
  destinations: readonly Endpoint[],
): [Endpoint, Endpoint][] {
  return sources.flatMap((a) =>
    destinations
      .filter((b) => a !== b || (isPod(a) && a.template))
      .map((b): [Endpoint, Endpoint] => [a, b]),
  );
}

export function keyOf({ namespace, name }: Pod): string {
  return `${namespace}/${name}`;
}
