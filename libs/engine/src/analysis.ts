import { type Direction, type PodRecord, SnapshotView } from '@portolan/model';
import { groupHas, groupOf } from './sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC, TrafficSets } from './sets/traffic-sets.js';
import { SnapshotFacts } from './snapshot-facts.js';
import {
  type DirectionColumns,
  EVERYONE,
  NOT_ISOLATED,
  type SnapshotIndex,
} from './snapshot-index.js';

/** Sets that questions may add to the traffic table before it is built anew: bounds the memory of a long life. */
const EXTRA_TRAFFIC_SETS = 50_000;

/** Reads a snapshot's index on one thread. Holds memo tables and scratch memory, so it serves one question at a time. */
export class Analysis {
  readonly view: SnapshotView;
  readonly facts: SnapshotFacts;
  readonly #rowTraffic: Record<Direction, Int32Array>;
  #traffic: TrafficSets;

  constructor(readonly index: SnapshotIndex) {
    this.view = new SnapshotView(index.segments);
    this.facts = new SnapshotFacts(index, this.view);
    this.#traffic = TrafficSets.from(index.traffic);
    this.#rowTraffic = {
      INGRESS: new Int32Array(index.ingress.rows.offsets.length - 1),
      EGRESS: new Int32Array(index.egress.rows.offsets.length - 1),
    };
  }

  /** The traffic table. Ids that are not of the index hold until the next `startQuestion`. */
  get traffic(): TrafficSets {
    return this.#traffic;
  }

  startQuestion(): void {
    const indexed = this.index.traffic.offsets.length - 1;
    if (this.#traffic.size > indexed + EXTRA_TRAFFIC_SETS)
      this.#traffic = TrafficSets.from(this.index.traffic);
  }

  direction(direction: Direction): DirectionColumns {
    return direction === 'INGRESS' ? this.index.ingress : this.index.egress;
  }

  /** The row that governs a class, or NOT_ISOLATED. */
  rowOf(direction: Direction, subject: number): number {
    return this.direction(direction).rowOfClass[subject]!;
  }

  /**
   * The traffic between one class and every class, both sides considered: as destination (INGRESS: the peers are
   * sources) or as source (EGRESS: the peers are destinations). `out` has one traffic set id for each class.
   */
  trafficWithPeers(direction: Direction, subject: number, out: Int32Array): void {
    const otherWay = opposite(direction);
    const theirs = this.#admittedByRows(otherWay, subject);
    const theirRow = this.direction(otherWay).rowOfClass;
    const own = this.rowOf(direction, subject);
    const { traffic } = this;
    if (own === NOT_ISOLATED) {
      for (let peer = 0; peer < out.length; peer++) {
        const row = theirRow[peer]!;
        out[peer] = row === NOT_ISOLATED ? FULL_TRAFFIC : theirs[row]!;
      }
      return;
    }
    out.fill(NO_TRAFFIC);
    const admit = (peer: number, admitted: number): void => {
      const row = theirRow[peer]!;
      const other = row === NOT_ISOLATED ? FULL_TRAFFIC : theirs[row]!;
      if (other !== NO_TRAFFIC)
        out[peer] = traffic.union(out[peer]!, traffic.intersection(admitted, other));
    };
    this.eachEntry(direction, own, (entry) => {
      const { entryClasses, entryTraffic } = this.index.compiled;
      const set = entryClasses[entry]!;
      const admitted = entryTraffic[entry]!;
      if (admitted === NO_TRAFFIC) return;
      if (set === EVERYONE) for (let peer = 0; peer < out.length; peer++) admit(peer, admitted);
      else if (set >= 0) {
        const { offsets, items } = this.index.classSets;
        for (let i = offsets[set]!; i < offsets[set + 1]!; i++) admit(items[i]!, admitted);
      }
    });
  }

  /** By row of a direction: the traffic that it admits for a peer class. Overwritten by the next call. */
  #admittedByRows(direction: Direction, peer: number): Int32Array {
    const admitted = this.#rowTraffic[direction];
    const { uses, usesOfEveryone } = this.direction(direction);
    const { traffic } = this;
    admitted.fill(NO_TRAFFIC);
    const add = (pairs: Int32Array, start: number, end: number): void => {
      for (let i = start; i < end; i += 2)
        admitted[pairs[i]!] = traffic.union(admitted[pairs[i]!]!, pairs[i + 1]!);
    };
    add(usesOfEveryone, 0, usesOfEveryone.length);
    for (const set of groupOf(this.index.classSetsOfClass, peer))
      add(uses.items, uses.offsets[set]!, uses.offsets[set + 1]!);
    return admitted;
  }

  /** What one side alone admits between a subject class and a peer class. */
  sideTraffic(direction: Direction, subject: number, peer: number): number {
    const row = this.rowOf(direction, subject);
    if (row === NOT_ISOLATED) return FULL_TRAFFIC;
    let admitted = NO_TRAFFIC;
    this.eachEntry(direction, row, (entry) => {
      if (this.entryAdmitsClass(entry, peer))
        admitted = this.traffic.union(admitted, this.index.compiled.entryTraffic[entry]!);
    });
    return admitted;
  }

  entryAdmitsClass(entry: number, peer: number): boolean {
    const set = this.index.compiled.entryClasses[entry]!;
    return set === EVERYONE || (set >= 0 && groupHas(this.index.classSets, set, peer));
  }

  /** Whether an entry admits some address in [first, end) ranges of atoms. */
  entryAdmitsAtoms(entry: number, ranges: Int32Array): boolean {
    const set = this.index.compiled.entryAddresses[entry]!;
    return set === EVERYONE || (set >= 0 && overlap(groupOf(this.index.addressSets, set), ranges));
  }

  /** Policies (snapshot-wide indices) that isolate a class in a direction. */
  isolatingPolicies(direction: Direction, subject: number): number[] {
    const row = this.rowOf(direction, subject);
    if (row === NOT_ISOLATED) return [];
    return Array.from(
      groupOf(this.direction(direction).rows, row),
      (compiled) => this.index.compiled.policy[compiled]!,
    );
  }

  isHost(podClass: number): boolean {
    return this.index.classes.host[podClass] === 1;
  }

  /** Some pod of a class: all pods of a class are alike to policies. */
  samplePod(podClass: number): PodRecord {
    return this.view.pod(
      this.index.classes.pods.items[this.index.classes.pods.offsets[podClass]!]!,
    );
  }

  classSize(podClass: number): number {
    const { offsets } = this.index.classes.pods;
    return offsets[podClass + 1]! - offsets[podClass]!;
  }

  /** Walks the entries of all policies of a row. */
  eachEntry(
    direction: Direction,
    row: number,
    visit: (entry: number, compiled: number) => void,
  ): void {
    const { entryOffsets } = this.index.compiled;
    const { offsets, items } = this.direction(direction).rows;
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      const compiled = items[i]!;
      for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++)
        visit(entry, compiled);
    }
  }
}

export function opposite(direction: Direction): Direction {
  return direction === 'INGRESS' ? 'EGRESS' : 'INGRESS';
}

/** Whether two sorted lists of [first, end) pairs have something in common. */
function overlap(a: Int32Array, b: Int32Array): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i]! < b[j + 1]! && b[j]! < a[i + 1]!) return true;
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return false;
}
