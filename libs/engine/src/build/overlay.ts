import type { HypotheticalPod } from '@portolan/model';

/** What to take as different from the snapshot. */
export interface Overlay {
  readonly hypothetical: readonly HypotheticalPod[];
  /** Pods of the snapshot that take part, sorted; null = all. */
  readonly only: Int32Array | null;
}

export const AS_IT_IS: Overlay = { hypothetical: [], only: null };
