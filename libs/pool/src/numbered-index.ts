import type { SnapshotIndex } from '@portolan/engine';

/** An index and the number that names it within this process: threads keep analyses by it. */
export interface NumberedIndex {
  readonly id: number;
  readonly index: SnapshotIndex;
}
