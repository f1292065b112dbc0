import type {
  Caveat,
  Confidence,
  FindingCategory,
  FindingFix,
  FindingRuleInfo,
  Severity,
} from '@portolan/model';
import type { Lines } from '../formats/line-note.js';
import type { ExceptionResult, ReviewedState } from '../review/review-report.js';

/** OPEN: counts. KNOWN: in the baseline. SUPPRESSED: by an annotation of its object. ACCEPTED: by an exception. */
export const FINDING_STATUSES = ['OPEN', 'KNOWN', 'SUPPRESSED', 'ACCEPTED'] as const;
/** A status of FINDING_STATUSES. */
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** An object that has a finding. */
export interface FindingSubject {
  /** `NetworkPolicy shop/web`. */
  readonly object: string;
  /** Equal for the same finding of the same object in every run. */
  readonly fingerprint: string;
  readonly place: Lines | null;
}

/** A finding, with what is equal told once. */
export interface FindingRow extends FindingSubject {
  readonly rule: string;
  readonly name: string;
  readonly category: FindingCategory;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** JSON path in the object; null = the object as a whole. */
  readonly path: string | null;
  readonly fix: Pick<FindingFix, 'text' | 'yaml'> | null;
  /** Places that have it, the object itself included. */
  readonly occurrences: number;
  /** Further objects that have it, the first of them. */
  readonly others: readonly FindingSubject[];
  readonly status: FindingStatus;
  /** Why it counts for nothing; null for OPEN ones. */
  readonly why: string | null;
}

/** An entry of an annotation whose last day is over: it silences nothing any more. */
export interface ExpiredAnnotation {
  /** `NetworkPolicy shop/web`. */
  readonly object: string;
  /** Names the rule and the day. */
  readonly message: string;
  readonly place: Lines;
}

/** A rule of which a report has findings. */
export interface ReportedRule extends FindingRuleInfo {
  readonly docsUrl: string;
}

/** Everything that `portolan check` says: what writers of all formats work from. */
export interface FindingsReport {
  readonly engineVersion: string;
  readonly input: ReviewedState;
  /** Whether the input was taken for the whole cluster. */
  readonly completeness: 'COMPLETE' | 'PARTIAL';
  readonly verdict: 'PASSED' | 'FAILED';
  /** The least severity that fails; null = none does. */
  readonly failOn: Severity | null;
  /** The least severity that is listed. */
  readonly minSeverity: Severity;
  /** OPEN findings by severity, also of those that are not listed. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** Findings that are not listed because they are less grave. */
  readonly unlisted: number;
  readonly rules: readonly ReportedRule[];
  /** Gravest first, then in the order of the rules. */
  readonly findings: readonly FindingRow[];
  readonly exceptions: readonly ExceptionResult[];
  readonly expired: readonly ExpiredAnnotation[];
  readonly caveats: readonly Caveat[];
}
