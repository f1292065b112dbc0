/** How patient a listing is with the API server, and how much it takes from it. */
export interface ListingLimits {
  /** Objects in one page. The API server may give fewer. */
  readonly pageSize: number;
  /** Longest time for one request, from the credentials to the last byte of its answer. */
  readonly requestMs: number;
  /** Longest time for the whole listing: shorter than a Portolan takes a body for (an hour). */
  readonly totalMs: number;
  /** How often one request is made before it is given up. */
  readonly attempts: number;
  /** Wait in front of the second attempt; it doubles with each. */
  readonly firstWaitMs: number;
  /** Longest wait, also when `Retry-After` asks for more. */
  readonly maxWaitMs: number;
  /** Largest answer to one request. */
  readonly maxAnswerBytes: number;
  /** How often the list of a kind is begun anew because the API server forgot where it was. */
  readonly restarts: number;
}

/** Room for an API server that is restarted meanwhile, and an end for one that does not come back. */
export const DEFAULT_LISTING_LIMITS: ListingLimits = {
  pageSize: 500,
  requestMs: 60_000,
  totalMs: 50 * 60_000,
  attempts: 6,
  firstWaitMs: 500,
  maxWaitMs: 30_000,
  maxAnswerBytes: 256 * 1024 * 1024,
  restarts: 3,
};
