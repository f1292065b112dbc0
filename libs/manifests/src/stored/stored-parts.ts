import {
  compareText,
  invariant,
  POD_FLAGS,
  readColumnBlock,
  type SegmentBytes,
  SEGMENT_COLUMNS,
  type SnapshotContent,
  type SnapshotPart,
  type SnapshotStats,
} from '@portolan/model';
import { digestOf } from '../columns/digest.js';
import type { SlimObject } from '../objects/slim-objects.js';
import { readStoredPart } from './read-stored-part.js';
import type { StoredSnapshot } from './stored-snapshot.js';

/** The parts of a stored snapshot: each is opened once at most, and stays as it is when it is not. */
export class StoredParts {
  readonly #unopened = new Map<string, { segment: SegmentBytes; sources: SegmentBytes }>();

  constructor(private readonly snapshot: StoredSnapshot) {
    for (const [i, segment] of snapshot.segments.entries()) {
      const sources = snapshot.sources[i];
      invariant(sources?.namespace === segment.namespace, 'every segment has its sources');
      this.#unopened.set(segment.namespace, { segment, sources });
    }
  }

  /** Namespaces of the parts that were not opened yet. */
  unopened(): string[] {
    return [...this.#unopened.keys()];
  }

  /** The objects of a part; none when it was opened before, or does not exist. */
  open(namespace: string): readonly SlimObject[] {
    const part = this.#unopened.get(namespace);
    if (part === undefined) return [];
    this.#unopened.delete(namespace);
    return readStoredPart(namespace, part.segment.bytes, part.sources.bytes);
  }

  /** The content of the opened parts, and whatever was laid over them, together with the other parts as they are stored. */
  under(content: SnapshotContent): SnapshotContent {
    const { problems, problemsOmitted, skippedKinds } = this.snapshot;
    const untouched = [...this.#unopened.values()].map(({ segment, sources }): SnapshotPart => {
      const { namespace, hash, bytes } = segment;
      return {
        namespace,
        segment: { hash, bytes },
        sources: { hash: sources.hash, bytes: sources.bytes },
      };
    });
    const parts = [...untouched, ...content.parts].sort((a, b) =>
      compareText(a.namespace, b.namespace),
    );
    const all = [...problems, ...content.problems];
    const omitted = problemsOmitted + content.problemsOmitted;
    return {
      digest: digestOf(parts.map(({ namespace, segment }) => [namespace, segment.hash])),
      sourceDigest: digestOf([
        ...parts.map(({ namespace, sources }) => [namespace, sources.hash]),
        [all, omitted, skippedKinds, content.skippedKinds],
      ]),
      parts,
      problems: all,
      problemsOmitted: omitted,
      skippedKinds: [...skippedKinds, ...content.skippedKinds],
      lacksKinds: content.lacksKinds,
      stats: statsOf(content.stats, untouched),
    };
  }
}

/**
 * Counts of all parts; of an untouched one the objects that its segment has. Distinct specs are those of the opened parts:
 * nobody reads the others for a count.
 */
function statsOf(ofOpened: SnapshotStats, untouched: readonly SnapshotPart[]): SnapshotStats {
  const total = { ...ofOpened };
  for (const { namespace, segment } of untouched) {
    const { columns } = readColumnBlock(SEGMENT_COLUMNS, segment.bytes);
    const pods = columns.podFlags.filter((flags) => (flags & POD_FLAGS.template) === 0).length;
    const others = [columns.policyNames, columns.nodeNames, columns.serviceNames];
    const named = [columns.workloadNames, columns.routeNames, columns.gatewayNames, ...others];
    total.namespaces += namespace === '' ? 0 : 1;
    total.workloads += columns.workloadNames.length;
    total.pods += pods;
    total.policies += columns.policyNames.length;
    total.objects += pods + named.reduce((sum, names) => sum + names.length, 0);
  }
  return total;
}
