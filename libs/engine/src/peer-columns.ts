import type { Direction } from '@portolan/model';
import { ChainVerdicts } from './chain-verdicts.js';
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

/**
 * What one side of a connection lets pass, for one class and every class at once. Holds scratch memory: a column that it
 * returns is overwritten by the next call.
 */
export class PeerColumns {
  readonly #chains: Record<Direction, ChainVerdicts>;
  readonly #ofRow: Record<Direction, Int32Array>;
  readonly #tieredRows: Record<Direction, Int32Array>;
  readonly #sums: TrafficSums;

  constructor(private readonly index: SnapshotIndex) {
    this.#chains = {
      INGRESS: new ChainVerdicts(index, 'INGRESS'),
      EGRESS: new ChainVerdicts(index, 'EGRESS'),
    };
    this.#ofRow = {
      INGRESS: new Int32Array(index.ingress.adminOfRow.length),
      EGRESS: new Int32Array(index.egress.adminOfRow.length),
    };
    this.#tieredRows = { INGRESS: tieredRows(index.ingress), EGRESS: tieredRows(index.egress) };
    const rowCount = Math.max(index.ingress.adminOfRow.length, index.egress.adminOfRow.length);
    this.#sums = new TrafficSums(Math.max(index.classes.count, rowCount));
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
    const chains = this.#chains[direction];
    const admin = chains.ofChain(traffic, adminOfRow[row]!);
    if (isIsolated) {
      this.#eachMatch(networkPolicies, (peer, entry) => {
        const admitted = this.index.compiled.entryTraffic[entry]!;
        this.#sums.add(traffic, out, peer, traffic.intersection(admitted, admin.open[peer]!));
      });
      this.#sums.end(traffic, out);
    } else {
      const baseline = chains.ofChain(traffic, baselineOfRow[row]!);
      for (let peer = 0; peer < out.length; peer++)
        out[peer] = traffic.intersection(
          admin.open[peer]!,
          traffic.union(baseline.allowed[peer]!, baseline.open[peer]!),
        );
    }
    for (let peer = 0; peer < out.length; peer++)
      out[peer] = traffic.union(out[peer]!, admin.allowed[peer]!);
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
    const verdictOf = this.#chains[direction].ofPeer(traffic, sets);
    for (const row of rows) {
      const admin = verdictOf(columns.adminOfRow[row]!);
      let next = admitted[row]!;
      if (columns.rows.offsets[row + 1] === columns.rows.offsets[row]) {
        const baseline = verdictOf(columns.baselineOfRow[row]!);
        next = traffic.union(baseline.allowed, baseline.open);
      }
      admitted[row] = traffic.union(admin.allowed, traffic.intersection(admin.open, next));
    }
  }
}

/** Rows that are more than NetworkPolicies. */
function tieredRows(columns: DirectionColumns): Int32Array {
  return Int32Array.from(columns.adminOfRow.keys()).filter((row) => isTieredRow(columns, row));
}
