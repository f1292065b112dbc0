import type { Direction, PolicyRecord } from '@portolan/model';
import { type Grouped, groupOf, groupPairs, transpose } from '../sets/grouped.js';
import { IntList, shared } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { TupleTable } from '../sets/tuple-table.js';
import {
  type CompiledColumns,
  type DirectionColumns,
  EVERYONE,
  NOBODY,
  NOT_ISOLATED,
} from '../snapshot-index.js';
import type { ClassSets } from './class-sets.js';
import type { Classification } from './classify-pods.js';
import type { PolicyCompiler } from './compile-policies.js';

/** Rows of a direction, to be finished when both directions are compiled. */
export interface RowBuild {
  finish(compiled: CompiledColumns, classSetCount: number): DirectionColumns;
}

/** Gives every isolated class the row of the policies that select it; classes with the same policies share one. */
export function buildRows(
  direction: Direction,
  policies: readonly PolicyRecord[],
  { classes, portTable }: Classification,
  classSets: ClassSets,
  compiler: PolicyCompiler,
): RowBuild {
  const subjects = selectSubjects(direction, policies, classSets);
  const policiesOfClass = transpose(subjects, classes.count);
  const rows = new SequenceTable();
  const rowOfClass = new Int32Array(classes.count).fill(NOT_ISOLATED);
  for (let id = 0; id < classes.count; id++) {
    const selecting = groupOf(policiesOfClass, id);
    if (selecting.length === 0) continue;
    rowOfClass[id] = rows.intern(
      selecting.map((policy) => compiler.compile(policies[policy]!, direction, portTable[id]!)),
    );
  }
  return {
    finish: (compiled, classSetCount) => {
      const grouped = rows.toGrouped();
      return {
        rowOfClass: shared(rowOfClass),
        rows: grouped,
        classesOfRow: isolatedByRow(rowOfClass, rows.size),
        ...collectUses(grouped, compiled, classSetCount),
        subjects,
      };
    },
  };
}

/** By policy, the classes that it isolates. */
function selectSubjects(
  direction: Direction,
  policies: readonly PolicyRecord[],
  classSets: ClassSets,
): Grouped {
  const offsets = new IntList();
  const items = new IntList();
  offsets.push(0);
  for (const { namespace, spec } of policies) {
    if (spec.policyTypes.includes(direction))
      items.pushAll(classSets.get(classSets.ofNamespace(namespace, spec.podSelector)));
    offsets.push(items.length);
  }
  return { offsets: offsets.toShared(), items: items.toShared() };
}

function isolatedByRow(rowOfClass: Int32Array, rows: number): Grouped {
  const isolated = Int32Array.from(rowOfClass.keys()).filter(
    (id) => rowOfClass[id] !== NOT_ISOLATED,
  );
  return groupPairs(
    rows,
    isolated.map((id) => rowOfClass[id]!),
    isolated,
  );
}

/** Which rows admit a class set, and with which traffic: the transpose that answers from the peer's side. */
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
