import { type Direction, type Protocol, PROTOCOLS, type TrafficSet } from '@portolan/model';
import { type Cluster, type Endpoint, isPod, type Side, side } from './oracle.js';
import { type PortInterval, portIntervals, trafficOf } from './sample-points.js';
import type { Pod } from './workloads.js';

/** A protocol and a port that speaks for its interval. */
export interface Probe {
  readonly protocol: Protocol;
  readonly port: number;
}

/** What the oracle expects, asked once for each pair and probe. */
export class ExpectedAccess {
  readonly intervals: readonly PortInterval[];
  readonly probes: readonly Probe[];
  readonly #traffic = new PairMap<TrafficSet>();
  readonly #sides = { EGRESS: new PairMap<Side[]>(), INGRESS: new PairMap<Side[]>() };

  /** `others` are clusters with which traffic will be compared: ports are cut at their borders, too. */
  constructor(
    readonly cluster: Cluster,
    others: readonly Cluster[] = [],
  ) {
    this.intervals = portIntervals([cluster, ...others]);
    this.probes = allProbes(this.intervals);
  }

  /** What both ends let pass; of one pod with itself everything. */
  between(source: Endpoint, destination: Endpoint): TrafficSet {
    return this.#traffic.get(source, destination, () => {
      const egress = this.sides('EGRESS', source, destination);
      const ingress = this.sides('INGRESS', source, destination);
      const passes = this.probes.filter(
        (_, i) => egress[i]!.reason !== 'DENIED' && ingress[i]!.reason !== 'DENIED',
      );
      return trafficOf(this.intervals, passes);
    });
  }

  /** What one end says, in the order of `probes`. */
  sides(direction: Direction, source: Endpoint, destination: Endpoint): readonly Side[] {
    return this.#sides[direction].get(source, destination, () => {
      const [subject, peer] =
        direction === 'EGRESS' ? [source, destination] : [destination, source];
      const at = ({ protocol, port }: Probe): Side =>
        side(this.cluster, direction, subject, peer, protocol, port);
      const first = at(this.probes[0]!);
      // Where nothing isolates, no port matters.
      return this.probes.map((probe) => (first.isolatedBy.length === 0 ? first : at(probe)));
    });
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
}

/** Values by ordered pairs. */
class PairMap<Value> {
  readonly #rows = new Map<Endpoint, Map<Endpoint, Value>>();

  get(source: Endpoint, destination: Endpoint, make: () => Value): Value {
    let row = this.#rows.get(source);
    if (row === undefined) this.#rows.set(source, (row = new Map<Endpoint, Value>()));
    let value = row.get(destination);
    if (value === undefined) row.set(destination, (value = make()));
    return value;
  }
}

export function includes(traffic: TrafficSet, { protocol, port }: Probe): boolean {
  return traffic.some((r) => r.protocol === protocol && r.from <= port && port <= r.to);
}

export function union(intervals: readonly PortInterval[], sets: readonly TrafficSet[]): TrafficSet {
  if (sets.length < 2) return sets[0] ?? [];
  return trafficOf(
    intervals,
    allProbes(intervals).filter((probe) => sets.some((traffic) => includes(traffic, probe))),
  );
}

export function complement(intervals: readonly PortInterval[], traffic: TrafficSet): TrafficSet {
  return trafficOf(
    intervals,
    allProbes(intervals).filter((probe) => !includes(traffic, probe)),
  );
}

function allProbes(intervals: readonly PortInterval[]): Probe[] {
  return PROTOCOLS.flatMap((protocol) => intervals.map(({ from }) => ({ protocol, port: from })));
}

/** What is in the first and not in the second. */
export function difference(
  intervals: readonly PortInterval[],
  traffic: TrafficSet,
  without: TrafficSet,
): TrafficSet {
  return trafficOf(
    intervals,
    allProbes(intervals).filter((probe) => includes(traffic, probe) && !includes(without, probe)),
  );
}

/** A pod is no peer of itself in a group, unless there is no other pair. A template stands for several pods. */
export function differentPairs(
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
