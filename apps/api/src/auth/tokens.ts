import { createHash, timingSafeEqual } from 'node:crypto';
import { ANONYMOUS } from '../logging/request-context.js';

/** Digits of a token's SHA-256 that name it: enough to tell tokens apart, useless to guess one. */
const NAME_DIGITS = 8;

/**
 * Who a request is from, by its Authorization header; null when it must be refused. Every token is compared, as digests
 * of equal length, so that the time tells nothing about them.
 */
export function identify(
  authorization: string | undefined,
  tokenDigests: readonly Buffer[],
): string | null {
  if (tokenDigests.length === 0) return ANONYMOUS;
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  const digest = createHash('sha256').update(token).digest();
  let isKnown = false;
  for (const known of tokenDigests) isKnown = timingSafeEqual(known, digest) || isKnown;
  return isKnown ? `token:${digest.toString('hex').slice(0, NAME_DIGITS)}` : null;
}
