import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '../logging/log.js';
import { requestContext } from '../logging/request-context.js';
import { describeFailure, OUR_FAULT } from './describe-failure.js';
import type { ErrorCode, Failure } from './error-code.js';

/** What graphql-js says when it stops reading at `maxLexicalTokens`, in some versions with a typing error. */
const TOO_MANY_TOKENS = /more tha[nt] (\d+) tokens/;
/** Codes of Apollo Server that keep their message, and what we call them. */
const APOLLO_CODES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
};

/** A top-level error as callers see it. Our bugs are logged, and told without message or stack. */
export function presentGraphqlError(error: GraphQLError, log: Log): GraphQLFormattedError {
  const known = describeGraphqlError(error);
  const { code, message, details } = known ?? describeFailure(error.originalError);
  if (known === null && OUR_FAULT.has(code)) {
    log.error({ err: rootOf(error), path: error.path?.join('.') }, 'a field failed');
  }
  const requestId = requestContext.getStore()?.requestId;
  return {
    message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { ...details, code, ...(requestId === undefined ? {} : { requestId }) },
  };
}

/** Null when a resolver threw it, or graphql-js over what a resolver returned. */
function describeGraphqlError(error: GraphQLError): Failure | null {
  // Reading and checking a query is recursive: before anything runs only its depth can exhaust the stack.
  if (error.path === undefined && firstCause(error) instanceof RangeError)
    return { code: 'QUERY_TOO_DEEP', message: 'The query is nested too deeply', details: {} };
  if (error.originalError !== undefined && !(error.originalError instanceof GraphQLError))
    return null;
  const [, limit] = TOO_MANY_TOKENS.exec(error.message) ?? [];
  if (limit !== undefined) {
    const message = `The query has more than ${limit} tokens`;
    return { code: 'TOO_MANY_TOKENS', message, details: { limit: Number(limit) } };
  }
  const { code } = error.extensions;
  if (typeof code === 'string' && code in APOLLO_CODES) {
    return { code: APOLLO_CODES[code] ?? 'BAD_REQUEST', message: error.message, details: {} };
  }
  // Without a path nothing was executed yet: it is about the query or its variables.
  if (error.path !== undefined) return null;
  return { code: 'GRAPHQL_VALIDATION_FAILED', message: error.message, details: {} };
}

/** Apollo wraps what it caught in errors of its own. */
function firstCause(error: GraphQLError): Error {
  const { originalError } = error;
  if (originalError instanceof GraphQLError) return firstCause(originalError);
  return originalError ?? error;
}

function rootOf(error: GraphQLError): Error {
  return error.originalError ?? error;
}
