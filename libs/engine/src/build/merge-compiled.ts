import { type Grouped, groupOf } from '../sets/grouped.js';
import { IntList } from '../sets/int-list.js';
import type { SequenceTable } from '../sets/sequence-table.js';
import type { TrafficSets } from '../sets/traffic-sets.js';
import type { CompiledColumns, SnapshotIndex } from '../snapshot-index.js';
import type { RowColumns } from './row-components.js';

/** Tables that entries refer to. */
export interface EntryTables {
  readonly traffic: TrafficSets;
  readonly classSets: Pick<SequenceTable, 'intern'>;
  readonly addressSets: Pick<SequenceTable, 'intern'>;
}

/**
 * Numbers compiled policies anew: those of the base that some row still has, and `added` ones, in the order in which rows
 * name them. What nothing refers to any more is left behind, so an index does not grow with each that is made of it.
 */
export class MergedPolicies {
  readonly #ids: Int32Array;
  /** By new number: the one in the base, or behind these. */
  readonly #order: number[] = [];

  constructor(
    private readonly base: SnapshotIndex,
    private readonly added: CompiledColumns,
    /** By policy of the base: the same policy in the head. */
    private readonly after: Int32Array,
  ) {
    this.#ids = new Int32Array(base.compiled.policy.length + added.policy.length).fill(-1);
  }

  /** The same rows, by the new numbers. */
  renumber<Rows extends RowColumns>(rows: Rows): Rows {
    for (const { items } of [rows.rows, rows.chains])
      for (let i = 0; i < items.length; i++) items[i] = this.#idOf(items[i]!);
    return rows;
  }

  #idOf(compiled: number): number {
    if (this.#ids[compiled]! < 0) this.#ids[compiled] = this.#order.push(compiled) - 1;
    return this.#ids[compiled]!;
  }

  /** Ask when all rows are renumbered. Entries of the base come to refer to `tables`. */
  toColumns(tables: EntryTables): CompiledColumns {
    const { base, added, after } = this;
    const numbersOf = tablesNumbers(base, tables);
    const columns = {
      policy: new IntList(),
      entryOffsets: new IntList(),
      entryRule: new IntList(),
      entryPeer: new IntList(),
      entryAction: new IntList(),
      entryTraffic: new IntList(),
      entryPortNames: new IntList(),
      entryClasses: new IntList(),
      entryAddresses: new IntList(),
    } satisfies Record<keyof CompiledColumns, IntList>;
    columns.entryOffsets.push(0);
    for (const compiled of this.#order) {
      const isKept = compiled < base.compiled.policy.length;
      const from = isKept ? base.compiled : added;
      const id = isKept ? compiled : compiled - base.compiled.policy.length;
      columns.policy.push(isKept ? after[from.policy[id]!]! : from.policy[id]!);
      const [first, end] = [from.entryOffsets[id]!, from.entryOffsets[id + 1]!];
      for (const column of COPIED) columns[column].pushAll(from[column].subarray(first, end));
      for (const column of ['entryTraffic', 'entryClasses', 'entryAddresses'] as const)
        for (let entry = first; entry < end; entry++)
          columns[column].push(
            isKept ? numbersOf[column](from[column][entry]!) : from[column][entry]!,
          );
      columns.entryOffsets.push(columns.entryRule.length);
    }
    return {
      policy: columns.policy.toShared(),
      entryOffsets: columns.entryOffsets.toShared(),
      entryRule: columns.entryRule.toShared(),
      entryPeer: columns.entryPeer.toShared(),
      entryAction: columns.entryAction.toShared(),
      entryTraffic: columns.entryTraffic.toShared(),
      entryPortNames: columns.entryPortNames.toShared(),
      entryClasses: columns.entryClasses.toShared(),
      entryAddresses: columns.entryAddresses.toShared(),
    };
  }
}

/** Columns that say the same in every index. */
const COPIED = ['entryRule', 'entryPeer', 'entryAction', 'entryPortNames'] as const;

/** How the sets that entries of the base refer to are numbered in `tables`. Negative numbers mean the same everywhere. */
function tablesNumbers(
  base: SnapshotIndex,
  tables: EntryTables,
): Record<'entryTraffic' | 'entryClasses' | 'entryAddresses', (set: number) => number> {
  return {
    entryTraffic: remembered(base.traffic, (set) => tables.traffic.adopt(set)),
    entryClasses: remembered(base.classSets, (set) => tables.classSets.intern(set)),
    entryAddresses: remembered(base.addressSets, (set) => tables.addressSets.intern(set)),
  };
}

function remembered(sets: Grouped, intern: (set: Int32Array) => number): (set: number) => number {
  const known = new Int32Array(sets.offsets.length - 1).fill(-1);
  return (set) => {
    if (set < 0) return set;
    if (known[set]! < 0) known[set] = intern(groupOf(sets, set));
    return known[set]!;
  };
}
