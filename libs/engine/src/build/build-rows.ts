import { compareText, type Direction, POLICY_KINDS, type PolicyRecord } from '@portolan/model';
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

/** Rows of a direction, to be finished when both directions are compiled. */
export interface RowBuild {
  finish(compiled: CompiledColumns, classSetCount: number): DirectionColumns;
}

/** Components of a row. */
const ADMIN = 0;
const NETWORK_POLICIES = 1;
const BASELINE = 2;

/** Gives every class that policies select the row of these policies; classes with the same policies share one. */
export function buildRows(
  direction: Direction,
  policies: readonly PolicyRecord[],
  { classes, portTable }: Classification,
  classSets: ClassSets,
  compiler: PolicyCompiler,
): RowBuild {
  const subjects = selectSubjects(direction, policies, classSets);
  const policiesOfClass = transpose(subjects, classes.count);
  const order = orderAsked(policies);
  const chains = new SequenceTable();
  const networkPolicies = new SequenceTable();
  const rows = new TupleTable(3);
  // So that NO_CHAIN is the empty one.
  chains.intern(new Int32Array(0));
  const rowOfClass = new Int32Array(classes.count).fill(NO_ROW);
  const row = new Int32Array(3);
  for (let id = 0; id < classes.count; id++) {
    const selecting = groupOf(policiesOfClass, id);
    if (selecting.length === 0) continue;
    const compile = (policy: number): number =>
      compiler.compile(policies[policy]!, direction, portTable[id]!);
    const { admin, own, baseline } = byTier(selecting, order);
    row[ADMIN] = chains.intern(admin.map(compile));
    row[NETWORK_POLICIES] = networkPolicies.intern(own.map(compile));
    row[BASELINE] = chains.intern(baseline.map(compile));
    rowOfClass[id] = rows.intern(row);
  }
  return {
    finish: (compiled, classSetCount) => {
      const component = (i: number): Int32Array =>
        shared(Array.from({ length: rows.size }, (_, id) => rows.component(id, i)));
      const grouped = regroup(networkPolicies, component(NETWORK_POLICIES));
      return {
        rowOfClass: shared(rowOfClass),
        rows: grouped,
        adminOfRow: component(ADMIN),
        baselineOfRow: component(BASELINE),
        chains: chains.toGrouped(),
        ...collectUses(grouped, compiled, classSetCount),
        subjects,
      };
    },
  };
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

interface AskedOrder {
  /** The first policy that is no NetworkPolicy; those are cluster-scoped and come last. */
  readonly firstOrdered: number;
  readonly tierOf: (policy: number) => 'ADMIN' | 'NETWORK_POLICY' | 'BASELINE';
  /** Place of a cluster-scoped policy among those that are asked in order. */
  readonly rank: ReadonlyMap<number, number>;
}

/**
 * Admin and baseline policies are asked by priority, one without a priority (BaselineAdminNetworkPolicy) last. Which one
 * of equal priority is asked first is left open by the API: here the one with the smaller name.
 */
function orderAsked(policies: readonly PolicyRecord[]): AskedOrder {
  const ordered = policies.filter(({ kind }) => kind !== 'NETWORK_POLICY');
  const sorted = [...ordered].sort(
    (a, b) =>
      (a.spec.priority ?? Infinity) - (b.spec.priority ?? Infinity) ||
      compareText(a.name, b.name) ||
      POLICY_KINDS.indexOf(a.kind) - POLICY_KINDS.indexOf(b.kind),
  );
  return {
    firstOrdered: policies.length - ordered.length,
    tierOf: (policy) => policies[policy]!.spec.tier,
    rank: new Map(sorted.map(({ index }, rank) => [index, rank])),
  };
}

interface ByTier {
  readonly admin: Int32Array;
  readonly own: Int32Array;
  readonly baseline: Int32Array;
}

const NONE = new Int32Array(0);

/** Splits the policies of a class, which are sorted, into tiers, each in the order in which it is asked. */
function byTier(selecting: Int32Array, { firstOrdered, tierOf, rank }: AskedOrder): ByTier {
  const end = selecting.findIndex((policy) => policy >= firstOrdered);
  if (end < 0) return { admin: NONE, own: selecting, baseline: NONE };
  const ordered = selecting.slice(end).sort((a, b) => rank.get(a)! - rank.get(b)!);
  return {
    admin: ordered.filter((policy) => tierOf(policy) === 'ADMIN'),
    own: selecting.subarray(0, end),
    baseline: ordered.filter((policy) => tierOf(policy) === 'BASELINE'),
  };
}

/** By row, the policies of the list that it refers to. */
function regroup(lists: SequenceTable, listOfRow: Int32Array): Grouped {
  const offsets = new IntList();
  const items = new IntList();
  offsets.push(0);
  for (const list of listOfRow) {
    items.pushAll(lists.get(list));
    offsets.push(items.length);
  }
  return { offsets: offsets.toShared(), items: items.toShared() };
}

/** Which rows' NetworkPolicies admit a class set, and with which traffic: the transpose that answers from the peer's side. */
function collectUses(
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
