import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import type { JobKind } from '../generated/client.js';
import { inOrder, isUuid } from '../identifiers.js';
import { StoreError } from '../store-error.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import { type JobFailure, type JobRow, toJobRow } from './job-row.js';

/** What a job is created from. */
export interface NewJob {
  readonly kind: JobKind;
  readonly clusterId: string;
  /** Any text; the same key of the same cluster means the same request. */
  readonly idempotencyKey?: string | null;
  /** What tells requests apart, for example a hash of the input. Compared when the key is known. */
  readonly requestFingerprint?: string | null;
  /** What a worker needs to carry it out, besides the uploads. */
  readonly request: string;
  /** Ids of uploads: from now on they are the job's, and go when it ends. */
  readonly uploads: readonly string[];
}

/** How far a job is. */
export interface JobProgress {
  readonly phase: string;
  readonly done: number;
  /** Null while unknown. */
  readonly total: number | null;
}

/** Jobs as everybody may see and change them; what the worker does that has one is in JobClaims. */
@Injectable()
export class JobRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A new job, or (`created: false`) the first one of the cluster with this key. 'KEY_REUSED' when that one was for another
   * request.
   */
  async create(job: NewJob): Promise<{ job: JobRow; created: boolean } | 'KEY_REUSED'> {
    const { kind, clusterId, request, uploads } = job;
    const idempotencyKey = sha256OrNull(job.idempotencyKey);
    const fingerprint = sha256OrNull(job.requestFingerprint);
    try {
      const data = {
        kind,
        clusterId,
        idempotencyKey,
        requestFingerprint: fingerprint,
        request,
        createdAt: new Date(),
      };
      const record = await this.database.prisma.job.create({
        data: { ...data, uploads: { connect: uploads.map((id) => ({ id })) } },
      });
      return { job: toJobRow(record), created: true };
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'CONFLICT') || idempotencyKey === null)
        throw error;
      const first = await this.database.prisma.job.findUnique({
        where: { clusterId_idempotencyKey: { clusterId, idempotencyKey } },
      });
      // Not the key but the cluster was in the way: it is gone.
      if (first === null) throw error;
      return first.requestFingerprint === fingerprint
        ? { job: toJobRow(first), created: false }
        : 'KEY_REUSED';
    }
  }

  async find(id: string): Promise<JobRow | null> {
    return (await this.findByIds([id]))[0] ?? null;
  }

  /** In the order of the ids; null where there is no such job. */
  async findByIds(ids: readonly string[]): Promise<(JobRow | null)[]> {
    const records = await this.database.prisma.job.findMany({
      where: { id: { in: ids.filter(isUuid) } },
    });
    return inOrder(ids, records.map(toJobRow));
  }

  /** The first job that made each snapshot, in the order of the snapshots' ids; null where none is known. */
  async findByResults(snapshotIds: readonly string[]): Promise<(JobRow | null)[]> {
    const records = await this.database.prisma.job.findMany({
      where: { snapshotId: { in: snapshotIds.filter(isUuid) } },
      orderBy: { createdAt: 'desc' },
    });
    const first = new Map(records.map((record) => [record.snapshotId, toJobRow(record)]));
    return snapshotIds.map((id) => first.get(id.toLowerCase()) ?? null);
  }

  /** Places among the waiting jobs of their kind, from 1, in the order of the ids; null for one that does not wait. */
  async queuePositions(ids: readonly string[]): Promise<(number | null)[]> {
    const rows = await this.database.query<{ id: string; position: number }>(
      `SELECT id, position FROM (
         SELECT id, (rank() OVER (PARTITION BY kind ORDER BY created_at, id))::int AS position FROM job WHERE status = 'QUEUED'
       ) AS waiting WHERE id = ANY($1::uuid[])`,
      [ids.filter(isUuid)],
    );
    const positions = new Map(rows.map(({ id, position }) => [id, position]));
    return ids.map((id) => positions.get(id.toLowerCase()) ?? null);
  }

  /** Null when there is nothing to cancel: it has ended, is being stored, or is not known. */
  cancel(id: string): Promise<JobRow | null> {
    // A worker that was lost while it stored leaves a job that says so.
    const condition = `status = 'QUEUED' OR status = 'IN_PROGRESS' AND (phase <> 'STORE' OR lease_until < clock_timestamp())`;
    return this.#end(id, condition, `status = 'CANCELLED'`, []);
  }

  /** Fails a job that waits behind as many of its kind as may wait; null when it does not. */
  refuseBeyond(limit: number, id: string, { code, message }: JobFailure): Promise<JobRow | null> {
    const condition = `status = 'QUEUED' AND $2 < (SELECT count(*) FROM job AS waiting
      WHERE waiting.status = 'QUEUED' AND waiting.kind = job.kind AND (waiting.created_at, waiting.id) <= (job.created_at, job.id))`;
    return this.#end(id, condition, `status = 'FAILED', error_code = $3, error_message = $4`, [
      limit,
      code,
      storedText(message, TEXT_LIMITS.message),
    ]);
  }

  /** The condition is checked again when another process changed the row meanwhile. Its uploads go in the same statement. */
  async #end(
    id: string,
    condition: string,
    columns: string,
    values: readonly unknown[],
  ): Promise<JobRow | null> {
    if (!isUuid(id)) return null;
    const rows = await this.database.query(
      `WITH ended AS (
         UPDATE job SET ${columns}, finished_at = clock_timestamp(), request = NULL, runner = NULL, lease_until = NULL
         WHERE id = $1 AND (${condition}) RETURNING id
       ), removed AS (DELETE FROM upload USING ended WHERE upload.job_id = ended.id)
       SELECT id FROM ended`,
      [id, ...values],
    );
    return rows.length === 0 ? null : this.find(id);
  }
}

function sha256OrNull(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return createHash('sha256').update(text).digest('hex');
}
