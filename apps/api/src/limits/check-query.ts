import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Config } from '../config/config.js';
import { RequestError } from '../errors/request-error.js';
import { queryCost } from './query-cost.js';
import { queryShape } from './query-shape.js';

/** The schema is a graph: aliases at three levels of it multiply to millions of answers. No tool needs any. */
const MAX_INTROSPECTION_ALIASES = 5;

/** How large a query may be. */
export type QueryLimits = Pick<Config, 'maxQueryDepth' | 'maxQueryCost' | 'maxQueryAliases'>;

/** A valid query that is about to be run. */
export interface CheckedQuery {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** @throws RequestError naming the limit that the query exceeds, its value, and the query's. */
export function checkQuery(
  { schema, document, operation, variables }: CheckedQuery,
  { maxQueryDepth, maxQueryCost, maxQueryAliases }: QueryLimits,
): void {
  const fragments = fragmentsOf(document);
  const { depth, aliases, introspectionAliases } = queryShape(operation.selectionSet, fragments);
  if (depth > maxQueryDepth) throw over('QUERY_TOO_DEEP', 'depth', depth, maxQueryDepth);
  if (aliases > maxQueryAliases)
    throw over('TOO_MANY_ALIASES', 'number of aliases', aliases, maxQueryAliases);
  if (introspectionAliases > MAX_INTROSPECTION_ALIASES)
    throw over(
      'TOO_MANY_ALIASES',
      'number of aliases inside introspection',
      introspectionAliases,
      MAX_INTROSPECTION_ALIASES,
    );
  const cost = queryCost({ schema, operation, fragments, variables });
  if (cost > maxQueryCost) throw over('QUERY_TOO_COSTLY', 'cost', cost, maxQueryCost);
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
}

function over(
  code: 'QUERY_TOO_DEEP' | 'TOO_MANY_ALIASES' | 'QUERY_TOO_COSTLY',
  what: string,
  value: number,
  limit: number,
): RequestError {
  return new RequestError(code, `The query's ${what} is ${value}, and may be ${limit} at most`, {
    value,
    limit,
  });
}
