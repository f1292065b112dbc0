import {
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Config } from '../config/config.js';
import { RequestError } from '../errors/request-error.js';
import { checkQuery, type QueryLimits } from '../limits/check-query.js';

/** Operations that one connection may have open at once. */
const MAX_OPEN = 100;

/** Reads, validates and measures an operation, as Apollo does for HTTP. Errors are for `onError`. */
export function prepareOperation(
  { query, operationName, variables }: SubscribePayload,
  {
    schema,
    limits,
    open,
  }: {
    readonly schema: GraphQLSchema;
    readonly limits: QueryLimits & Pick<Config, 'maxQueryTokens'>;
    /** How many are open already, this one included. */
    readonly open: number;
  },
): ExecutionArgs | GraphQLError[] {
  try {
    if (open > MAX_OPEN) throw new RequestError('QUEUE_FULL', `At most ${MAX_OPEN} operations`);
    const document = parse(query, { maxLexicalTokens: limits.maxQueryTokens });
    const errors = validate(schema, document);
    if (errors.length > 0) return [...errors];
    const operation = getOperationAST(document, operationName);
    if (operation === null || operation === undefined)
      throw new RequestError('BAD_REQUEST', 'Name one operation of the query');
    checkQuery({ schema, document, operation, variables: variables ?? {} }, limits);
    return {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    const originalError = error instanceof Error ? error : new Error(String(error));
    return [new GraphQLError(originalError.message, { originalError })];
  }
}
