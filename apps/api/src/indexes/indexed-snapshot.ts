import type { Analysis } from '@portolan/engine';
import type { SnapshotView, SourceView } from '@portolan/model';
import type { SnapshotRow } from '@portolan/store';
import type { SnapshotProfile } from './snapshot-profiles.js';

/** A snapshot with its index at hand. Rows of equal content, and policies that are read alike, share one analysis. */
export interface IndexedSnapshot extends SnapshotProfile {
  readonly row: SnapshotRow;
  /** Names the snapshot and how its policies are read: part of the key of every answer about it. */
  readonly key: string;
  /** Of the main thread: serves one question at a time, without awaiting in between. */
  readonly analysis: Analysis;
  readonly view: SnapshotView;
  /** Where objects and rules were declared; loaded when first asked for. */
  sources(): Promise<SourceView>;
}
