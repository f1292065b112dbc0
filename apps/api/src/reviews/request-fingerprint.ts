import type { ReviewUploads } from './planned-review.js';
import type { SaidReview } from './said-review.js';

/** What tells requests apart: all that is said, and the manifests. A reference to "the latest" stays one. */
export function requestFingerprint(said: SaidReview, { base, head }: ReviewUploads): string {
  const { waitSeconds: _wait, idempotencyKey: _key, ...rest } = said;
  return JSON.stringify([rest, base?.fingerprint ?? null, head?.fingerprint ?? null]);
}
