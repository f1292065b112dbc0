import type { SnapshotContent } from '@portolan/model';
import type { PoolClient } from 'pg';
import { type Database, LONG_STATEMENT } from '../database.js';
import { isUuid } from '../identifiers.js';
import { completeHeld, holdClaim, type JobClaim } from '../jobs/job-claims.js';
import { StoreError } from '../store-error.js';
import { insertSnapshot } from './insert-snapshot.js';
import { type SnapshotAbout, type SnapshotRow, toSnapshotRow } from './snapshot-row.js';
import { writeBlocks } from './write-blocks.js';

/** What `save` did. */
export interface SavedSnapshot {
  readonly snapshot: SnapshotRow;
  /** Whether the cluster had a snapshot with the same content before. */
  readonly deduplicated: boolean;
}

/**
 * One transaction, which also ends the job: what a worker made that has lost it is not stored. The job's row is locked first, then
 * the cluster's: uploads to one cluster come one after the other, so that two equal ones give one snapshot. Then blocks, in the
 * order of their hashes, as every other upload does.
 */
export async function saveSnapshot(
  database: Database,
  clusterId: string,
  content: SnapshotContent,
  about: SnapshotAbout,
  claim: JobClaim | null,
): Promise<SavedSnapshot> {
  const stored = await database.transaction(async (client) => {
    await client.query(
      `SET LOCAL statement_timeout = ${database.settings.statementTimeoutMs * LONG_STATEMENT}`,
    );
    if (claim !== null) await holdClaim(client, claim);
    const { id, deduplicated } = await store(client, clusterId, content, about);
    if (claim !== null) {
      const result = { snapshotId: id, deduplicated, stored: content.parts.length };
      await completeHeld(client, claim.jobId, result);
    }
    return { id, deduplicated };
  });
  const record = await database.prisma.snapshot.findUniqueOrThrow({ where: { id: stored.id } });
  return { snapshot: toSnapshotRow(record), deduplicated: stored.deduplicated };
}

async function store(
  client: PoolClient,
  clusterId: string,
  content: SnapshotContent,
  about: SnapshotAbout,
): Promise<{ readonly id: string; readonly deduplicated: boolean }> {
  const takenAt = await lockCluster(client, clusterId, about.takenAt);
  const newest = await findNewest(client, clusterId, about.takenAt);
  if (newest !== null && isSame(newest, content, about)) {
    return { id: newest.id, deduplicated: true };
  }
  const deduplicated = await isKnown(client, clusterId, content.digest);
  await writeBlocks(client, content.parts);
  const id = await insertSnapshot(client, clusterId, content, { ...about, takenAt });
  return { id, deduplicated };
}

/** Returns the time of the snapshot: when none is given the time after the lock, so that times follow the order of storing. */
async function lockCluster(
  client: PoolClient,
  clusterId: string,
  takenAt: Date | null,
): Promise<Date> {
  const isLocked = isUuid(clusterId) && (await lock(client, clusterId));
  if (!isLocked) throw new StoreError('CONFLICT', `Cluster ${clusterId} does not exist any more.`);
  if (takenAt !== null) return takenAt;
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return rows[0]?.now ?? new Date();
}

/** Weaker than FOR UPDATE: jobs that refer to the cluster can still be created. */
async function lock(client: PoolClient, clusterId: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM cluster WHERE id = $1 FOR NO KEY UPDATE', [
    clusterId,
  ]);
  return rowCount === 1;
}

interface Newest {
  readonly id: string;
  readonly digest: string;
  readonly sourceDigest: string;
  readonly completeness: string;
}

/** An upload of an earlier state is compared with what was known of that time. */
async function findNewest(
  client: PoolClient,
  clusterId: string,
  takenAt: Date | null,
): Promise<Newest | null> {
  const { rows } = await client.query<Newest>(
    `SELECT id, digest, source_digest AS "sourceDigest", completeness FROM snapshot
     WHERE cluster_id = $1 AND ($2::timestamptz IS NULL OR taken_at <= $2)
     ORDER BY taken_at DESC, sequence DESC LIMIT 1`,
    [clusterId, takenAt?.toISOString() ?? null],
  );
  return rows[0] ?? null;
}

function isSame(newest: Newest, content: SnapshotContent, about: SnapshotAbout): boolean {
  return (
    newest.digest === content.digest &&
    newest.sourceDigest === content.sourceDigest &&
    newest.completeness === about.completeness
  );
}

async function isKnown(client: PoolClient, clusterId: string, digest: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM snapshot WHERE cluster_id = $1 AND digest = $2 LIMIT 1',
    [clusterId, digest],
  );
  return rowCount === 1;
}
