import {
  compareText,
  type Direction,
  POLICY_KINDS,
  type PolicyRecord,
  type PolicySwitches,
  type PolicyTier,
  type SnapshotView,
} from '@portolan/model';
import { type Grouped, groupOf, groupPairs, transpose } from '../sets/grouped.js';
import { indices, IntList, sharedColumn } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { TupleTable } from '../sets/tuple-table.js';
import {
  type CompiledColumns,
  type DirectionColumns,
  EVERYONE,
  NO_ROW,
  NOBODY,
} from '../snapshot-index.js';
import type { BuildPolicies } from './build-policies.js';
import type { ClassSets } from './class-sets.js';
import type { Classification } from './classify-pods.js';
import type { PolicyCompiler } from './compile-policies.js';
import { type RowColumns, RowComponents } from './row-components.js';

/** Rows of a direction, to be finished when both directions are compiled. */
export interface RowBuild {
  finish(compiled: CompiledColumns, classSetCount: number): DirectionColumns;
}

const NOTHING = new Int32Array(0);

/** Gives every class that policies select the row of these policies; classes with the same policies share one. */
export function buildRows(
  direction: Direction,
  policies: BuildPolicies,
  order: Int32Array,
  { classes, portTable }: Classification,
  classSets: ClassSets,
  compiler: PolicyCompiler,
): RowBuild {
  const subjects = selectSubjects(direction, policies, classSets);
  const asked = transpose(inOrder(subjects, order), classes.count);
  const table = new RowTable(direction, policies, order, compiler);
  const rowOfClass = sharedColumn(classes.count).fill(NO_ROW);
  for (let id = 0; id < classes.count; id++) {
    const selecting = groupOf(asked, id);
    if (selecting.length > 0) rowOfClass[id] = table.rowOf(selecting, portTable[id]!);
  }
  return {
    finish: (compiled, classSetCount) => {
      const columns = table.toColumns();
      return {
        rowOfClass,
        ...columns,
        ...collectUses(columns.rows, compiled, classSetCount),
        subjects,
      };
    },
  };
}

/** Rows by the policies that select a class. Policies are given by their place in the order in which they are asked. */
class RowTable {
  readonly #rows = new RowComponents();
  readonly #lists = new SequenceTable();
  /** By list: whether its policies compile differently for different port tables. */
  readonly #dependsOnPorts: boolean[] = [];
  /** By list and port table: the row. */
  readonly #keys = new TupleTable(2);
  readonly #key = new Int32Array(2);
  readonly #rowOfKey: number[] = [];

  constructor(
    private readonly direction: Direction,
    private readonly policies: BuildPolicies,
    private readonly order: Int32Array,
    private readonly compiler: PolicyCompiler,
  ) {}

  rowOf(selecting: Int32Array, portTable: number): number {
    const list = this.#lists.intern(selecting);
    const dependsOnPorts = (this.#dependsOnPorts[list] ??= selecting.some((place) =>
      this.compiler.dependsOnPorts(this.order[place]!, this.direction),
    ));
    this.#key[0] = list;
    this.#key[1] = dependsOnPorts ? portTable : -1;
    const key = this.#keys.intern(this.#key);
    return (this.#rowOfKey[key] ??= this.#intern(selecting, portTable));
  }

  #intern(selecting: Int32Array, portTable: number): number {
    // NetworkPolicies stand first in the order, and nearly all policies are such.
    let end = selecting.length;
    while (end > 0 && selecting[end - 1]! >= this.policies.firstClusterPolicy) end--;
    const others = selecting.subarray(end);
    return this.#rows.intern({
      admin: this.#ofTier('ADMIN', others, portTable),
      networkPolicies: this.#compiled(selecting.subarray(0, end), portTable),
      baseline: this.#ofTier('BASELINE', others, portTable),
    });
  }

  #ofTier(tier: PolicyTier, places: Int32Array, portTable: number): Int32Array {
    if (places.length === 0) return NOTHING;
    const { specs, specOf } = this.policies;
    const asked = places.filter((place) => specs[specOf[this.order[place]!]!]!.tier === tier);
    return this.#compiled(asked, portTable);
  }

  #compiled(places: Int32Array, portTable: number): Int32Array {
    const compiled = new Int32Array(places.length);
    for (let i = 0; i < places.length; i++)
      compiled[i] = this.compiler.compile(this.order[places[i]!]!, this.direction, portTable);
    return compiled;
  }

  toColumns(): RowColumns {
    return this.#rows.toColumns();
  }
}

/** By policy, the classes that it selects. */
function selectSubjects(
  direction: Direction,
  { count, specs, specOf, namespaceOf }: BuildPolicies,
  classSets: ClassSets,
): Grouped {
  const governs = Uint8Array.from(specs, ({ directions }) =>
    directions.includes(direction) ? 1 : 0,
  );
  const offsets = sharedColumn(count + 1);
  const items = new IntList();
  for (let policy = 0; policy < count; policy++) {
    const spec = specOf[policy]!;
    if (governs[spec] === 1)
      items.pushAll(
        classSets.get(classSets.ofSelection(namespaceOf[policy]!, specs[spec]!.subject)),
      );
    offsets[policy + 1] = items.length;
  }
  return { offsets, items: items.toShared() };
}

/**
 * Policies (indices) in the order in which they are asked: NetworkPolicies, whose order says nothing, then admin and
 * baseline policies by priority, one without a priority (BaselineAdminNetworkPolicy) last. Which one of equal priority is
 * asked first is left open by the API: here their names decide.
 */
export function orderAsked(view: SnapshotView, switches: PolicySwitches): Int32Array {
  const order = indices(view.policyCount);
  const first = view.firstClusterPolicy;
  const clusterPolicies = Array.from(order.subarray(first), (policy) => view.policy(policy));
  order.set(
    clusterPolicies.sort(compareAsked(switches)).map(({ index }) => index),
    first,
  );
  return order;
}

/** The order of admin and baseline policies. */
export function compareAsked({
  priorityTies,
}: PolicySwitches): (a: PolicyRecord, b: PolicyRecord) => number {
  const byName = priorityTies === 'SMALLER_NAME_FIRST' ? 1 : -1;
  const priority = ({ spec }: PolicyRecord): number => spec.priority ?? Number.MAX_SAFE_INTEGER;
  return (a, b) =>
    priority(a) - priority(b) ||
    byName * compareText(a.name, b.name) ||
    POLICY_KINDS.indexOf(a.kind) - POLICY_KINDS.indexOf(b.kind);
}

/** Lists of owners in another order. */
function inOrder({ offsets, items }: Grouped, order: Int32Array): Grouped {
  const ordered = { offsets: new IntList(), items: new IntList() };
  ordered.offsets.push(0);
  for (const owner of order) {
    ordered.items.pushAll(items.subarray(offsets[owner], offsets[owner + 1]));
    ordered.offsets.push(ordered.items.length);
  }
  return { offsets: ordered.offsets.toArray(), items: ordered.items.toArray() };
}

/** Which rows' NetworkPolicies admit a class set, and with which traffic: the transpose that answers from the peer's side. */
export function collectUses(
  rows: Grouped,
  { entryOffsets, entryTraffic, entryClasses }: CompiledColumns,
  classSetCount: number,
): Pick<DirectionColumns, 'uses' | 'usesOfEveryone'> {
  const seen = new TupleTable(3);
  const triple = new Int32Array(3);
  for (let row = 0; row + 1 < rows.offsets.length; row++)
    for (let i = rows.offsets[row]!; i < rows.offsets[row + 1]!; i++) {
      const compiled = rows.items[i]!;
      for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++) {
        if (entryClasses[entry] === NOBODY || entryTraffic[entry] === NO_TRAFFIC) continue;
        triple[0] = entryClasses[entry]!;
        triple[1] = row;
        triple[2] = entryTraffic[entry]!;
        seen.intern(triple);
      }
    }
  const everyone = new IntList();
  const owners = new IntList();
  const items = new IntList();
  const [sets, usedBy, traffic] = [seen.column(0), seen.column(1), seen.column(2)];
  for (let id = 0; id < sets.length; id++) {
    const set = sets[id]!;
    if (set === EVERYONE) {
      everyone.push(usedBy[id]!);
      everyone.push(traffic[id]!);
    } else {
      owners.push(set);
      owners.push(set);
      items.push(usedBy[id]!);
      items.push(traffic[id]!);
    }
  }
  return {
    uses: groupPairs(classSetCount, owners.toArray(), items.toArray()),
    usesOfEveryone: everyone.toShared(),
  };
}
