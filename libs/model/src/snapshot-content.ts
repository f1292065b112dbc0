import type { Problem, SkippedKind, SnapshotStats } from './problem.js';
import type { SnapshotPart } from './segment.js';

/** What ingestion makes of an upload, ready to be stored as a whole. */
export interface SnapshotContent {
  /** SHA-256 (hexadecimal) over the namespaces and their segments' hashes: equal objects have an equal digest. */
  readonly digest: string;
  /** SHA-256 over where everything was declared and all problems: equal uploads have it equal, too. */
  readonly sourceDigest: string;
  /** Sorted by namespace; the cluster-scoped part ('') first when there is one. */
  readonly parts: readonly SnapshotPart[];
  /** In input order, cut at a limit. */
  readonly problems: readonly Problem[];
  /** Problems beyond the limit, counted only. */
  readonly problemsOmitted: number;
  readonly skippedKinds: readonly SkippedKind[];
  /** Whether the input says itself that kinds are missing: then it is a part of its cluster, whatever its sender says. */
  readonly lacksKinds: boolean;
  readonly stats: SnapshotStats;
}
