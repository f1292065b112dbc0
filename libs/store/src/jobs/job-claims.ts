import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Database } from '../database.js';
import type { JobKind } from '../generated/client.js';
import { storableProblem } from '../snapshots/problem-row.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import type { JobProgress } from './job.repository.js';
import { JOB_PROBLEM_LIMIT, type JobFailure, type JobRow, toJobRow } from './job-row.js';

/** How often a job is taken up, at most. */
export const MAX_ATTEMPTS = 3;

/** That somebody works on a job. It ends with the job, with a newer claim, or by being let go. */
export interface JobClaim {
  readonly jobId: string;
  readonly runner: string;
}

/** A job that was taken up. */
export interface ClaimedJob {
  readonly job: JobRow;
  readonly claim: JobClaim;
  /** What `NewJob.request` was. */
  readonly request: string;
  /** From 1. */
  readonly attempt: number;
}

/** The job has ended, or somebody else has it: whatever was made for it must not be stored. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';

  constructor({ jobId }: JobClaim) {
    super(`The job ${jobId} is not ours any more`);
  }
}

/** $1 and $2 of a statement are a claim. */
const IS_OURS = `id = $1 AND runner = $2 AND status = 'IN_PROGRESS'`;

/**
 * Who works on which job. A claim lasts as long as its lease, by the clock of the database, and is renewed by its holder; of one
 * whose holder is heard of no more the job may be taken by anybody.
 */
@Injectable()
export class JobClaims {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Takes up the oldest job of these kinds that nobody has; null when there is none. */
  async take(kinds: readonly JobKind[], leaseSeconds: number): Promise<ClaimedJob | null> {
    const runner = randomUUID();
    const [taken] = await this.database.query<{ id: string; request: string; attempts: number }>(
      `UPDATE job SET status = 'IN_PROGRESS', runner = $1, lease_until = clock_timestamp() + make_interval(secs => $2),
         attempts = attempts + 1, started_at = COALESCE(started_at, clock_timestamp()), phase = 'READ', done = 0, total = NULL
       WHERE id = (
         SELECT id FROM job
         WHERE kind = ANY($3::job_kind[]) AND request IS NOT NULL AND attempts < $4
           AND (status = 'QUEUED' OR status = 'IN_PROGRESS' AND lease_until < clock_timestamp())
         ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
       ) RETURNING id, request, attempts`,
      [runner, leaseSeconds, kinds, MAX_ATTEMPTS],
    );
    if (taken === undefined) return null;
    const { id, request, attempts } = taken;
    const record = await this.database.prisma.job.findUniqueOrThrow({ where: { id } });
    const claim = { jobId: id, runner };
    return { job: toJobRow(record), claim, request, attempt: attempts };
  }

  /**
   * Those of the claims that still hold. Their leases are renewed, except of jobs that are being stored: for these the lock of
   * the transaction speaks.
   */
  async renew(claims: readonly JobClaim[], leaseSeconds: number): Promise<readonly JobClaim[]> {
    const ids = claims.map(({ jobId }) => jobId);
    const runners = claims.map(({ runner }) => runner);
    await this.database.query(
      `UPDATE job SET lease_until = clock_timestamp() + make_interval(secs => $3) WHERE id IN (
         SELECT id FROM job JOIN unnest($1::uuid[], $2::uuid[]) AS ours(job_id, claim) ON id = job_id AND runner = claim
         WHERE status = 'IN_PROGRESS' FOR UPDATE OF job SKIP LOCKED
       )`,
      [ids, runners, leaseSeconds],
    );
    const held = await this.database.query<{ runner: string }>(
      `SELECT runner FROM job WHERE id = ANY($1::uuid[]) AND status = 'IN_PROGRESS'`,
      [ids],
    );
    const holding = new Set(held.map(({ runner }) => runner));
    return claims.filter(({ runner }) => holding.has(runner));
  }

  /** @throws ClaimLostError */
  async progress(claim: JobClaim, { phase, done, total }: JobProgress): Promise<void> {
    const rows = await this.database.query(
      `UPDATE job SET phase = $3, done = $4, total = $5 WHERE ${IS_OURS} RETURNING id`,
      [claim.jobId, claim.runner, phase, done, total],
    );
    if (rows.length === 0) throw new ClaimLostError(claim);
  }

  /** @throws ClaimLostError */
  async fail(claim: JobClaim, { code, message, problems = [] }: JobFailure): Promise<void> {
    await this.database.transaction(async (client) => {
      await holdClaim(client, claim);
      await client.query(
        `UPDATE job SET ${ENDED}, status = 'FAILED', error_code = $2, error_message = $3, error_problems = $4 WHERE id = $1`,
        [
          claim.jobId,
          code,
          storedText(message, TEXT_LIMITS.message),
          JSON.stringify(problems.slice(0, JOB_PROBLEM_LIMIT).map(storableProblem)),
        ],
      );
      await removeUploads(client, claim.jobId);
    });
  }

  /** Somebody may take it up again, from now on. The attempt that this was does not count. */
  async handBack({ jobId, runner }: JobClaim): Promise<void> {
    await this.database.query(
      `UPDATE job SET status = 'QUEUED', phase = 'QUEUED', done = 0, total = NULL, runner = NULL, lease_until = NULL,
         started_at = NULL, attempts = attempts - 1 WHERE ${IS_OURS}`,
      [jobId, runner],
    );
  }

  /** Somebody may try it again when the time is over. */
  async retryAfter({ jobId, runner }: JobClaim, seconds: number): Promise<void> {
    await this.database.query(
      `UPDATE job SET runner = NULL, lease_until = clock_timestamp() + make_interval(secs => $3) WHERE ${IS_OURS}`,
      [jobId, runner, seconds],
    );
  }

  /** Fails the jobs whose last attempt is heard of no more. Returns how many there were. */
  async failLost(): Promise<number> {
    return this.database.transaction(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `UPDATE job SET ${ENDED}, status = 'FAILED', error_code = 'INTERRUPTED', error_message = $1, error_problems = '[]'
         WHERE id IN (
           SELECT id FROM job WHERE status = 'IN_PROGRESS' AND lease_until < clock_timestamp() AND attempts >= $2
           FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [`${MAX_ATTEMPTS} workers took the job up, and none was heard of again`, MAX_ATTEMPTS],
      );
      for (const { id } of rows) await removeUploads(client, id);
      return rows.length;
    });
  }
}

/** Columns of every job that has ended. */
const ENDED = 'finished_at = clock_timestamp(), request = NULL, runner = NULL, lease_until = NULL';

/**
 * Holds a claim to the end of the transaction: nobody else can take the job, end it or cancel it meanwhile.
 * @throws ClaimLostError
 */
export async function holdClaim(client: PoolClient, claim: JobClaim): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM job WHERE ${IS_OURS} FOR NO KEY UPDATE`, [
    claim.jobId,
    claim.runner,
  ]);
  if (rowCount !== 1) throw new ClaimLostError(claim);
}

/** Ends a job whose claim is held, with its result. */
export async function completeHeld(
  client: PoolClient,
  jobId: string,
  result: {
    readonly snapshotId: string | null;
    readonly deduplicated: boolean;
    /** Units of the last phase. */
    readonly stored: number;
  },
): Promise<void> {
  await client.query(
    `UPDATE job SET ${ENDED}, status = 'COMPLETED', snapshot_id = $2, deduplicated = $3, phase = 'STORE', done = $4, total = $4
     WHERE id = $1`,
    [jobId, result.snapshotId, result.deduplicated, result.stored],
  );
  await removeUploads(client, jobId);
}

/** Of a job that has ended. */
async function removeUploads(client: PoolClient, jobId: string): Promise<void> {
  await client.query('DELETE FROM upload WHERE job_id = $1', [jobId]);
}
