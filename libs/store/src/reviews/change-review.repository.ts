import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { inOrder, isUuid } from '../identifiers.js';
import { completeHeld, holdClaim, type JobClaim } from '../jobs/job-claims.js';
import { gitColumns, type GitProvenance } from '../snapshots/snapshot-row.js';
import { StoreError } from '../store-error.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import {
  type ChangeReviewRow,
  type ReviewVerdict,
  toChangeReviewRow,
} from './change-review-row.js';

/** What a review is created from. */
export interface NewChangeReview {
  readonly clusterId: string;
  readonly path: string;
  readonly actor: string;
  readonly git: GitProvenance | null;
  /** Any text; the same key of the same cluster means the same request. */
  readonly idempotencyKey: string | null;
  /** What tells requests apart. Compared when the key is known. */
  readonly requestFingerprint: string;
  /** As those of NewJob. */
  readonly request: string;
  readonly uploads: readonly string[];
}

/** Milliseconds for which a review is kept: 14 days. */
const REVIEW_KEPT_MS = 14 * 24 * 60 * 60 * 1000;

/** Reviews that one call of `removeExpired` removes at most. */
const REMOVED_AT_ONCE = 500;

/** Everything but the report, and the job. */
const WITHOUT_REPORT = { include: { job: true }, omit: { report: true } } as const;

/** Reviews of changes, each with a job of the same id. One that has expired is not found, whether it is removed yet or not. */
@Injectable()
export class ChangeReviewRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A new review with its job, or (`created: false`) the first one of the cluster with this key. 'KEY_REUSED' when that one was
   * for another request.
   */
  async create(
    given: NewChangeReview,
  ): Promise<{ readonly review: ChangeReviewRow; readonly created: boolean } | 'KEY_REUSED'> {
    const idempotencyKey = given.idempotencyKey === null ? null : sha256(given.idempotencyKey);
    const requestFingerprint = sha256(given.requestFingerprint);
    for (;;) {
      try {
        return { review: await this.#insert(given, idempotencyKey), created: true };
      } catch (error) {
        if (!(error instanceof StoreError && error.code === 'CONFLICT') || idempotencyKey === null)
          throw error;
        const { clusterId } = given;
        const first = await this.database.prisma.changeReview.findUnique({
          where: { clusterId_idempotencyKey: { clusterId, idempotencyKey } },
          ...WITHOUT_REPORT,
        });
        // Not the key but the cluster was in the way: it is gone.
        if (first === null) throw error;
        if (first.expiresAt > new Date()) {
          return first.requestFingerprint === requestFingerprint
            ? { review: toChangeReviewRow(first), created: false }
            : 'KEY_REUSED';
        }
        await this.freeKey(first.id);
      }
    }
  }

  async #insert(
    { clusterId, path, actor, git, requestFingerprint, request, uploads: ids }: NewChangeReview,
    idempotencyKey: string | null,
  ): Promise<ChangeReviewRow> {
    const createdAt = new Date();
    const uploads = { connect: ids.map((id) => ({ id })) };
    const record = await this.database.prisma.changeReview.create({
      data: {
        cluster: { connect: { id: clusterId } },
        job: { create: { kind: 'REVIEW', clusterId, createdAt, request, uploads } },
        path: storedText(path, TEXT_LIMITS.path),
        actor: storedText(actor, TEXT_LIMITS.actor),
        ...gitColumns(git),
        idempotencyKey,
        requestFingerprint: sha256(requestFingerprint),
        createdAt,
        expiresAt: new Date(createdAt.getTime() + REVIEW_KEPT_MS),
      },
      ...WITHOUT_REPORT,
    });
    return toChangeReviewRow(record);
  }

  /** Lets the next request with the key of a review begin anew. */
  async freeKey(id: string): Promise<void> {
    await this.database.prisma.changeReview.updateMany({
      where: { id },
      data: { idempotencyKey: null },
    });
  }

  async find(id: string): Promise<ChangeReviewRow | null> {
    return (await this.findByIds([id]))[0] ?? null;
  }

  /** In the order of the ids; null where there is no such review. */
  async findByIds(ids: readonly string[]): Promise<(ChangeReviewRow | null)[]> {
    const records = await this.database.prisma.changeReview.findMany({
      where: { id: { in: ids.filter(isUuid) }, expiresAt: { gt: new Date() } },
      ...WITHOUT_REPORT,
    });
    return inOrder(ids, records.map(toChangeReviewRow));
  }

  /** The report, as `complete` got it; null when there is none. */
  async report(id: string): Promise<Uint8Array | null> {
    if (!isUuid(id)) return null;
    const record = await this.database.prisma.changeReview.findUnique({
      where: { id },
      select: { report: true },
    });
    return record?.report ?? null;
  }

  /**
   * Stores the report and ends the job, or does neither.
   * @throws ClaimLostError when the job is not ours any more.
   */
  async complete(claim: JobClaim, verdict: ReviewVerdict, report: Uint8Array): Promise<void> {
    await this.database.transaction(async (client) => {
      await holdClaim(client, claim);
      const bytes = Buffer.from(report.buffer, report.byteOffset, report.byteLength);
      await client.query('UPDATE change_review SET verdict = $2, report = $3 WHERE id = $1', [
        claim.jobId,
        verdict,
        bytes,
      ]);
      const result = { snapshotId: null, deduplicated: false, stored: 1 };
      await completeHeld(client, claim.jobId, result);
    });
  }

  /** Removes the reviews that expired first, some hundreds at most, with their jobs. Returns how many there were. */
  async removeExpired(): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM job WHERE id IN (
         SELECT id FROM change_review WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
       ) RETURNING id`,
      [new Date(), REMOVED_AT_ONCE],
    );
    return rows.length;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
