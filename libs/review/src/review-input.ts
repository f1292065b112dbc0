import type { EnforcementFacts } from '@portolan/report';
import type { ClusterProfile, Problem, Severity } from '@portolan/model';
import type { SettingsLedger } from './check/review-settings.js';
import type { ExceptionLedger } from './exceptions/exception-ledger.js';
import type { GateName } from './gates.js';
import type { InvariantLedger } from './invariants/cluster-invariant.js';
import type { ReviewState } from './review-state.js';

/** Which gates count, and which only warn. */
export interface GateChoice {
  readonly failOn: readonly GateName[];
  readonly warnOn: readonly GateName[];
  /** The least severity of a finding that the gate new-findings minds; HIGH unless given. */
  readonly minSeverity?: Severity;
}

/** What is known of the cluster. */
export interface ReviewedCluster extends EnforcementFacts {
  readonly profile: ClusterProfile;
}

/** What a review is about. */
export interface ReviewInput {
  readonly cluster: string;
  readonly path: string;
  readonly base: ReviewState;
  readonly head: ReviewState;
  /** Whether the states hold everything of their cluster. */
  readonly isWholeCluster: boolean;
  /** Whether anything enforces policies, where that is known of the cluster; left out = what each state shows. */
  readonly enforcement?: ReviewedCluster;
  readonly gates: GateChoice;
  readonly exceptions: ExceptionLedger;
  readonly invariants: InvariantLedger;
  /** Severities of rules; left out = those that they have by themselves. */
  readonly settings?: SettingsLedger;
  /** `2026-03-01`: exceptions that expired before are of no use. */
  readonly today: string;
  /** Paths of the head whose bytes differ from those in the base; null when that is not known. */
  readonly changedPaths: ReadonlySet<string> | null;
  /** What else the reader has to know: input beside the manifests that could not be used. */
  readonly notes: readonly Problem[];
}
