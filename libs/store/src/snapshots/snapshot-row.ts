import { createHash } from 'node:crypto';
import type { ProblemCounts, SnapshotStats } from '@portolan/model';
import type { Completeness, Snapshot, SnapshotSourceKind } from '../generated/client.js';
import { storedText, storedTextOrNull, TEXT_LIMITS } from '../stored-text.js';

export type { Completeness, SnapshotSourceKind };

/** Where manifests lay in git. */
export interface GitProvenance {
  /** For example `github.com/acme/deploy`. */
  readonly repository: string;
  /** Full object id, hexadecimal. */
  readonly commit: string | null;
  readonly ref: string | null;
  /** Number of the pull or merge request. */
  readonly pullRequest: number | null;
  /** Link to the change. */
  readonly url: string | null;
}

/** What is said about a snapshot beside its content. */
export interface SnapshotAbout {
  readonly completeness: Completeness;
  /** When the state was read. Null = now; always null when the caller named no time, so that equal uploads are one. */
  readonly takenAt: Date | null;
  readonly git: GitProvenance | null;
  /** Who uploaded it. */
  readonly actor: string;
  readonly sourceKind: SnapshotSourceKind;
  /** Tool that rendered the manifests. */
  readonly renderer?: string | null;
}

/** A stored snapshot, without its content. */
export interface SnapshotRow {
  readonly id: string;
  readonly clusterId: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly digest: string;
  /** SHA-256 of where it was declared and of all problems, hexadecimal. */
  readonly sourceDigest: string;
  /** SHA-256 of both digests, hexadecimal: names what is computed from the snapshot, in caches. */
  readonly key: string;
  readonly completeness: Completeness;
  readonly takenAt: Date;
  readonly createdAt: Date;
  readonly sourceKind: SnapshotSourceKind;
  readonly actor: string;
  readonly renderer: string | null;
  readonly git: GitProvenance | null;
  readonly stats: SnapshotStats;
  readonly problemCounts: ProblemCounts;
  /** Problems beyond the limit: counted, not stored. */
  readonly problemsOmitted: number;
}

/** From the table to the row that callers see. */
export function toSnapshotRow(record: Snapshot): SnapshotRow {
  return {
    id: record.id,
    clusterId: record.clusterId,
    digest: record.digest,
    sourceDigest: record.sourceDigest,
    key: snapshotKey(record),
    completeness: record.completeness,
    takenAt: record.takenAt,
    createdAt: record.createdAt,
    sourceKind: record.sourceKind,
    actor: record.actor,
    renderer: record.renderer,
    git: toGit(record),
    stats: {
      objects: record.objects,
      namespaces: record.namespaces,
      workloads: record.workloads,
      pods: record.pods,
      policies: record.policies,
      distinctPolicySpecs: record.distinctPolicySpecs,
      skipped: record.skipped,
      bytes: Number(record.bytes),
    },
    problemCounts: record.problemCounts as ProblemCounts,
    problemsOmitted: record.problemsOmitted,
  };
}

/** The columns of a snapshot's provenance, as they are stored. */
export function provenanceColumns({
  sourceKind,
  actor,
  renderer = null,
  git,
}: SnapshotAbout): ProvenanceColumns {
  return {
    sourceKind,
    actor: storedText(actor, TEXT_LIMITS.actor),
    renderer: storedTextOrNull(renderer, TEXT_LIMITS.name),
    ...gitColumns(git),
  };
}

/** The columns of git provenance, as they are stored. */
export function gitColumns(git: GitProvenance | null): GitColumns {
  return {
    gitRepository: storedTextOrNull(git?.repository ?? null, TEXT_LIMITS.url),
    gitCommit: storedTextOrNull(git?.commit?.toLowerCase() ?? null, TEXT_LIMITS.name),
    gitRef: storedTextOrNull(git?.ref ?? null, TEXT_LIMITS.path),
    gitPullRequest: git?.pullRequest ?? null,
    gitUrl: storedTextOrNull(git?.url ?? null, TEXT_LIMITS.url),
  };
}

/** Where manifests lay in git, as columns. */
export type GitColumns = Pick<
  Snapshot,
  'gitRepository' | 'gitCommit' | 'gitRef' | 'gitPullRequest' | 'gitUrl'
>;

/** What is said about a snapshot, as columns of its table. */
export type ProvenanceColumns = Pick<
  Snapshot,
  | 'sourceKind'
  | 'actor'
  | 'renderer'
  | 'gitRepository'
  | 'gitCommit'
  | 'gitRef'
  | 'gitPullRequest'
  | 'gitUrl'
>;

function snapshotKey({ digest, sourceDigest }: Pick<Snapshot, 'digest' | 'sourceDigest'>): string {
  return createHash('sha256').update(`${digest}${sourceDigest}`).digest('hex');
}

/** Inverse of `gitColumns`. */
export function toGit(record: GitColumns): GitProvenance | null {
  if (record.gitRepository === null) return null;
  return {
    repository: record.gitRepository,
    commit: record.gitCommit,
    ref: record.gitRef,
    pullRequest: record.gitPullRequest,
    url: record.gitUrl,
  };
}
