/** Codes of what can go wrong with the embedded database. */
export type EmbeddedPostgresFailure =
  /** Another process serves this data folder. */
  | 'ALREADY_RUNNING'
  /** npm has no PostgreSQL for this platform, or did not install it. */
  | 'NO_BINARY'
  /** The data folder cannot be used as it is. */
  | 'DATA_UNUSABLE'
  /** PostgreSQL would not start. */
  | 'START_FAILED'
  /** PostgreSQL ended while it was needed. */
  | 'CRASHED';

/** What went wrong with the embedded database, and in its message what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code: EmbeddedPostgresFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
