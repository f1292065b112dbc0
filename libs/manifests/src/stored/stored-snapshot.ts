import {
  type Problem,
  readColumnBlock,
  type SegmentBytes,
  SOURCE_COLUMNS,
  type SkippedKind,
} from '@portolan/model';

/** A snapshot as the store has it: what manifests can be laid over. */
export interface StoredSnapshot {
  /** Sorted by namespace, as `sources`. */
  readonly segments: readonly SegmentBytes[];
  readonly sources: readonly SegmentBytes[];
  /** What its input report says. */
  readonly problems: readonly Problem[];
  readonly problemsOmitted: number;
  readonly skippedKinds: readonly SkippedKind[];
}

/**
 * Whether enough is stored of a snapshot to lay manifests over it: versions before that could be done kept no owners and no
 * labels of workloads.
 */
export function canLayOver({ sources }: Pick<StoredSnapshot, 'sources'>): boolean {
  return sources.every(
    ({ bytes }) => readColumnBlock(SOURCE_COLUMNS, bytes).columns.overlayVersion[0] === 1,
  );
}
