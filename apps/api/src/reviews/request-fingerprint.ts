import type { ReviewUploads } from './planned-review.js';
import type { SaidReview } from './said-review.js';

/** What tells requests apart: all that is said, and the manifests. A reference to "the latest" stays one. */
export function requestFingerprint(said: SaidReview, { base, head }: ReviewUploads): string {
  // How long to wait, and the key itself, make no other request.
  const request = { ...said, waitSeconds: null, idempotencyKey: null };
  return JSON.stringify([request, base?.fingerprint ?? null, head?.fingerprint ?? null]);
}
