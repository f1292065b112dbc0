/** A cluster could not be listed. The message is for people, and holds nothing of credentials or answers. */
export class ListingError extends Error {
  override readonly name = 'ListingError';
}

/** A request failed for a reason that may pass: it is made again. */
export class PassingFailure extends Error {
  override readonly name = 'PassingFailure';

  /** `retryAfterMs`: how long the server wants to be left alone. */
  constructor(
    message: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}
