import type { Segment } from './segment-records.js';
import type { SegmentColumn } from './segment.js';

/** Columns of the namespace, its workloads, its pods, and of nodes. They refer to nothing but labels, ports and strings. */
const POD_COLUMNS = [
  'namespace',
  'workloadNames',
  'workloadKinds',
  'workloadKindNames',
  'workloadLabelSets',
  'workloadPortTables',
  'workloadFlags',
  'podNames',
  'podWorkloads',
  'podLabelSets',
  'podPortTables',
  'podFlags',
  'podPhases',
  'podNodes',
  'podIpOffsets',
  'podIps',
  'portTableOffsets',
  'portNames',
  'portNumbers',
  'portProtocols',
  'nodeNames',
  'nodeLabelSets',
  'nodeIpOffsets',
  'nodeIps',
] as const satisfies readonly SegmentColumn[];

/** Of these, columns of strings. */
const STRING_COLUMNS = [
  'workloadNames',
  'workloadKindNames',
  'podNames',
  'podPhases',
  'podNodes',
  'portNames',
  'nodeNames',
] as const satisfies readonly SegmentColumn[];

/**
 * Whether two segments have the same namespace, workloads, pods and nodes in the same order, whatever else differs. Looks at
 * bytes: these stand before policies in a segment, so what only policies refer to comes behind. False also where that does
 * not hold.
 */
export function haveSamePods(a: Segment, b: Segment): boolean {
  if (a === b) return true;
  if (!POD_COLUMNS.every((column) => areEqual(a.columns[column], b.columns[column]))) return false;
  const labelSets =
    Math.max(
      a.columns.namespace[2] ?? -1,
      greatest(a.columns.workloadLabelSets),
      greatest(a.columns.podLabelSets),
      greatest(a.columns.nodeLabelSets),
    ) + 1;
  const labels = a.columns.labelSetOffsets[labelSets] ?? 0;
  const [keys, values] = [
    a.columns.labelKeys.subarray(0, labels),
    a.columns.labelValues.subarray(0, labels),
  ];
  const haveSameLabels =
    areEqual(
      a.columns.labelSetOffsets.subarray(0, labelSets + 1),
      b.columns.labelSetOffsets.subarray(0, labelSets + 1),
    ) &&
    areEqual(keys, b.columns.labelKeys.subarray(0, labels)) &&
    areEqual(values, b.columns.labelValues.subarray(0, labels));
  if (!haveSameLabels) return false;
  const used = [
    a.columns.namespace.subarray(0, 1),
    keys,
    values,
    ...STRING_COLUMNS.map((column) => a.columns[column]),
  ];
  return a.strings.beginsLike(b.strings, Math.max(...used.map(greatest)) + 1);
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** -1 of nothing. */
function greatest(values: Int32Array): number {
  let found = -1;
  for (const value of values) if (value > found) found = value;
  return found;
}
