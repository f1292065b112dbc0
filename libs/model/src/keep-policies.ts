import { ColumnBlockWriter, readColumnBlock } from './column-block.js';
import { SEGMENT_COLUMNS, type SegmentColumn } from './segment.js';
import { type SegmentBytes, SnapshotView } from './snapshot-view.js';

/** Columns of a segment with one element for each policy. */
export const OF_POLICIES: ReadonlySet<SegmentColumn> = new Set([
  'policyNames',
  'policyKinds',
  'policyLabelSets',
  'policySpecs',
]);

/**
 * The segments of the same snapshot with only the policies (snapshot-wide indices) that `isKept`; all other objects stay.
 * A segment that loses none is the same. The hash of another names what was left out, and is not that of its bytes.
 */
export function keepPolicies(
  segments: readonly SegmentBytes[],
  isKept: (policy: number) => boolean,
): SegmentBytes[] {
  const view = new SnapshotView(segments);
  return segments.map((segment) => {
    const namespace = segment.namespace === '' ? null : view.findNamespace(segment.namespace);
    const [first, end] =
      namespace === null
        ? [view.firstClusterPolicy, view.policyCount]
        : [view.firstPolicy(namespace), view.firstPolicy(namespace + 1)];
    const dropped = new Set<number>();
    for (let policy = first; policy < end; policy++)
      if (!isKept(policy)) dropped.add(policy - first);
    return dropped.size === 0 ? segment : withoutPolicies(segment, dropped);
  });
}

function withoutPolicies(segment: SegmentBytes, dropped: ReadonlySet<number>): SegmentBytes {
  const { columns, strings } = readColumnBlock(SEGMENT_COLUMNS, segment.bytes);
  const writer = new ColumnBlockWriter(SEGMENT_COLUMNS);
  // All strings in their places, so that the columns need not be read.
  for (let id = 0; id < strings.size; id++) writer.intern(strings.peek(id));
  for (const name of SEGMENT_COLUMNS)
    for (const [i, value] of columns[name].entries())
      if (!OF_POLICIES.has(name) || !dropped.has(i)) writer.push(name, value);
  const hash = `${segment.hash} without ${[...dropped].join()}`;
  return { namespace: segment.namespace, hash, bytes: writer.finish() };
}
