import type { ObjectName, PruneScope } from '@portolan/manifests';
import type { SideText } from '@portolan/pool';
import type { Severity } from '@portolan/model';
import type { GateChoice } from '@portolan/review';
import type { GitProvenance } from '@portolan/store';
import type { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';

/** A state as callers describe it. */
export interface SaidSide {
  /** The snapshot that it is, or that manifests are laid over; null = manifests alone. */
  readonly below: SnapshotRefInput | null;
  /** Where the caller named the snapshot, for errors. */
  readonly belowField: readonly string[];
  readonly hasManifests: boolean;
  readonly prune: PruneScope | null;
  readonly delete: readonly ObjectName[];
}

/** Everything that is said about a review but the manifests, by whatever way it comes. */
export interface SaidReview {
  /** Slug. */
  readonly cluster: string;
  readonly path: string;
  /** Null = the snapshot under the head, else the cluster's latest. */
  readonly base: SaidSide | null;
  readonly head: SaidSide;
  /** Whether what the base's manifests declare goes from the head. */
  readonly prunesFolder: boolean;
  readonly gates: GateChoice;
  readonly minSeverity: Severity | null;
  readonly exceptions: readonly SideText[];
  readonly invariants: readonly SideText[];
  readonly settings: readonly SideText[];
  /** Null = the day of the request, in UTC. */
  readonly today: string | null;
  readonly isStrict: boolean;
  readonly mayBeEmpty: boolean;
  readonly git: GitProvenance | null;
  readonly waitSeconds: number;
  readonly idempotencyKey: string | null;
}
