import type { Analysis } from '@portolan/engine';
import type { SnapshotContent } from '@portolan/model';

/** One of the two states, read and indexed. */
export interface ReviewState {
  readonly name: string;
  readonly content: SnapshotContent;
  readonly analysis: Analysis;
}
