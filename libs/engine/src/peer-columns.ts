import type { Direction } from '@portolan/model';
import { columnsOf, isTieredRow } from './direction-columns.js';
import { groupOf } from './sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC, type TrafficSets } from './sets/traffic-sets.js';
import { TrafficSums } from './sets/traffic-sum.js';
import {
  type DirectionColumns,
  EVERYONE,
  NO_CHAIN,
  NO_ROW,
  type SnapshotIndex,
} from './snapshot-index.js';
import { ALLOW, type EntryTables, PASS, type TierVerdict, walkChain } from './tier-walk.js';

/**
 * What one side of a connection lets pass, for one class and every class at once. Holds scratch memory: a column that it
 * returns is overwritten by the next call.
 */
export class PeerColumns {
  readonly #undecided: Int32Array;
  readonly #passed: Int32Array;
  readonly #ofRow: Record<Direction, Int32Array>;
  readonly #tieredRows: Record<Direction, Int32Array>;
  readonly #isInSet: Uint8Array;
  readonly #sums: TrafficSums;

  constructor(private readonly index: SnapshotIndex) {
    this.#undecided = new Int32Array(index.classes.count);
    this.#passed = new Int32Array(index.classes.count);
    this.#ofRow = {
      INGRESS: new Int32Array(index.ingress.adminOfRow.length),
      EGRESS: new Int32Array(index.egress.adminOfRow.length),
    };
    this.#tieredRows = { INGRESS: tieredRows(index.ingress), EGRESS: tieredRows(index.egress) };
    const rowCount = Math.max(index.ingress.adminOfRow.length, index.egress.adminOfRow.length);
    this.#sums = new TrafficSums(Math.max(index.classes.count, rowCount));
    this.#isInSet = new Uint8Array(index.classSets.offsets.length - 1);
  }

  /** By peer class: what a row lets pass. */
  ofPeers(traffic: TrafficSets, direction: Direction, row: number, out: Int32Array): void {
    if (row === NO_ROW) {
      out.fill(FULL_TRAFFIC);
      return;
    }
    const { rows, adminOfRow, baselineOfRow } = columnsOf(this.index, direction);
    const networkPolicies = groupOf(rows, row);
    const isIsolated = networkPolicies.length > 0;
    out.fill(NO_TRAFFIC);
    if (isIsolated && adminOfRow[row] === NO_CHAIN) {
      this.#eachMatch(networkPolicies, (peer, entry) => {
        this.#sums.add(traffic, out, peer, this.index.compiled.entryTraffic[entry]!);
      });
      this.#sums.end(traffic, out);
      return;
    }
    this.#undecided.fill(FULL_TRAFFIC);
    this.#askInOrder(traffic, direction, adminOfRow[row]!, out);
    if (isIsolated) {
      this.#eachMatch(networkPolicies, (peer, entry) => {
        const admitted = this.index.compiled.entryTraffic[entry]!;
        const matched = traffic.intersection(admitted, this.#undecided[peer]!);
        this.#sums.add(traffic, out, peer, matched);
      });
      this.#sums.end(traffic, out);
      return;
    }
    this.#askInOrder(traffic, direction, baselineOfRow[row]!, out);
    for (let peer = 0; peer < out.length; peer++)
      out[peer] = traffic.union(out[peer]!, this.#undecided[peer]!);
  }

  /** As `walkTiers`, for all peers: leaves what a chain passes on in `#undecided`. */
  #askInOrder(traffic: TrafficSets, direction: Direction, chain: number, out: Int32Array): void {
    if (chain === NO_CHAIN) return;
    const { entryTraffic, entryAction } = this.index.compiled;
    this.#passed.fill(NO_TRAFFIC);
    this.#eachMatch(groupOf(columnsOf(this.index, direction).chains, chain), (peer, entry) => {
      const open = this.#undecided[peer]!;
      if (open === NO_TRAFFIC) return;
      const matched = traffic.intersection(entryTraffic[entry]!, open);
      if (matched === NO_TRAFFIC) return;
      this.#undecided[peer] = traffic.difference(open, matched);
      const action = entryAction[entry]!;
      if (action === ALLOW) out[peer] = traffic.union(out[peer]!, matched);
      else if (action === PASS) this.#passed[peer] = traffic.union(this.#passed[peer]!, matched);
    });
    for (let peer = 0; peer < out.length; peer++)
      this.#undecided[peer] = traffic.union(this.#undecided[peer]!, this.#passed[peer]!);
  }

  #eachMatch(policies: Int32Array, visit: (peer: number, entry: number) => void): void {
    const { entryOffsets, entryClasses, entryTraffic } = this.index.compiled;
    const { offsets, items } = this.index.classSets;
    for (const id of policies)
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
        if (entryTraffic[entry] === NO_TRAFFIC) continue;
        const set = entryClasses[entry]!;
        if (set === EVERYONE)
          for (let peer = 0; peer < this.index.classes.count; peer++) visit(peer, entry);
        else if (set >= 0)
          for (let i = offsets[set]!; i < offsets[set + 1]!; i++) visit(items[i]!, entry);
      }
  }

  /** By row of a direction: what it lets pass for one peer class. */
  ofRows(traffic: TrafficSets, direction: Direction, peer: number): Int32Array {
    const admitted = this.#ofRow[direction];
    const columns = columnsOf(this.index, direction);
    const sets = groupOf(this.index.classSetsOfClass, peer);
    admitted.fill(NO_TRAFFIC);
    const add = (pairs: Int32Array, start: number, end: number): void => {
      for (let i = start; i < end; i += 2)
        this.#sums.add(traffic, admitted, pairs[i]!, pairs[i + 1]!);
    };
    add(columns.usesOfEveryone, 0, columns.usesOfEveryone.length);
    for (const set of sets)
      add(columns.uses.items, columns.uses.offsets[set]!, columns.uses.offsets[set + 1]!);
    this.#sums.end(traffic, admitted);
    this.#addTiers(traffic, direction, sets, admitted);
    return admitted;
  }

  /** Rows with admin or baseline policies: `admitted` has what their NetworkPolicies alone admit. */
  #addTiers(
    traffic: TrafficSets,
    direction: Direction,
    sets: Int32Array,
    admitted: Int32Array,
  ): void {
    const rows = this.#tieredRows[direction];
    if (rows.length === 0) return;
    const columns = columnsOf(this.index, direction);
    const { entryClasses } = this.index.compiled;
    for (const set of sets) this.#isInSet[set] = 1;
    const matches = (entry: number): boolean => {
      const set = entryClasses[entry]!;
      return set === EVERYONE || (set >= 0 && this.#isInSet[set] === 1);
    };
    const tables: EntryTables = { compiled: this.index.compiled, traffic };
    const verdicts: TierVerdict[] = [];
    const verdictOf = (chain: number): TierVerdict =>
      (verdicts[chain] ??= walkChain(
        tables,
        groupOf(columns.chains, chain),
        FULL_TRAFFIC,
        matches,
      ));
    for (const row of rows) {
      const admin = verdictOf(columns.adminOfRow[row]!);
      let next = admitted[row]!;
      if (columns.rows.offsets[row + 1] === columns.rows.offsets[row]) {
        const baseline = verdictOf(columns.baselineOfRow[row]!);
        next = traffic.union(baseline.allowed, baseline.open);
      }
      admitted[row] = traffic.union(admin.allowed, traffic.intersection(admin.open, next));
    }
    for (const set of sets) this.#isInSet[set] = 0;
  }
}

/** Rows that are more than NetworkPolicies. */
function tieredRows(columns: DirectionColumns): Int32Array {
  return Int32Array.from(columns.adminOfRow.keys()).filter((row) => isTieredRow(columns, row));
}
