import { type Direction, type PodRecord, SnapshotView } from '@portolan/model';
import { overlap } from './sets/atom-ranges.js';
import { groupHas, groupOf } from './sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC, TrafficSets } from './sets/traffic-sets.js';
import { PeerColumns } from './peer-columns.js';
import { columnsOf, compiledOfRow, isTieredRow } from './direction-columns.js';
import { PortNames } from './port-names.js';
import { SnapshotFacts } from './snapshot-facts.js';
import { type DirectionColumns, EVERYONE, NO_ROW, type SnapshotIndex } from './snapshot-index.js';
import { type DecisionVisitor, type TierVerdict, walkTiers } from './tier-walk.js';
import { withoutPolicies } from './without-policies.js';

/** Sets that questions may add to the traffic table before it is built anew: bounds the memory of a long life. */
const EXTRA_TRAFFIC_SETS = 50_000;

/** Integers that these may have together: 8 MB, and some ten times as much where each set is spelled out. */
const EXTRA_TRAFFIC_WORDS = 2_000_000;

/** Reads a snapshot's index on one thread. Holds memo tables and scratch memory, so it serves one question at a time. */
export class Analysis {
  readonly view: SnapshotView;
  readonly facts: SnapshotFacts;
  readonly ports: PortNames;
  readonly #columns: PeerColumns;
  #traffic: TrafficSets;
  #unenforced: Analysis | null = null;

  constructor(readonly index: SnapshotIndex) {
    this.view = new SnapshotView(index.segments, index.hypothetical);
    this.facts = new SnapshotFacts(index, this.view);
    this.ports = new PortNames(index);
    this.#traffic = TrafficSets.from(index.traffic);
    this.#columns = new PeerColumns(index);
  }

  /** The traffic table. Ids that are not of the index hold until the next `startQuestion`. */
  get traffic(): TrafficSets {
    return this.#traffic;
  }

  /** The analysis that answers a question: this one, or of the same snapshot where no policy takes effect. */
  inForce({ isEnforced }: { readonly isEnforced: boolean }): Analysis {
    return isEnforced ? this : (this.#unenforced ??= new Analysis(withoutPolicies(this.index)));
  }

  /** Says whether ids from before mean nothing any more, unless they are of the index. */
  startQuestion(): boolean {
    const { offsets, items } = this.index.traffic;
    const isLarge =
      this.#traffic.size > offsets.length - 1 + EXTRA_TRAFFIC_SETS ||
      this.#traffic.words > items.length + EXTRA_TRAFFIC_WORDS;
    if (isLarge) this.#traffic = TrafficSets.from(this.index.traffic);
    return isLarge;
  }

  direction(direction: Direction): DirectionColumns {
    return columnsOf(this.index, direction);
  }

  /** The row of the policies that select a class, or NO_ROW. */
  rowOf(direction: Direction, subject: number): number {
    return this.direction(direction).rowOfClass[subject]!;
  }

  /** Whether some NetworkPolicy selects a class in a direction. */
  isIsolated(direction: Direction, subject: number): boolean {
    const row = this.rowOf(direction, subject);
    const { offsets } = this.direction(direction).rows;
    return row !== NO_ROW && offsets[row + 1]! > offsets[row]!;
  }

  /**
   * The traffic between one class and every class, both sides considered: as destination (INGRESS: the peers are
   * sources) or as source (EGRESS: the peers are destinations). `out` has one traffic set id for each class.
   */
  trafficWithPeers(direction: Direction, subject: number, out: Int32Array): void {
    const { traffic } = this;
    const otherWay = opposite(direction);
    const { rowOfClass } = this.direction(otherWay);
    const theirs = this.#columns.ofRows(traffic, otherWay, subject);
    this.#columns.ofPeers(traffic, direction, this.rowOf(direction, subject), out);
    for (let peer = 0; peer < out.length; peer++) {
      const row = rowOfClass[peer]!;
      if (row !== NO_ROW && out[peer] !== NO_TRAFFIC)
        out[peer] = traffic.intersection(out[peer]!, theirs[row]!);
    }
  }

  /** By peer class: what one side alone lets pass. `out` has one traffic set id for each class. */
  sideTrafficWithPeers(direction: Direction, subject: number, out: Int32Array): void {
    this.#columns.ofPeers(this.traffic, direction, this.rowOf(direction, subject), out);
  }

  /** By row: what it lets pass with one peer class. The next call overwrites it. */
  rowTrafficWith(direction: Direction, peer: number): Int32Array {
    return this.#columns.ofRows(this.traffic, direction, peer);
  }

  /** What one side alone lets pass between a subject class and a peer class. */
  sideTraffic(direction: Direction, subject: number, peer: number): number {
    const row = this.rowOf(direction, subject);
    if (row === NO_ROW) return FULL_TRAFFIC;
    return this.rowTraffic(direction, row, (entry) => this.entryAdmitsClass(entry, peer));
  }

  /** What a row lets pass; `matches` says which entries match the peer. */
  rowTraffic(direction: Direction, row: number, matches: (entry: number) => boolean): number {
    const { allowed, open } = this.rowVerdict(direction, row, FULL_TRAFFIC, matches);
    return this.traffic.union(allowed, open);
  }

  /** What a row does with `within`; `visit` hears which entries decide. */
  rowVerdict(
    direction: Direction,
    row: number,
    within: number,
    matches: (entry: number) => boolean,
    visit?: DecisionVisitor,
  ): TierVerdict {
    const tables = { compiled: this.index.compiled, traffic: this.traffic };
    return walkTiers(tables, this.direction(direction), row, within, matches, visit);
  }

  entryAdmitsClass(entry: number, peer: number): boolean {
    const set = this.index.compiled.entryClasses[entry]!;
    return set === EVERYONE || (set >= 0 && groupHas(this.index.classSets, set, peer));
  }

  /** Whether an entry matches some address in [first, end) ranges of atoms. Domain names match none. */
  entryAdmitsAtoms(entry: number, ranges: Int32Array): boolean {
    const set = this.index.compiled.entryAddresses[entry]!;
    return set === EVERYONE || (set >= 0 && overlap(groupOf(this.index.addressSets, set), ranges));
  }

  /** NetworkPolicies (snapshot-wide indices) that isolate a class in a direction. */
  isolatingPolicies(direction: Direction, subject: number): number[] {
    const row = this.rowOf(direction, subject);
    if (row === NO_ROW) return [];
    return this.#policiesOf(groupOf(this.direction(direction).rows, row));
  }

  /** Policies of every tier (snapshot-wide indices) that select a class in a direction. */
  selectingPolicies(direction: Direction, subject: number): number[] {
    const row = this.rowOf(direction, subject);
    return row === NO_ROW ? [] : this.#policiesOf(this.compiledOfRow(direction, row));
  }

  #policiesOf(compiled: Int32Array): number[] {
    return Array.from(compiled, (id) => this.index.compiled.policy[id]!);
  }

  /** The compiled policies of a row, tier by tier. */
  compiledOfRow(direction: Direction, row: number): Int32Array {
    return compiledOfRow(this.direction(direction), row);
  }

  isHost(podClass: number): boolean {
    return this.index.classes.host[podClass] === 1;
  }

  /** Whether pods of a class are their node to policies, which then do not govern them. */
  isNode(podClass: number): boolean {
    return this.index.classes.node[podClass] === 1;
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

  /** Whether a row has admin or baseline policies: their order decides, they do not just add up. */
  isTiered(direction: Direction, row: number): boolean {
    return isTieredRow(this.direction(direction), row);
  }

  /** Walks the entries of all policies of a row, tier by tier. */
  eachEntry(
    direction: Direction,
    row: number,
    visit: (entry: number, compiled: number) => void,
  ): void {
    const { entryOffsets } = this.index.compiled;
    for (const compiled of this.compiledOfRow(direction, row))
      for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++)
        visit(entry, compiled);
  }
}

export function opposite(direction: Direction): Direction {
  return direction === 'INGRESS' ? 'EGRESS' : 'INGRESS';
}
