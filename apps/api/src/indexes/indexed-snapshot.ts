import type { Analysis } from '@portolan/engine';
import type { SnapshotView, SourceView } from '@portolan/model';
import type { SnapshotRow } from '@portolan/store';

/** A snapshot with its index at hand. Rows of equal content share one analysis. */
export interface IndexedSnapshot {
  readonly row: SnapshotRow;
  /** Of the main thread: serves one question at a time, without awaiting in between. */
  readonly analysis: Analysis;
  readonly view: SnapshotView;
  /** Where objects and rules were declared; loaded when first asked for. */
  sources(): Promise<SourceView>;
}
