import { GraphQLError } from 'graphql';

/** Apollo hands over what was thrown; nearly always it is a GraphQLError already. */
export function toGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
