import type {
  Caveat,
  ClusterProfile,
  Finding,
  Problem,
  SegmentBytes,
  Severity,
  SkippedKind,
} from '@portolan/model';
import type { FindingsFormat } from '@portolan/report';
import type { OmittedFindings, RuleSetting } from '@portolan/review';
import type { NumberedIndex } from './numbered-index.js';

/** A stored snapshot of which findings are asked. */
export interface FindingsSide {
  readonly index: NumberedIndex;
  readonly sources: readonly SegmentBytes[];
  readonly problems: readonly Problem[];
  readonly problemsOmitted: number;
  readonly skippedKinds: readonly SkippedKind[];
}

/** How snapshots are looked at. */
export interface FindingsTerms {
  readonly profile: ClusterProfile;
  /** Whether they are all of their cluster. */
  readonly isComplete: boolean;
  /** `2026-03-01`, for annotations that expire. */
  readonly today: string;
}

/** The findings of a snapshot. */
export interface FindingsRequest extends FindingsTerms {
  readonly side: FindingsSide;
}

/** What a change did to findings. */
export interface FindingChangesRequest extends FindingsTerms {
  readonly base: FindingsSide;
  readonly head: FindingsSide;
}

/** Findings, the gravest first; of equal severity in the order of the rules, then of the snapshot. */
export interface FoundFindings {
  readonly findings: readonly Finding[];
  /** The least grave of very many: counted only. */
  readonly omitted: readonly OmittedFindings[];
  /** Of the findings as JSON, about. */
  readonly byteLength: number;
}

/** Findings of two snapshots that differ, each with those objects alone for which it differs. */
export interface FindingChanges {
  /** Of the head, which the base has not got. */
  readonly added: FoundFindings;
  /** Of the base, which the head has not got. */
  readonly gone: FoundFindings;
  readonly byteLength: number;
}

/** A document of findings that were found before. */
export interface FindingsReportRequest {
  readonly index: NumberedIndex;
  readonly sources: readonly SegmentBytes[];
  readonly found: FoundFindings;
  /** As the report shows the snapshot. */
  readonly name: string;
  readonly digest: string;
  readonly isComplete: boolean;
  /** `2026-03-01`, of annotations that expire. */
  readonly today: string;
  readonly caveats: readonly Caveat[];
  readonly settings: readonly (readonly [rule: string, RuleSetting])[];
  readonly failOn: Severity | null;
  readonly minSeverity: Severity;
  readonly format: FindingsFormat;
}

/** A document, in UTF-8, and what it comes to. */
export interface FindingsDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly verdict: 'PASSED' | 'FAILED';
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  /** What it rests on. */
  readonly caveats: readonly Caveat[];
}
