import { Inject, Injectable } from '@nestjs/common';
import type {
  InputOutcome,
  Problem,
  SegmentBytes,
  SkippedKind,
  SnapshotContent,
} from '@portolan/model';
import { Database } from '../database.js';
import type { Prisma } from '../generated/client.js';
import { inOrder, isDigest, isUuid } from '../identifiers.js';
import type { JobClaim } from '../jobs/job-claims.js';
import type { Page, Slice } from '../page.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import { loadBlocks } from './load-blocks.js';
import { toProblem } from './problem-row.js';
import { saveSnapshot, type SavedSnapshot } from './save-snapshot.js';
import {
  type SnapshotAbout,
  type SnapshotRow,
  type SnapshotSourceKind,
  toSnapshotRow,
} from './snapshot-row.js';

/** Which snapshots of a cluster. */
export interface SnapshotFilter {
  readonly sourceKind?: SnapshotSourceKind;
  /** Taken at or after. */
  readonly since?: Date;
  /** Taken before. */
  readonly until?: Date;
  /** Git commit, hexadecimal. */
  readonly commit?: string;
}

/** Newest first; of those taken at the same time the one stored last. */
const NEWEST_FIRST = [
  { takenAt: 'desc' },
  { sequence: 'desc' },
] satisfies Prisma.SnapshotOrderByWithRelationInput[];

/** Snapshots and their content. */
@Injectable()
export class SnapshotRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Stores a snapshot as a whole or not at all. When the cluster's newest snapshot (newest at `about.takenAt`, when that is
   * given) has the same content, places, problems and completeness, that one is returned instead. `deduplicated` says that
   * the cluster had this content before. With `claim` its job is completed by the same transaction.
   * @throws ClaimLostError when the job is not ours any more: nothing is stored.
   */
  save(
    clusterId: string,
    content: SnapshotContent,
    about: SnapshotAbout,
    claim: JobClaim | null = null,
  ): Promise<SavedSnapshot> {
    return saveSnapshot(this.database, clusterId, content, about, claim);
  }

  async findById(id: string): Promise<SnapshotRow | null> {
    return (await this.findByIds([id]))[0] ?? null;
  }

  /** In the order of the ids; null where there is no such snapshot. */
  async findByIds(ids: readonly string[]): Promise<(SnapshotRow | null)[]> {
    const records = await this.database.prisma.snapshot.findMany({
      where: { id: { in: ids.filter(isUuid) } },
    });
    return inOrder(ids, records.map(toSnapshotRow));
  }

  /** The snapshot of a cluster that was taken last. */
  latestOf(clusterId: string, sourceKind?: SnapshotSourceKind): Promise<SnapshotRow | null> {
    return this.#newest({ clusterId, ...(sourceKind === undefined ? {} : { sourceKind }) });
  }

  /** The latest snapshot of each cluster, in the order of the ids; null for a cluster without one. */
  async latestOfEach(
    clusterIds: readonly string[],
    sourceKind?: SnapshotSourceKind,
  ): Promise<(SnapshotRow | null)[]> {
    const latest = await this.database.query<{ id: string; clusterId: string }>(
      `SELECT s.id, s.cluster_id AS "clusterId" FROM unnest($1::uuid[]) AS wanted(id)
       CROSS JOIN LATERAL (
         SELECT id, cluster_id FROM snapshot
         WHERE cluster_id = wanted.id AND ($2::text IS NULL OR source_kind::text = $2)
         ORDER BY taken_at DESC, sequence DESC LIMIT 1
       ) AS s`,
      [clusterIds.filter(isUuid), sourceKind ?? null],
    );
    const snapshots = await this.findByIds(latest.map(({ id }) => id));
    const byCluster = new Map(snapshots.map((snapshot) => [snapshot?.clusterId, snapshot]));
    return clusterIds.map((id) => byCluster.get(id.toLowerCase()) ?? null);
  }

  /** The newest snapshot of a cluster taken at or before a time. */
  at(clusterId: string, time: Date): Promise<SnapshotRow | null> {
    return this.#newest({ clusterId, takenAt: { lte: time } });
  }

  /** The newest snapshot of a cluster that was stored for a git commit (full, hexadecimal). */
  ofCommit(clusterId: string, commit: string): Promise<SnapshotRow | null> {
    return this.#newest({ clusterId, gitCommit: storedCommit(commit) });
  }

  /** The newest snapshot, of any cluster, with this content. */
  async findByDigest(digest: string): Promise<SnapshotRow | null> {
    if (!isDigest(digest)) return null;
    const record = await this.database.prisma.snapshot.findFirst({
      where: { digest },
      orderBy: { sequence: 'desc' },
    });
    return record === null ? null : toSnapshotRow(record);
  }

  /** Newest first. */
  async list(
    clusterId: string,
    filter: SnapshotFilter,
    { offset, limit }: Slice,
  ): Promise<Page<SnapshotRow>> {
    if (!isUuid(clusterId)) return { items: [], total: 0 };
    const where = toWhere(clusterId, filter);
    const { snapshot } = this.database.prisma;
    const [records, total] = await Promise.all([
      snapshot.findMany({ where, orderBy: NEWEST_FIRST, skip: offset, take: limit }),
      snapshot.count({ where }),
    ]);
    return { items: records.map(toSnapshotRow), total };
  }

  /**
   * The segments of a snapshot, sorted by namespace, all in one SharedArrayBuffer; each begins at a multiple of 8 bytes.
   * @throws StoreError DAMAGED when a block is missing or is not what was stored; UNAVAILABLE.
   */
  loadSegments(snapshotId: string): Promise<SegmentBytes[]> {
    return loadBlocks(this.database, snapshotId, 'segment_hash');
  }

  /** Where the objects of each segment were declared, as `loadSegments`. */
  loadSources(snapshotId: string): Promise<SegmentBytes[]> {
    return loadBlocks(this.database, snapshotId, 'sources_hash');
  }

  /** Problems of the input, in input order. */
  async problems(
    snapshotId: string,
    { outcome, offset, limit }: Slice & { readonly outcome?: InputOutcome },
  ): Promise<Page<Problem>> {
    if (!isUuid(snapshotId)) return { items: [], total: 0 };
    const where = { snapshotId, ...(outcome === undefined ? {} : { outcome }) };
    const { problem } = this.database.prisma;
    const [records, total] = await Promise.all([
      problem.findMany({ where, orderBy: { ordinal: 'asc' }, skip: offset, take: limit }),
      problem.count({ where }),
    ]);
    return { items: records.map(toProblem), total };
  }

  /** The first kinds that were not indexed, in the order in which they were given. */
  async skippedKinds(snapshotId: string, limit: number): Promise<SkippedKind[]> {
    if (!isUuid(snapshotId)) return [];
    const records = await this.database.prisma.skippedKind.findMany({
      where: { snapshotId },
      orderBy: { ordinal: 'asc' },
      take: limit,
    });
    return records.map(({ apiGroup, kind, count }) => ({ group: apiGroup, kind, count }));
  }

  async #newest(
    where: Prisma.SnapshotWhereInput & { clusterId: string },
  ): Promise<SnapshotRow | null> {
    if (!isUuid(where.clusterId)) return null;
    const record = await this.database.prisma.snapshot.findFirst({ where, orderBy: NEWEST_FIRST });
    return record === null ? null : toSnapshotRow(record);
  }
}

function toWhere(
  clusterId: string,
  { sourceKind, since, until, commit }: SnapshotFilter,
): Prisma.SnapshotWhereInput {
  return {
    clusterId,
    ...(sourceKind === undefined ? {} : { sourceKind }),
    ...(commit === undefined ? {} : { gitCommit: storedCommit(commit) }),
    takenAt: {
      ...(since === undefined ? {} : { gte: since }),
      ...(until === undefined ? {} : { lt: until }),
    },
  };
}

function storedCommit(commit: string): string {
  return storedText(commit.toLowerCase(), TEXT_LIMITS.name);
}
