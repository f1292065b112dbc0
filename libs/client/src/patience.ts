import { setTimeout as sleep } from 'node:timers/promises';

/** How often something is tried that fails for the moment, and how long between. */
export interface Patience {
  readonly attempts: number;
  readonly firstWaitMs: number;
  /** Longest wait, whatever the server asks for. */
  readonly longestWaitMs: number;
}

/** About a quarter of a minute, and more when the server asks for it. */
export const USUAL_PATIENCE: Patience = {
  attempts: 6,
  firstWaitMs: 500,
  longestWaitMs: 60_000,
};

/** Answers of a server, or of a proxy in front of it, that may be another in a while. */
export const PASSING_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const PASSING_FAILURE: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a request that got no answer may get one in a while. */
export function isPassing(code: string | null): boolean {
  return code !== null && PASSING_FAILURE.has(code);
}

/** Waits before the next attempt: as long as `Retry-After` says, or twice as long as the time before. `attempt` counts from 1. */
export async function waitBefore(
  attempt: number,
  retryAfter: string | null,
  { firstWaitMs, longestWaitMs }: Patience,
  signal: AbortSignal,
): Promise<void> {
  const asked = retryAfter === null ? null : retryAfterMs(retryAfter);
  const wait = asked ?? firstWaitMs * 2 ** (attempt - 1);
  await sleep(Math.min(wait, longestWaitMs), undefined, { signal });
}

/** Milliseconds of a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date. Null for anything else. */
export function retryAfterMs(text: string, now = Date.now()): number | null {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
