/** A server cannot be used, or refuses what it was asked. The message is for people, and never holds a token. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
}

/** A query was not answered. */
export class GraphqlError extends ClientError {
  constructor(
    address: string,
    /** What the server calls it; null when it does not say. */
    readonly code: string | null,
    message: string,
    /** What else it says of it: `reason` and `argument` of what was asked. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${address}: ${code === null ? '' : `${code}: `}${message}`);
  }
}
