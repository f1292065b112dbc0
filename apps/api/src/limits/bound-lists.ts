import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { RequestError } from '../errors/request-error.js';

/** Objects that one query may get from lists without pages, whose length its cost can only assume. */
const MAX_LISTED_OBJECTS = 5_000;

/**
 * Makes the fields of a schema that give lists of objects without pages count what they give: rules, peers, policies that
 * isolate. A query for whose lists the limit is too small fails with QUERY_TOO_COSTLY instead of holding the thread.
 */
export function boundLists(schema: GraphQLSchema, limit = MAX_LISTED_OBJECTS): GraphQLSchema {
  // Each execution has its own map of variables, also where documents and contexts are shared.
  const listed = new WeakMap<object, number>();
  const count = (execution: object, given: unknown): unknown => {
    const total = (listed.get(execution) ?? 0) + (Array.isArray(given) ? given.length : 0);
    listed.set(execution, total);
    if (total <= limit) return given;
    throw new RequestError(
      'QUERY_TOO_COSTLY',
      `The answer has more than ${limit} objects in lists without pages: ask for fewer rows, or for fewer of their lists`,
      { value: total, limit },
    );
  };
  for (const field of unpagedLists(schema)) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context, info) => {
      const given: unknown = resolve(source, args, context, info);
      return given instanceof Promise
        ? given.then((list) => count(info.variableValues, list))
        : count(info.variableValues, given);
    };
  }
  return schema;
}

function unpagedLists(schema: GraphQLSchema): GraphQLField<unknown, unknown>[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__') && !name.endsWith('Connection'))
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type }) => isListType(isNonNullType(type) ? type.ofType : type))
    .filter(({ type }) => isCompositeType(getNamedType(type)));
}
