import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { buildApiSchema, schemaPage } from './print-schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildApiSchema();
});

it('apps/api/schema.graphql is fresh (npm run generate)', async () => {
  await expect(schemaPage(schema)).toMatchFileSnapshot('../schema.graphql');
});

it('everything in the schema is described', () => {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  expect(types.flatMap(undescribed)).toEqual([]);
});

it('every list that is paged takes first and after', () => {
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => String(field.type).includes('Connection'));
  const unpaged = fields
    .filter(
      ({ field }) => !['first', 'after'].every((name) => field.args.some((a) => a.name === name)),
    )
    .map(({ type, field }) => `${type.name}.${field.name}`);
  expect(fields.length).toBeGreaterThan(5);
  expect(unpaged).toEqual([]);
});

function undescribed(type: GraphQLNamedType): string[] {
  return [{ path: type.name, description: type.description }, ...members(type)]
    .filter(({ description }) => (description ?? '').trim() === '')
    .map(({ path }) => path);
}

function members(
  type: GraphQLNamedType,
): { path: string; description: string | null | undefined }[] {
  if (isEnumType(type)) {
    return type
      .getValues()
      .map(({ name, description }) => ({ path: `${type.name}.${name}`, description }));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(({ name, description }) => ({
      path: `${type.name}.${name}`,
      description,
    }));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, description, args }) => [
    { path: `${type.name}.${name}`, description },
    ...args.map((argument) => ({
      path: `${type.name}.${name}(${argument.name})`,
      description: argument.description,
    })),
  ]);
}
