import {
  compareText,
  type Direction,
  POLICY_KINDS,
  type PolicyRecord,
  type PolicySwitches,
  type PolicyTier,
} from '@portolan/model';
import { type Grouped, groupOf, groupPairs, transpose } from '../sets/grouped.js';
import { IntList, shared } from '../sets/int-list.js';
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
  policies: readonly PolicyRecord[],
  { classes, portTable }: Classification,
  classSets: ClassSets,
  compiler: PolicyCompiler,
  switches: PolicySwitches,
): RowBuild {
  const subjects = selectSubjects(direction, policies, classSets);
  const order = orderAsked(policies, switches);
  const asked = transpose(inOrder(subjects, order), classes.count);
  const table = new RowTable(direction, policies, order, compiler);
  const rowOfClass = new Int32Array(classes.count).fill(NO_ROW);
  for (let id = 0; id < classes.count; id++) {
    const selecting = groupOf(asked, id);
    if (selecting.length > 0) rowOfClass[id] = table.rowOf(selecting, portTable[id]!);
  }
  return {
    finish: (compiled, classSetCount) => {
      const columns = table.toColumns();
      return {
        rowOfClass: shared(rowOfClass),
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
  readonly #rowOfKey: number[] = [];
  readonly #networkPolicyCount: number;

  constructor(
    private readonly direction: Direction,
    private readonly policies: readonly PolicyRecord[],
    private readonly order: Int32Array,
    private readonly compiler: PolicyCompiler,
  ) {
    this.#networkPolicyCount = policies.filter(isNetworkPolicy).length;
  }

  rowOf(selecting: Int32Array, portTable: number): number {
    const list = this.#lists.intern(selecting);
    const dependsOnPorts = (this.#dependsOnPorts[list] ??= selecting.some((place) =>
      this.compiler.dependsOnPorts(this.#policyAt(place), this.direction),
    ));
    const key = this.#keys.intern(Int32Array.of(list, dependsOnPorts ? portTable : -1));
    return (this.#rowOfKey[key] ??= this.#intern(selecting, portTable));
  }

  #policyAt(place: number): PolicyRecord {
    return this.policies[this.order[place]!]!;
  }

  #intern(selecting: Int32Array, portTable: number): number {
    const compiled = (places: Int32Array): Int32Array =>
      places.map((place) =>
        this.compiler.compile(this.#policyAt(place), this.direction, portTable),
      );
    // NetworkPolicies stand first in the order, and nearly all policies are such.
    const end = selecting.findIndex((place) => place >= this.#networkPolicyCount);
    const others = end < 0 ? NOTHING : selecting.subarray(end);
    const chain = (tier: PolicyTier): Int32Array =>
      compiled(others.filter((place) => this.#policyAt(place).spec.tier === tier));
    return this.#rows.intern({
      admin: chain('ADMIN'),
      networkPolicies: compiled(end < 0 ? selecting : selecting.subarray(0, end)),
      baseline: chain('BASELINE'),
    });
  }

  toColumns(): RowColumns {
    return this.#rows.toColumns();
  }
}

/** By policy, the classes that it selects. */
function selectSubjects(
  direction: Direction,
  policies: readonly PolicyRecord[],
  classSets: ClassSets,
): Grouped {
  const offsets = new IntList();
  const items = new IntList();
  offsets.push(0);
  for (const { namespace, spec } of policies) {
    if (spec.directions.includes(direction))
      items.pushAll(classSets.get(classSets.ofSelection(namespace, spec.subject)));
    offsets.push(items.length);
  }
  return { offsets: offsets.toShared(), items: items.toShared() };
}

/**
 * Policies (indices) in the order in which they are asked: NetworkPolicies, whose order says nothing, then admin and
 * baseline policies by priority, one without a priority (BaselineAdminNetworkPolicy) last. Which one of equal priority is
 * asked first is left open by the API: here their names decide.
 */
function orderAsked(policies: readonly PolicyRecord[], switches: PolicySwitches): Int32Array {
  const others = policies.filter((policy) => !isNetworkPolicy(policy));
  const ordered = others.sort(compareAsked(switches));
  return Int32Array.from([...policies.filter(isNetworkPolicy), ...ordered], ({ index }) => index);
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

function isNetworkPolicy({ kind }: PolicyRecord): boolean {
  return kind === 'NETWORK_POLICY';
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
    for (const compiled of groupOf(rows, row))
      for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++) {
        if (entryClasses[entry] === NOBODY || entryTraffic[entry] === NO_TRAFFIC) continue;
        triple[0] = entryClasses[entry]!;
        triple[1] = row;
        triple[2] = entryTraffic[entry]!;
        seen.intern(triple);
      }
  const everyone = new IntList();
  const owners = new IntList();
  const items = new IntList();
  for (let id = 0; id < seen.size; id++) {
    const set = seen.component(id, 0);
    if (set === EVERYONE) {
      everyone.push(seen.component(id, 1));
      everyone.push(seen.component(id, 2));
    } else {
      owners.push(set);
      owners.push(set);
      items.push(seen.component(id, 1));
      items.push(seen.component(id, 2));
    }
  }
  return {
    uses: groupPairs(classSetCount, owners.toArray(), items.toArray()),
    usesOfEveryone: everyone.toShared(),
  };
}
