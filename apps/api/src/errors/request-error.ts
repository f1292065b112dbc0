import type { ErrorCode, Failure } from './error-code.js';

/** A request that we refuse, and why. */
export class RequestError extends Error implements Failure {
  override readonly name = 'RequestError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
