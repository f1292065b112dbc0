import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/**
 * A scalar that travels as a string. What the string must look like is checked where it is read, because there the
 * argument at fault and the snapshot are known.
 */
export function textScalar(name: string, description: string): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    if (typeof value === 'string') return value;
    throw new GraphQLError(`${name} must be a string`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: read,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  });
}
