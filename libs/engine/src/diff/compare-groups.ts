import type { Direction } from '@portolan/model';
import { type Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import type { GroupPair, Unit } from './match-groups.js';
import type { SharedTraffic } from './shared-traffic.js';

/** Traffic between two groups before and after, as ids of the shared table. */
export interface Difference {
  readonly before: number;
  readonly after: number;
  readonly opened: number;
  readonly closed: number;
}

/** One side of a diff. */
export interface DiffSide {
  readonly analysis: Analysis;
  readonly unitsOf: (group: GroupPair) => readonly Unit[];
}

/** The traffic of one group with every class, on both sides of a diff; compares it group by group. */
export class GroupComparison {
  readonly #base: UnitTraffic;
  readonly #head: UnitTraffic;

  constructor(
    private readonly traffic: SharedTraffic,
    direction: Direction,
    private readonly group: GroupPair,
    base: DiffSide,
    head: DiffSide,
  ) {
    this.#base = new UnitTraffic(traffic, direction, group, base);
    this.#head = new UnitTraffic(traffic, direction, group, head);
  }

  /** The difference towards another group; null when nothing changed. */
  with(other: GroupPair): Difference | null {
    const opened = this.#gained(this.#head, this.#base, other);
    const closed = this.#gained(this.#base, this.#head, other);
    if (opened === NO_TRAFFIC && closed === NO_TRAFFIC) return null;
    return { before: this.#base.union(other), after: this.#head.union(other), opened, closed };
  }

  /** What units of one side may exchange and their counterparts on the other side may not all. */
  #gained(here: UnitTraffic, there: UnitTraffic, other: GroupPair): number {
    const { traffic } = this;
    const isInBoth = this.group.base >= 0 && this.group.head >= 0;
    let gained = NO_TRAFFIC;
    for (const [i, unit] of here.own.entries())
      for (const peer of here.unitsOf(other)) {
        const now = here.between(i, other, peer);
        if (now === null || now === NO_TRAFFIC) continue;
        const then = this.#common(there, unit.counterparts, other, peer.counterparts);
        // A second replica of the same pods is nothing that a change opened.
        const isReplica = this.group === other && unit.podClass === peer.podClass;
        if (then === null && isReplica && isInBoth) continue;
        gained = traffic.union(gained, traffic.difference(now, then ?? NO_TRAFFIC));
      }
    return gained;
  }

  /** What all pairs of counterparts may exchange; null when there is no such pair. */
  #common(
    there: UnitTraffic,
    units: readonly number[],
    other: GroupPair,
    peers: readonly number[],
  ): number | null {
    let common: number | null = null;
    for (const unit of units)
      for (const peer of peers) {
        const between = there.between(unit, other, there.unitsOf(other)[peer]!);
        if (between !== null)
          common = common === null ? between : this.traffic.intersection(common, between);
      }
    return common;
  }
}

/** The traffic of a group's units with the classes of one snapshot. */
class UnitTraffic {
  readonly own: readonly Unit[];
  readonly #rows: Int32Array[];

  constructor(
    private readonly traffic: SharedTraffic,
    direction: Direction,
    private readonly group: GroupPair,
    private readonly side: DiffSide,
  ) {
    const { analysis } = side;
    this.own = side.unitsOf(group);
    this.#rows = this.own.map(({ podClass }) => {
      const row = new Int32Array(analysis.index.classes.count);
      analysis.trafficWithPeers(direction, podClass, row);
      return row;
    });
  }

  unitsOf(group: GroupPair): readonly Unit[] {
    return this.side.unitsOf(group);
  }

  /** Between a unit of the group and one of another; null when they are one and the same pod. */
  between(own: number, other: GroupPair, peer: Unit): number | null {
    const unit = this.own[own]!;
    const { analysis } = this.side;
    if (this.group === other && unit.podClass === peer.podClass && isOnePod(analysis, unit))
      return null;
    if (isAlwaysLocal(analysis, unit, peer)) return FULL_TRAFFIC;
    return this.traffic.of(analysis, this.#rows[own]![peer.podClass]!);
  }

  union(other: GroupPair): number {
    let union = NO_TRAFFIC;
    for (const own of this.own.keys())
      for (const peer of this.unitsOf(other))
        union = this.traffic.union(union, this.between(own, other, peer) ?? NO_TRAFFIC);
    return union;
  }
}

function isOnePod({ view }: Analysis, { pods }: Unit): boolean {
  return pods.length === 1 && !view.pod(pods[0]!).template;
}

/** Whether all pairs are a hostNetwork pod and a pod of its node: always allowed, policies do not matter. */
function isAlwaysLocal(analysis: Analysis, a: Unit, b: Unit): boolean {
  if (analysis.isHost(a.podClass) === analysis.isHost(b.podClass)) return false;
  const { podNode } = analysis.index.pods;
  const node = podNode[a.pods[0]!]!;
  return node >= 0 && [...a.pods, ...b.pods].every((pod) => podNode[pod] === node);
}
