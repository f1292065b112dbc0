import type { Severity } from '@portolan/model';

/** Lines of a file. */
export interface Lines {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Something that a report says about a line. */
export interface LineNote {
  /** Stable id of what is said. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Lines;
  /** Equal for the same in another run. */
  readonly fingerprint: string;
}
