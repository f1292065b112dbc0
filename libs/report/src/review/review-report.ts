import type {
  AssertionKind,
  Caveat,
  Confidence,
  Direction,
  OffenceKind,
  ProblemCode,
  Severity,
  TrafficSet,
} from '@portolan/model';

/** Stable ids of what makes a row grave. */
export const SEVERITY_REASONS = [
  'internet-ingress',
  'internet-egress',
  'entire-cluster-ingress',
  'cross-namespace',
  'sensitive-port',
  'lost-isolation',
] as const;
/** An id of SEVERITY_REASONS. */
export type SeverityReasonCode = (typeof SEVERITY_REASONS)[number];

/** Why a row has its severity. */
export interface SeverityReason {
  readonly code: SeverityReasonCode;
  readonly text: string;
}

/** Where something stands in the input; `side` says in which of the two states. */
export interface Place {
  readonly side: 'BASE' | 'HEAD';
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** An object that differs, and the part of it that made the difference. */
export interface Cause {
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED';
  /** `NetworkPolicy shop/web`. */
  readonly object: string;
  /** What differs in it: `labels`, `spec.ingress[0]`. */
  readonly fields: readonly string[];
  /** The rule that opens or closed it, down to its peer; null when the cause is no rule. */
  readonly rule: string | null;
  readonly place: Place | null;
}

/** One end of a row: a workload, addresses, or several workloads that one change treats alike. */
export interface RowEnd {
  readonly kind: 'workload' | 'workloads' | 'external';
  /** `shop/web (Deployment)`, `12 workloads in shop`, `10.0.0.0/8`. */
  readonly text: string;
  /** Each workload, or each network. */
  readonly members: readonly string[];
}

/** What an exception covers of a row. */
export interface ExceptionShare {
  readonly id: string;
  readonly covers: 'ALL' | 'PART';
}

/** Access that changed, for all pairs that one change treats alike. */
export interface AccessRow {
  /** Equal for equal rows of two reviews. */
  readonly fingerprint: string;
  readonly kind: 'OPENED' | 'CLOSED' | 'ALTERED';
  readonly source: RowEnd;
  readonly destination: RowEnd;
  /** Pairs of ends that the row stands for. */
  readonly pairs: number;
  readonly opened: TrafficSet;
  readonly closed: TrafficSet;
  readonly severity: Severity;
  readonly reasons: readonly SeverityReason[];
  readonly causes: readonly Cause[];
  readonly exceptions: readonly ExceptionShare[];
}

/** A workload that no NetworkPolicy isolates any more in some direction. */
export interface UnprotectedRow {
  readonly fingerprint: string;
  readonly workload: string;
  readonly directions: readonly Direction[];
  readonly severity: Severity;
  readonly reasons: readonly SeverityReason[];
  readonly causes: readonly Cause[];
}

/** A finding that the base does not have, with equal ones told once. */
export interface ReviewedFinding {
  /** Of the first object that has it. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** `NetworkPolicy shop/web`. */
  readonly object: string;
  /** JSON path in the object; null = the object as a whole. */
  readonly path: string | null;
  readonly place: Place | null;
  /** What to do about it; null where nothing can be said. */
  readonly fix: string | null;
  readonly occurrences: number;
  /** ACCEPTED: by an exception or an annotation of the base. PROPOSED: silenced by an annotation that the change brings: it counts. */
  readonly status: 'OPEN' | 'ACCEPTED' | 'PROPOSED';
  /** The id of the exception, or the reason of the annotation; null for OPEN ones. */
  readonly why: string | null;
}

/**
 * What is true of an invariant. VACUOUS: what it is about matches nothing. ACCEPTED: it is broken, or may be, and an exception in
 * force accepts that. UNDECIDED: it may be broken; whether it is, the input does not say.
 */
export const INVARIANT_STATUSES = ['HOLDS', 'BROKEN', 'VACUOUS', 'ACCEPTED', 'UNDECIDED'] as const;
/** A status of INVARIANT_STATUSES. */
export type InvariantStatus = (typeof INVARIANT_STATUSES)[number];

/** Ends that break an invariant, or may break it. */
export interface InvariantCounterexample {
  /** ALLOWED: it passes and must not. DENIED: it must pass. UNKNOWN: whether it passes is not known. */
  readonly kind: OffenceKind;
  /** Null for a workload that is not isolated. */
  readonly from: string | null;
  readonly to: string;
  /** Empty where a port name means no port. */
  readonly traffic: TrafficSet;
  /** In which directions the workload is not isolated. */
  readonly directions: readonly Direction[];
  /** What in the change made it, the first of that; empty where it was so before. */
  readonly causes: readonly Cause[];
}

/** What became of an invariant. */
export interface ReviewedInvariant {
  readonly fingerprint: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly kind: AssertionKind;
  /** In words. */
  readonly assertion: string;
  /** IN_FORCE: both states have it. REMOVED: the change removes it; it counts. PROPOSED: the change brings it; it does not count yet. */
  readonly standing: 'IN_FORCE' | 'REMOVED' | 'PROPOSED';
  readonly status: InvariantStatus;
  /** In the base, exceptions aside. */
  readonly previousStatus: InvariantStatus;
  /** Whether the change broke it, or made it uncertain. */
  readonly isNewlyBroken: boolean;
  /** The exception that accepts it; null when none does. */
  readonly acceptedBy: string | null;
  /** The first of them, in the order of the snapshot. */
  readonly counterexamples: readonly InvariantCounterexample[];
  readonly counterexampleCount: number;
  /** Whether there are no more than counted. */
  readonly isCountComplete: boolean;
  /** Ends that match nothing in the head, in words. */
  readonly unmatched: readonly string[];
  readonly place: Place;
}

/** Something that a gate is about. */
export interface Violation {
  readonly text: string;
  readonly place: Place | null;
}

/** A gate that was asked for, and what it found. */
export interface GateResult {
  readonly gate: string;
  readonly status: 'HELD' | 'WARNED' | 'FAILED';
  readonly violations: readonly Violation[];
}

/** What became of an exception. Only USED ones silenced something. */
export interface ExceptionResult {
  readonly id: string;
  readonly status: 'USED' | 'UNUSED' | 'EXPIRED' | 'PROPOSED';
  readonly reason: string;
  /** As it is written. */
  readonly expires: string;
  readonly place: Place;
  /** Pairs of which it covers something. */
  readonly pairs: number;
}

/** Input that was left out, or is otherwise worth knowing. */
export interface SkippedInput {
  readonly code: ProblemCode;
  readonly place: Place;
  readonly object: string | null;
  readonly message: string;
  /** Whether the change brought it, or its file changed. */
  readonly isNew: boolean;
}

/** One of the two states that were compared. */
export interface ReviewedState {
  readonly name: string;
  readonly digest: string;
}

/** Everything that a review says: what writers of all formats work from. */
export interface ReviewReport {
  readonly engineVersion: string;
  /** Together they tell one sticky comment from another. */
  readonly cluster: string;
  readonly path: string;
  readonly base: ReviewedState;
  readonly head: ReviewedState;
  readonly verdict: 'PASSED' | 'WARNED' | 'FAILED';
  /** One line. */
  readonly summary: string;
  /** Gravest first. Rows that opened something and closed something else are among the altered ones. */
  readonly opened: readonly AccessRow[];
  readonly altered: readonly AccessRow[];
  readonly closed: readonly AccessRow[];
  readonly newlyUnprotected: readonly UnprotectedRow[];
  /** Findings that only the head has, gravest first. */
  readonly newFindings: readonly ReviewedFinding[];
  /** Findings that only the base has, by objects. */
  readonly fixedFindings: number;
  /** In the order of their file; those that only the head has come last. */
  readonly invariants: readonly ReviewedInvariant[];
  readonly gates: readonly GateResult[];
  readonly exceptions: readonly ExceptionResult[];
  readonly caveats: readonly Caveat[];
  readonly skipped: readonly SkippedInput[];
  /** Skipped input beyond the limit, counted only. */
  readonly skippedOmitted: number;
}
