import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known about the request that is being answered, wherever the code is. */
export interface RequestContext {
  /** Header x-request-id of the answer, and in every log line about it. */
  readonly requestId: string;
  /** Who asks: `anonymous`, or `token:` and the first digits of the token's SHA-256. */
  actor: string;
  /** Aborts when the caller has left without waiting for the answer: work for it alone can end. Null when not known. */
  readonly signal: AbortSignal | null;
}

/** Carries the RequestContext along asynchronous calls. Empty outside of requests. */
export const requestContext = new AsyncLocalStorage<RequestContext>();

/** Name of everybody when no tokens are configured. */
export const ANONYMOUS = 'anonymous';
