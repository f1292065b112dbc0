import type { PolicySwitches, Problem, Severity } from '@portolan/model';
import type { ManifestLimits, ObjectName, PruneScope, StoredSnapshot } from '@portolan/manifests';
import type { ReviewReport } from '@portolan/report';
import type { GateChoice, ReviewedCluster } from '@portolan/review';
import type { NumberedIndex } from './numbered-index.js';
import type { UploadSource } from './upload-source.js';

/** Manifests of a side, from the bottom up. */
export interface ReviewedUpload {
  readonly upload: UploadSource;
  /** REMOVE: what it declares is taken away, and nothing else of it counts. */
  readonly effect: 'ADD' | 'REMOVE';
  readonly prune: PruneScope | null;
  readonly delete: readonly ObjectName[];
}

/** One of the two states: a stored snapshot, manifests, or manifests laid over one. */
export interface ReviewSide {
  /** As the report shows it. */
  readonly name: string;
  readonly below: StoredSnapshot | null;
  /** Of `below`, for the switches of the request, when there are no uploads and somebody has it. */
  readonly index: NumberedIndex | null;
  readonly uploads: readonly ReviewedUpload[];
}

/** A file of exceptions, of invariants, or of settings of rules. */
export interface SideText {
  readonly side: 'BASE' | 'HEAD';
  readonly path: string;
  readonly text: string;
}

/** A change to be reviewed. */
export interface ReviewRequest {
  /** With `path` in the marker of the comment. */
  readonly cluster: string;
  readonly path: string;
  readonly base: ReviewSide;
  readonly head: ReviewSide;
  readonly isWholeCluster: boolean;
  readonly switches: PolicySwitches;
  readonly enforcement: ReviewedCluster;
  readonly gates: GateChoice;
  /** Findings that are less severe do not count; null = what the gate takes by itself. */
  readonly minSeverity: Severity | null;
  readonly exceptions: readonly SideText[];
  readonly invariants: readonly SideText[];
  readonly settings: readonly SideText[];
  /** `2026-03-01` */
  readonly today: string;
  /** Uploads with anything wrong in them are refused. */
  readonly isStrict: boolean;
  readonly mayBeEmpty: boolean;
  readonly limits: ManifestLimits;
}

/** Why a change could not be reviewed. */
export interface ReviewRefusal {
  readonly code:
    'INVALID' | 'MANIFEST_INVALID' | 'MANIFEST_SYNTAX' | 'NOT_FOUND' | 'NO_MANIFESTS' | 'TOO_LARGE';
  readonly message: string;
  readonly problems: readonly Problem[];
}

/** What is kept of a review. */
export interface KeptReview {
  readonly report: ReviewReport;
  /** Gates that only warn, whether they held or not. */
  readonly warnOn: readonly string[];
}

/** What came of a review. `report` = gzipped JSON of a KeptReview. */
export type ReviewOutcome =
  | {
      readonly kind: 'REPORT';
      readonly verdict: ReviewReport['verdict'];
      readonly report: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'REFUSED'; readonly refusal: ReviewRefusal };
