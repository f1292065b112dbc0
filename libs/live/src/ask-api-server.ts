import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from './api-server.js';
import { ListingError, PassingFailure } from './listing-error.js';
import type { ListingLimits } from './listing-limits.js';

/** What the API server says to a request that it understood. */
export type ApiResult =
  | { readonly kind: 'OK'; readonly value: Readonly<Record<string, unknown>> }
  /** We may not. */
  | { readonly kind: 'FORBIDDEN' }
  /** There is nothing at this address. */
  | { readonly kind: 'MISSING' }
  /** It has forgotten where a list was (410 Gone). */
  | { readonly kind: 'EXPIRED' };

/** Asks an API server, more than once when need be. */
export type AskApiServer = (path: string, accept?: string) => Promise<ApiResult>;

const JSON_TYPE = 'application/json';
/** Too much at a time, or something behind the server that is just not there. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Questions to one server, within the limits.
 * Each fails with a ListingError when the server does not answer in the end, or not as an API server does.
 */
export function askApiServer(
  server: ApiServer,
  limits: ListingLimits,
  signal: AbortSignal,
): AskApiServer {
  return async (path, accept = JSON_TYPE) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await askOnce(server, { path, accept }, limits, signal);
      } catch (error) {
        if (!(error instanceof PassingFailure)) throw error;
        if (attempt >= limits.attempts) {
          throw new ListingError(
            `${server.url} gives no answer to ${nameOf(path)}, asked ${attempt} times: ${error.message}.`,
          );
        }
        const own = limits.firstWaitMs * 2 ** (attempt - 1);
        const wait = Math.min(error.retryAfterMs ?? own, limits.maxWaitMs);
        await sleep(wait, undefined, { signal });
      }
    }
  };
}

async function askOnce(
  server: ApiServer,
  { path, accept }: { readonly path: string; readonly accept: string },
  limits: ListingLimits,
  signal: AbortSignal,
): Promise<ApiResult> {
  const { status, retryAfterMs, body } = await server.get(path, accept, limits, signal);
  switch (status) {
    case 200:
      return { kind: 'OK', value: parse(body) };
    case 401:
      throw new ListingError(`${server.url} does not know these credentials (401).`);
    case 403:
      return { kind: 'FORBIDDEN' };
    case 404:
      return { kind: 'MISSING' };
    case 410:
      return { kind: 'EXPIRED' };
    default:
      if (PASSING_STATUSES.has(status)) throw new PassingFailure(`status ${status}`, retryAfterMs);
      throw new ListingError(`${server.url} answers ${nameOf(path)} with status ${status}.`);
  }
}

/** What is in front of the server may cut an answer, or give a page of its own. */
function parse(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new PassingFailure('an answer that is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PassingFailure('an answer that is no object');
  return value as Readonly<Record<string, unknown>>;
}

/** Where a list was is of no use to people, and long. */
function nameOf(path: string): string {
  return path.replace(/\?.*$/, '');
}
