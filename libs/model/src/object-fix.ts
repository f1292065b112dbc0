import type { FixEdit } from './finding.js';
import type { SourceLocation } from './problem.js';

/** The mechanical mend of one finding in one object, for who changes the text in which that object is written. */
export interface ObjectFix {
  /** `NP110`. */
  readonly rule: string;
  /** `NetworkPolicy shop/web`. */
  readonly object: string;
  /** Where the object stands. */
  readonly location: SourceLocation;
  /** The line that the finding is about. */
  readonly line: number;
  /** JSON path in the object; null = the object as a whole. */
  readonly path: string | null;
  /** In words. */
  readonly text: string;
  readonly edits: readonly FixEdit[];
}
