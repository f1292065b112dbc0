import type { Grouped } from './sets/grouped.js';
import { type DirectionColumns, NO_ROW, type SnapshotIndex } from './snapshot-index.js';

/** The same snapshot where nothing enforces policies: no policy selects any pod. Shares all else with the index. */
export function withoutPolicies(index: SnapshotIndex): SnapshotIndex {
  const { compiled, ingress, egress } = index;
  return {
    ...index,
    isEnforced: false,
    compiled: { ...compiled, policy: NOTHING, entryOffsets: FIRST_OFFSET },
    ingress: withoutRows(ingress),
    egress: withoutRows(egress),
    namespaceLabelsMatter: false,
    subjectLabelsMatter: false,
  };
}

const NOTHING = new Int32Array(0);
const FIRST_OFFSET = Int32Array.of(0);
const NO_LISTS: Grouped = { offsets: FIRST_OFFSET, items: NOTHING };

function withoutRows({ rowOfClass, uses, subjects }: DirectionColumns): DirectionColumns {
  return {
    rowOfClass: new Int32Array(rowOfClass.length).fill(NO_ROW),
    rows: NO_LISTS,
    adminOfRow: NOTHING,
    baselineOfRow: NOTHING,
    chains: NO_LISTS,
    uses: emptied(uses),
    usesOfEveryone: NOTHING,
    subjects: emptied(subjects),
  };
}

/** The same owners, each with nothing. */
function emptied({ offsets }: Grouped): Grouped {
  return { offsets: new Int32Array(offsets.length), items: NOTHING };
}
