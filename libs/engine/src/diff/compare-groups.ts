import type { Direction } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import type { AlignedClasses } from './align-classes.js';
import type { GroupPair, NamedPods, Unit } from './match-groups.js';
import type { LocalPair, NodeLocality } from './node-locality.js';
import type { SharedTraffic } from './shared-traffic.js';

/** Traffic between two groups before and after, as ids of the shared table. */
export interface Difference {
  readonly before: number;
  readonly after: number;
  readonly opened: number;
  readonly closed: number;
  /** Some of it came or went because of the nodes that pods are on, whatever policies say. */
  readonly isNodeLocal: boolean;
}

/** One side of a diff. */
export interface DiffSide {
  readonly analysis: Analysis;
  readonly unitsOf: (group: GroupPair) => readonly Unit[];
  readonly locality: NodeLocality;
  /** The pods of the same names on the other side. */
  readonly named: NamedPods;
}

/** The traffic of one group with every class, on both sides of a diff; compares it group by group. */
export class GroupComparison {
  readonly #base: UnitTraffic;
  readonly #head: UnitTraffic;
  readonly #isPlain: boolean;

  constructor(
    private readonly traffic: SharedTraffic,
    direction: Direction,
    private readonly group: GroupPair,
    base: DiffSide,
    head: DiffSide,
  ) {
    this.#base = new UnitTraffic(traffic, direction, group, base);
    this.#head = new UnitTraffic(traffic, direction, group, head);
    this.#isPlain = this.#isPlainGroup(group);
  }

  /**
   * Calls `visit` for each pair of a class before and after, of pods that did not change, with which some unit's traffic
   * changed.
   */
  eachChanged({ before, after }: AlignedClasses, visit: (pair: number) => void): void {
    const isKnown = new Uint8Array(before.length);
    const look = (then: Int32Array | null, now: Int32Array | null): void => {
      for (let pair = 0; pair < before.length; pair++) {
        const one = then === null ? NO_TRAFFIC : then[before[pair]!]!;
        const other = now === null ? NO_TRAFFIC : now[after[pair]!]!;
        if (one === other || isKnown[pair] === 1) continue;
        isKnown[pair] = 1;
        visit(pair);
      }
    };
    for (const [at, { counterparts }] of this.#head.own.entries()) {
      if (counterparts.length === 0) look(null, this.#head.shared(at));
      for (const then of counterparts) look(this.#base.shared(then), this.#head.shared(at));
    }
    for (const [at, { counterparts }] of this.#base.own.entries()) {
      if (counterparts.length === 0) look(this.#base.shared(at), null);
      for (const now of counterparts)
        if (!this.#head.own[now]!.counterparts.includes(at))
          look(this.#base.shared(at), this.#head.shared(now));
    }
  }

  /** Whether all pods of a group are alike on each side, and no pod is its node: what passes is what passes between classes. */
  #isPlainGroup({ baseUnits, headUnits }: GroupPair): boolean {
    const [then, now] = [baseUnits[0], headUnits[0]];
    return (
      then !== undefined &&
      now !== undefined &&
      baseUnits.length === 1 &&
      headUnits.length === 1 &&
      !this.#base.side.analysis.isNode(then.podClass) &&
      !this.#head.side.analysis.isNode(now.podClass)
    );
  }

  #withPlain({ baseUnits, headUnits }: GroupPair): Difference | null {
    const { traffic } = this;
    const before = this.#base.withClass(0, baseUnits[0]!.podClass);
    const after = this.#head.withClass(0, headUnits[0]!.podClass);
    if (before === after) return null;
    return {
      before,
      after,
      opened: traffic.difference(after, before),
      closed: traffic.difference(before, after),
      isNodeLocal: false,
    };
  }

  /** The difference towards another group; null when nothing changed. */
  with(other: GroupPair): Difference | null {
    if (other !== this.group && this.#isPlain && this.#isPlainGroup(other))
      return this.#withPlain(other);
    const before = new Pairs(this.#base, this.group, other);
    const after = new Pairs(this.#head, this.group, other);
    const opened = new Gain(this.traffic, after, before);
    const closed = new Gain(this.traffic, before, after);
    if (opened.total === NO_TRAFFIC && closed.total === NO_TRAFFIC) return null;
    return {
      before: before.union(this.traffic),
      after: after.union(this.traffic),
      opened: opened.total,
      closed: closed.total,
      isNodeLocal: opened.local !== NO_TRAFFIC || closed.local !== NO_TRAFFIC,
    };
  }
}

/** The traffic of a group's units with the classes of one snapshot. */
class UnitTraffic {
  readonly own: readonly Unit[];
  readonly #rows: Int32Array[];
  readonly #shared: Int32Array[] = [];

  constructor(
    private readonly traffic: SharedTraffic,
    direction: Direction,
    group: GroupPair,
    readonly side: DiffSide,
  ) {
    const { analysis } = side;
    this.own = side.unitsOf(group);
    this.#rows = this.own.map(({ podClass }) => {
      const row = new Int32Array(analysis.index.classes.count);
      analysis.trafficWithPeers(direction, podClass, row);
      return row;
    });
  }

  /** What policies let a pod of a unit exchange with another pod of a class. */
  withClass(own: number, podClass: number): number {
    return this.traffic.of(this.side.analysis, this.#rows[own]![podClass]!);
  }

  /** The same by class. */
  shared(own: number): Int32Array {
    return (this.#shared[own] ??= this.traffic.ofAll(this.side.analysis, this.#rows[own]!));
  }
}

const NO_PAIRS: ReadonlySet<number> = new Set();
const NO_COUNTS: ReadonlyMap<number, number> = new Map();

/** The pairs of pods of two groups in one snapshot. Units stand by their positions. */
class Pairs {
  readonly peers: readonly Unit[];
  readonly local: readonly LocalPair[];
  /** Local pairs by their units; most groups have none. */
  readonly #localCount: ReadonlyMap<number, number>;
  readonly #localPairs: ReadonlySet<number>;

  constructor(
    readonly of: UnitTraffic,
    readonly group: GroupPair,
    readonly other: GroupPair,
  ) {
    const { side } = of;
    this.peers = side.unitsOf(other);
    this.local = side.locality.pairs(group, other);
    const hasAny = this.local.length > 0;
    this.#localPairs = hasAny ? new Set(this.local.map((pair) => this.#keyOf(pair))) : NO_PAIRS;
    this.#localCount = hasAny ? this.countByUnits(this.local) : NO_COUNTS;
  }

  /** How many of some pairs each two units have, by `key`. */
  countByUnits(pairs: readonly LocalPair[]): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { pod, peer } of pairs) {
      const key = this.key(this.unitOf(pod), this.peerUnitOf(peer));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  get #analysis(): Analysis {
    return this.of.side.analysis;
  }

  key(own: number, peer: number): number {
    return own * this.peers.length + peer;
  }

  #keyOf({ pod, peer }: LocalPair): number {
    return pod * this.#analysis.view.podCount + peer;
  }

  unitOf(pod: number): number {
    return unitWith(this.#analysis, this.of.own, pod);
  }

  peerUnitOf(pod: number): number {
    return unitWith(this.#analysis, this.peers, pod);
  }

  isLocal(pair: LocalPair): boolean {
    return this.#localPairs.has(this.#keyOf(pair));
  }

  localCount(own: number, peer: number): number {
    return this.#localCount.get(this.key(own, peer)) ?? 0;
  }

  /** How many pairs two units make. Of one pod with itself there is none. */
  count(own: number, peer: number): number {
    if (this.isOnePod(own, peer)) return 0;
    return this.of.own[own]!.pods.length * this.peers[peer]!.pods.length;
  }

  /** Whether two units are one and the same pod. */
  isOnePod(own: number, peer: number): boolean {
    const { podClass, pods } = this.of.own[own]!;
    return (
      this.group === this.other &&
      podClass === this.peers[peer]!.podClass &&
      pods.length === 1 &&
      !this.#analysis.view.pod(pods[0]!).template
    );
  }

  /** What policies let pods of two units exchange. */
  between(own: number, peer: number): number {
    return this.of.withClass(own, this.peers[peer]!.podClass);
  }

  /** What pods of some units of each group may all exchange; null when they make no pair. */
  common(
    traffic: SharedTraffic,
    units: readonly number[],
    peers: readonly number[],
    areReplicas: boolean,
  ): number | null {
    let common: number | null = null;
    for (const unit of units)
      for (const peer of peers) {
        const count = this.count(unit, peer);
        // Pods of which there is only one yet: its replicas would exchange what policies let such pods.
        if (count === 0 && !areReplicas) continue;
        const isLocal = count > 0 && this.localCount(unit, peer) === count;
        const between = isLocal ? FULL_TRAFFIC : this.between(unit, peer);
        common = common === null ? between : traffic.intersection(common, between);
      }
    return common;
  }

  /** Whether any pods of some units are a local pair. */
  hasLocal(units: readonly number[], peers: readonly number[]): boolean {
    return units.some((unit) => peers.some((peer) => this.localCount(unit, peer) > 0));
  }

  /** What any pair may exchange. */
  union(traffic: SharedTraffic): number {
    let union = this.local.length > 0 ? FULL_TRAFFIC : NO_TRAFFIC;
    for (const own of this.of.own.keys())
      for (const peer of this.peers.keys())
        if (this.count(own, peer) > 0) union = traffic.union(union, this.between(own, peer));
    return union;
  }
}

/** What some pair of one snapshot (`here`) may exchange and its counterparts in the other (`there`) may not. */
class Gain {
  /** Of this, what came because of nodes. */
  readonly local: number;
  readonly total: number;

  constructor(
    private readonly traffic: SharedTraffic,
    private readonly here: Pairs,
    private readonly there: Pairs,
  ) {
    this.local = this.#byNodes();
    this.total = traffic.union(this.local, this.#byPolicies());
  }

  /** Pairs that are local here. */
  #byNodes(): number {
    const { here, traffic } = this;
    const { named } = here.of.side;
    let gained = NO_TRAFFIC;
    for (const { pod, peer } of here.local) {
      const then = {
        pod: named.counterpart(here.group, pod),
        peer: named.counterpart(here.other, peer),
      };
      const isNamed = then.pod >= 0 && then.peer >= 0;
      const before = isNamed
        ? this.#namedBefore(then)
        : this.#likeBefore(here.unitOf(pod), here.peerUnitOf(peer));
      gained = traffic.union(gained, traffic.difference(FULL_TRAFFIC, before));
    }
    return gained;
  }

  #namedBefore(pair: LocalPair): number {
    const { there } = this;
    return there.isLocal(pair)
      ? FULL_TRAFFIC
      : there.between(there.unitOf(pair.pod), there.peerUnitOf(pair.peer));
  }

  /** Pods that were replaced by others: on which nodes these come to lie is nothing that a change opened. */
  #likeBefore(own: number, peer: number): number {
    const { here, there } = this;
    const units = here.of.own[own]!.counterparts;
    const peers = here.peers[peer]!.counterparts;
    if (there.hasLocal(units, peers)) return FULL_TRAFFIC;
    return there.common(this.traffic, units, peers, false) ?? NO_TRAFFIC;
  }

  /** Pairs that are local neither here nor there. */
  #byPolicies(): number {
    const { here, there, traffic } = this;
    const excluded = this.#localOnEitherSide();
    let gained = NO_TRAFFIC;
    for (const [own, unit] of here.of.own.entries())
      for (const [at, peer] of here.peers.entries()) {
        const count = here.count(own, at);
        if (count === (excluded.get(here.key(own, at)) ?? 0)) continue;
        const now = here.between(own, at);
        if (now === NO_TRAFFIC) continue;
        const areReplicas = here.group === here.other && this.#areOfOneWorkload(unit, peer);
        const then = there.common(traffic, unit.counterparts, peer.counterparts, areReplicas);
        gained = traffic.union(gained, traffic.difference(now, then ?? NO_TRAFFIC));
      }
    return gained;
  }

  /** By the units here: how many pairs are local here, or were there under the same names. */
  #localOnEitherSide(): ReadonlyMap<number, number> {
    const { here, there } = this;
    if (here.local.length + there.local.length === 0) return NO_COUNTS;
    const { named } = there.of.side;
    const others = there.local
      .map(({ pod, peer }) => ({
        pod: named.counterpart(here.group, pod),
        peer: named.counterpart(here.other, peer),
      }))
      .filter((pair) => pair.pod >= 0 && pair.peer >= 0 && !here.isLocal(pair));
    return here.countByUnits([...here.local, ...others]);
  }

  #areOfOneWorkload(a: Unit, b: Unit): boolean {
    const { podWorkload } = this.here.of.side.analysis.index.pods;
    const workload = podWorkload[a.pods[0]!];
    return [...a.pods, ...b.pods].every((pod) => podWorkload[pod] === workload);
  }
}

/** The position of the unit that has a pod. */
export function unitWith(analysis: Analysis, units: readonly Unit[], pod: number): number {
  const podClass = analysis.index.pods.podClass[pod]!;
  return units.findIndex((unit) => unit.podClass === podClass);
}
