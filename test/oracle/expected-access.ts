import { type Direction, type Protocol, PROTOCOLS, type TrafficSet } from '@portolan/model';
import { type Cluster, type Endpoint, isPod } from './cluster.js';
import { both, isGoverned, type Outcome, type Side, side } from './oracle.js';
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
  readonly #traffic = new PairMap<Readonly<Record<Outcome, TrafficSet>>>();
  readonly #sides = { EGRESS: new PairMap<Side[]>(), INGRESS: new PairMap<Side[]>() };

  /** `others` are clusters with which traffic will be compared: ports are cut at their borders, too. */
  constructor(
    readonly cluster: Cluster,
    others: readonly Cluster[] = [],
  ) {
    this.intervals = portIntervals([cluster, ...others]);
    this.probes = allProbes(this.intervals);
  }

  /** What both ends certainly let pass (of one pod with itself everything), certainly do not, and may let pass. */
  outcomes(source: Endpoint, destination: Endpoint): Readonly<Record<Outcome, TrafficSet>> {
    return this.#traffic.get(source, destination, () => {
      const egress = this.sides('EGRESS', source, destination);
      const ingress = this.sides('INGRESS', source, destination);
      const of = (outcome: Outcome): TrafficSet =>
        trafficOf(
          this.intervals,
          this.probes.filter((_, i) => both(egress[i]!, ingress[i]!) === outcome),
        );
      return { ALLOWED: of('ALLOWED'), DENIED: of('DENIED'), UNKNOWN: of('UNKNOWN') };
    });
  }

  /** What certainly passes. */
  between(source: Endpoint, destination: Endpoint): TrafficSet {
    return this.outcomes(source, destination).ALLOWED;
  }

  /** What passes to an address that has one domain name and no other. */
  toNamed(source: Endpoint, address: Endpoint, domainName: string): TrafficSet {
    const { cluster, intervals, probes } = this;
    const passes = probes.filter(
      ({ protocol, port }) =>
        side(cluster, 'EGRESS', source, address, protocol, port, domainName).outcome === 'ALLOWED',
    );
    return trafficOf(intervals, passes);
  }

  /** What may pass: for all that is known, it is not denied. */
  perhapsBetween(source: Endpoint, destination: Endpoint): TrafficSet {
    const { ALLOWED, UNKNOWN } = this.outcomes(source, destination);
    return UNKNOWN.length === 0 ? ALLOWED : union(this.intervals, [ALLOWED, UNKNOWN]);
  }

  /** What one end says, in the order of `probes`. */
  sides(direction: Direction, source: Endpoint, destination: Endpoint): readonly Side[] {
    return this.#sides[direction].get(source, destination, () => {
      const [subject, peer] =
        direction === 'EGRESS' ? [source, destination] : [destination, source];
      const at = ({ protocol, port }: Probe): Side =>
        side(this.cluster, direction, subject, peer, protocol, port);
      if (isGoverned(this.cluster, direction, subject)) return this.probes.map(at);
      // Where no policy speaks, no port matters.
      const first = at(this.probes[0]!);
      return this.probes.map(() => first);
    });
  }

  /** What at least one of some sources may send to at least one of some *other* destinations. */
  betweenSome(sources: readonly Endpoint[], destinations: readonly Endpoint[]): TrafficSet {
    return this.ofSome('ALLOWED', sources, destinations);
  }

  /** The traffic of which this is true for at least one pair. */
  ofSome(
    outcome: Outcome,
    sources: readonly Endpoint[],
    destinations: readonly Endpoint[],
  ): TrafficSet {
    return union(
      this.intervals,
      differentPairs(sources, destinations).map(([a, b]) => this.outcomes(a, b)[outcome]),
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
