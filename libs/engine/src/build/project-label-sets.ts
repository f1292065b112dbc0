import type { SnapshotView } from '@portolan/model';
import { type LabelSets, OTHER_VALUE, type VocabularyEntry } from './label-sets.js';

/** Label sets of a segment as the vocabulary sees them, by the segment's own numbering. */
export function projectLabelSets(
  view: SnapshotView,
  namespace: number,
  labelSets: LabelSets,
): Int32Array {
  const { columns, strings } = view.segment(namespace);
  const entries = new Map<number, VocabularyEntry | undefined>();
  const entryOf = (string: number): VocabularyEntry | undefined => {
    if (!entries.has(string)) entries.set(string, labelSets.vocabulary.entry(strings.at(string)));
    return entries.get(string);
  };
  let pairs = new Int32Array(64);
  const projected = new Int32Array(Math.max(0, columns.labelSetOffsets.length - 1));
  for (let set = 0; set < projected.length; set++) {
    const end = columns.labelSetOffsets[set + 1]!;
    let count = 0;
    for (let i = columns.labelSetOffsets[set]!; i < end; i++) {
      const entry = entryOf(columns.labelKeys[i]!);
      // Most labels (versions, hashes) are mentioned nowhere: their values are never read.
      if (entry === undefined) continue;
      if (count + 2 > pairs.length) pairs = enlarged(pairs);
      pairs[count++] = entry.id;
      pairs[count++] = entry.values.get(strings.peek(columns.labelValues[i]!)) ?? OTHER_VALUE;
    }
    projected[set] = labelSets.intern(pairs, count);
  }
  return projected;
}

function enlarged(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Label sets of the namespaces, by their indices. */
export function projectNamespaces(view: SnapshotView, labels: LabelSets): Int32Array {
  return Int32Array.from({ length: view.namespaceCount }, (_, namespace) => {
    return labels.project(Object.entries(view.namespace(namespace).labels));
  });
}
