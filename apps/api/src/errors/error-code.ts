/**
 * Codes of failed requests: `extensions.code` in GraphQL, `code` in REST. What is wrong with an upload or with the input
 * of a mutation is no failed request, but a UserError.
 */
export type ErrorCode =
  /** No token, or one that is not known. */
  | 'UNAUTHENTICATED'
  /** A web page of another origin asks. */
  | 'CROSS_ORIGIN'
  /** The request is not one that the address takes: not JSON, not UTF-8, no query, … */
  | 'BAD_REQUEST'
  /** There is nothing at this address. */
  | 'NOT_FOUND'
  /** The body is larger than the limit. */
  | 'TOO_LARGE'
  /** The body did not come, or stopped coming. */
  | 'REQUEST_TIMEOUT'
  /** The query is not GraphQL. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The query does not fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A question that cannot be answered as it was asked; `reason` and `argument` say why. */
  | 'BAD_USER_INPUT'
  | 'TOO_MANY_TOKENS'
  | 'TOO_MANY_ALIASES'
  | 'QUERY_TOO_DEEP'
  | 'QUERY_TOO_COSTLY'
  /** Too much work is waiting; nothing was begun. */
  | 'QUEUE_FULL'
  /** It took longer than it may. */
  | 'TIMEOUT'
  /** The server is being stopped. */
  | 'SHUTTING_DOWN'
  /** A worker died over it, twice. */
  | 'WORKER_DIED'
  | 'DATABASE_UNAVAILABLE'
  /** Another request changed the same thing at the same time. */
  | 'CONFLICT'
  /** Our bug. The log says more under the request's id. */
  | 'INTERNAL';

/** What a caller is told about a failed request. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  /** Further facts for machines. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The HTTP status that stands for a code. */
export const STATUS_OF = {
  UNAUTHENTICATED: 401,
  CROSS_ORIGIN: 403,
  BAD_REQUEST: 400,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  REQUEST_TIMEOUT: 408,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  BAD_USER_INPUT: 400,
  TOO_MANY_TOKENS: 400,
  TOO_MANY_ALIASES: 400,
  QUERY_TOO_DEEP: 400,
  QUERY_TOO_COSTLY: 400,
  QUEUE_FULL: 503,
  TIMEOUT: 503,
  SHUTTING_DOWN: 503,
  WORKER_DIED: 500,
  DATABASE_UNAVAILABLE: 503,
  CONFLICT: 409,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>;
