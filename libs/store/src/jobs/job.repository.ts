import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import type { JobKind, Prisma } from '../generated/client.js';
import { inOrder, isUuid } from '../identifiers.js';
import { storableProblem } from '../snapshots/problem-row.js';
import { StoreError } from '../store-error.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import { JOB_PROBLEM_LIMIT, type JobFailure, type JobRow, toJobRow } from './job-row.js';

/** What a job is created from. */
export interface NewJob {
  readonly kind: JobKind;
  readonly clusterId: string;
  /** Any text; the same key of the same cluster means the same request. */
  readonly idempotencyKey?: string | null;
  /** What tells requests apart, for example a hash of the input. Compared when the key is known. */
  readonly requestFingerprint?: string | null;
}

/** How far a job is. */
export interface JobProgress {
  readonly phase: string;
  readonly done: number;
  /** Null while unknown. */
  readonly total: number | null;
}

const UNFINISHED: Prisma.JobWhereInput = { status: { in: ['QUEUED', 'IN_PROGRESS'] } };

/**
 * Jobs. A job ends once: each change returns the job as it is afterwards, or null when there was nothing to change because it
 * has ended or is not known.
 */
@Injectable()
export class JobRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A new job, or (`created: false`) the first one of the cluster with this key. 'KEY_REUSED' when that one was for another
   * request.
   */
  async create(job: NewJob): Promise<{ job: JobRow; created: boolean } | 'KEY_REUSED'> {
    const { kind, clusterId } = job;
    const idempotencyKey = sha256OrNull(job.idempotencyKey);
    const fingerprint = sha256OrNull(job.requestFingerprint);
    try {
      const data = {
        kind,
        clusterId,
        idempotencyKey,
        requestFingerprint: fingerprint,
        createdAt: new Date(),
      };
      const record = await this.database.prisma.job.create({
        data: { ...data, runner: this.database.instanceId },
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

  /** QUEUED becomes IN_PROGRESS. */
  start(id: string): Promise<JobRow | null> {
    return this.#change(id, { status: 'QUEUED' }, { status: 'IN_PROGRESS', startedAt: new Date() });
  }

  /** Of a job that was started. */
  progress(id: string, { phase, done, total }: JobProgress): Promise<JobRow | null> {
    return this.#change(id, { status: 'IN_PROGRESS' }, { phase, done, total });
  }

  complete(
    id: string,
    snapshotId: string,
    result: { readonly deduplicated: boolean },
  ): Promise<JobRow | null> {
    return this.#finish(id, {
      status: 'COMPLETED',
      snapshotId,
      deduplicated: result.deduplicated,
    });
  }

  fail(id: string, { code, message, problems = [] }: JobFailure): Promise<JobRow | null> {
    return this.#finish(id, {
      status: 'FAILED',
      errorCode: code,
      errorMessage: storedText(message, TEXT_LIMITS.message),
      errorProblems: problems
        .slice(0, JOB_PROBLEM_LIMIT)
        .map(storableProblem) as unknown as Prisma.InputJsonArray,
    });
  }

  cancel(id: string): Promise<JobRow | null> {
    return this.#finish(id, { status: 'CANCELLED' });
  }

  /**
   * For the start: jobs that another process left unfinished have failed. Assumes that no other process works on this
   * database. Returns how many there were.
   */
  async failInterrupted(reason: string): Promise<number> {
    const { count } = await this.database.prisma.job.updateMany({
      where: { ...UNFINISHED, runner: { not: this.database.instanceId } },
      data: {
        status: 'FAILED',
        errorCode: 'INTERRUPTED',
        errorMessage: storedText(reason, TEXT_LIMITS.message),
        finishedAt: new Date(),
      },
    });
    return count;
  }

  #finish(id: string, data: Prisma.JobUncheckedUpdateManyInput): Promise<JobRow | null> {
    return this.#change(id, UNFINISHED, { ...data, finishedAt: new Date() });
  }

  /** One statement: the condition is checked again when another request changed the row meanwhile. */
  async #change(
    id: string,
    condition: Prisma.JobWhereInput,
    data: Prisma.JobUncheckedUpdateManyInput,
  ): Promise<JobRow | null> {
    if (!isUuid(id)) return null;
    const [record] = await this.database.prisma.job.updateManyAndReturn({
      where: { ...condition, id },
      data,
    });
    return record === undefined ? null : toJobRow(record);
  }
}

function sha256OrNull(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return createHash('sha256').update(text).digest('hex');
}
