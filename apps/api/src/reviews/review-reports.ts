import { gunzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { invariant } from '@portolan/model';
import type { KeptReview } from '@portolan/pool';
import type { ReviewReport } from '@portolan/report';
import { ChangeReviewRepository } from '@portolan/store';
import { MemoCache } from '../indexes/memo-cache.js';

/** Bytes of stored reports that are kept at hand, unpacked. */
const REMEMBERED_BYTES = 32 * 1024 * 1024;
/** By how much a report is larger unpacked, about. */
const UNPACKED = 10;

interface LoadedReport {
  readonly kept: KeptReview;
  readonly weight: number;
}

/** Reports of completed reviews: they never change. */
@Injectable()
export class ReviewReports {
  readonly #loaded = new MemoCache<LoadedReport>({
    maxWeight: REMEMBERED_BYTES,
    weigh: ({ weight }) => weight,
  });

  constructor(@Inject(ChangeReviewRepository) private readonly reviews: ChangeReviewRepository) {}

  /** Of a completed review. Fails as the store does. */
  async of(id: string): Promise<KeptReview> {
    return (await this.#loaded.get(id, () => this.#load(id))).kept;
  }

  async #load(id: string): Promise<LoadedReport> {
    const bytes = await this.reviews.report(id);
    invariant(bytes !== null, 'a completed review has a report');
    const text = gunzipSync(bytes).toString('utf8');
    // Only this program writes it, and its size has a bound. An earlier version of it knew no invariants.
    const { report, ...kept } = JSON.parse(text) as KeptReview;
    const whole = 'invariants' in report ? report : { ...(report as ReviewReport), invariants: [] };
    return { kept: { ...kept, report: whole }, weight: bytes.byteLength * UNPACKED };
  }
}
