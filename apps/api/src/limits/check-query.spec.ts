import { buildSchema, type GraphQLObjectType, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { RequestError } from '../errors/request-error.js';
import { checkQuery, type QueryLimits } from './check-query.js';

const SCHEMA = buildSchema(`
  type Query { cluster: Cluster, clusters(first: Int, after: String): ClusterConnection!, ask(questions: [Int!]!): [Cluster!]! }
  type ClusterConnection { nodes: [Cluster!]!, edges: [Edge!]!, totalCount: Int! }
  type Edge { node: Cluster! }
  type Cluster {
    name: String, parent: Cluster, tags: [Tag!], clusters(first: Int = 10): ClusterConnection!, costly: Cluster, count: Int
    children: [Cluster!]!, cut: [Cluster!]!
  }
  type Tag { name: String }
`);
const { costly, count, cut } = (SCHEMA.getType('Cluster') as GraphQLObjectType).getFields();
costly!.extensions = { complexity: 50 };
count!.extensions = { complexity: 7 };
cut!.extensions = { maxLength: 100 };

const OPEN = { maxQueryDepth: 1000, maxQueryCost: 1e9, maxQueryAliases: 1000 };

/** What `checkQuery` found to be over a limit of 0. */
function measured(source: string, limit: keyof QueryLimits, variables = {}): number {
  const document = parse(source);
  expect(validate(SCHEMA, document)).toEqual([]);
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)!;
  try {
    const query = { schema: SCHEMA, document, operation, variables };
    checkQuery(query as Parameters<typeof checkQuery>[0], { ...OPEN, [limit]: 0 });
    return 0;
  } catch (error) {
    return (error as RequestError).details.value as number;
  }
}
const cost = (source: string, variables = {}): number =>
  measured(source, 'maxQueryCost', variables);
const depth = (source: string): number => measured(source, 'maxQueryDepth');
const aliases = (source: string): number => measured(source, 'maxQueryAliases');

/** `cluster` with n fragments, each of which spreads the next one twice. */
function bomb(n: number, type: string, leaf: string): string {
  const fragments = Array.from({ length: n }, (_, i) =>
    i === n - 1
      ? `fragment f${i} on ${type} { ${leaf} }`
      : `fragment f${i} on ${type} { ...f${i + 1} ...f${i + 1} }`,
  );
  return fragments.join('\n');
}

describe('the depth of a query', () => {
  it('counts fields inside one another', () => {
    expect(depth('{ cluster { name } }')).toBe(2);
    expect(depth('{ cluster { name parent { parent { name } } } }')).toBe(4);
  });
  it('looks into fragments', () => {
    expect(depth('{ ...q } fragment q on Query { cluster { ... on Cluster { name } } }')).toBe(2);
  });
  it('does not count introspection', () => {
    expect(depth('{ __schema { types { fields { type { ofType { ofType { name } } } } } } }')).toBe(
      1,
    );
  });
});

describe('the aliases of a query', () => {
  it('are counted wherever they are', () => {
    expect(
      aliases('{ a: cluster { b: name } ...q ...q } fragment q on Query { c: cluster { name } }'),
    ).toBe(4);
  });
  it('inside introspection are counted as well, and few are let pass', () => {
    const types = (count: number): string =>
      `{ __schema { ${Array.from({ length: count }, (_, i) => `t${i}: types { name }`).join(' ')} } }`;
    expect(aliases(types(7))).toBe(7);
    expect(cost(types(5))).toBe(500);
    // Beyond five whatever the limit.
    expect(cost(types(6))).toBe(6);
  });
  it('are counted quickly, however fragments spread one another', () => {
    expect(aliases(`{ cluster { ...f0 } } ${bomb(40, 'Cluster', 'a: name')}`)).toBe(2 ** 39);
  });
});

describe('the cost of a query', () => {
  it.each([
    ['{ cluster { name } }', 1],
    ['{ cluster { parent { name } } }', 2],
    ['{ cluster { costly { name count } } }', 58],
    ['{ cluster { tags { name } } }', 6],
    ['{ cluster { children { name } } }', 21],
    ['{ cluster { children { children { name } } } }', 1 + 20 + 20 * 20],
    ['{ cluster { cut { clusters { nodes { name } } } } }', 1 + 100 * (1 + 1 + 10)],
    ['{ clusters { totalCount } }', 1],
    ['{ clusters(first: 3) { nodes { name } } }', 4],
    ['{ clusters { nodes { parent { name } } } }', 41],
    ['{ clusters(first: 3) { edges { node { name } } } }', 7],
    ['{ clusters(first: 100) { nodes { clusters { nodes { name } } } } }', 1 + 100 * (1 + 1 + 10)],
    ['{ clusters(first: 2) { ...page } } fragment page on ClusterConnection { nodes { name } }', 3],
    ['{ ask(questions: [1, 2, 3]) { parent { name } } }', 6],
    ['{ a: cluster { name } b: cluster { name } }', 2],
    ['{ __schema { types { name } } __typename }', 500],
  ])('%s', (source, points) => {
    expect(cost(source)).toBe(points);
  });

  it('knows what variables say', () => {
    const source = 'query ($n: Int = 4) { clusters(first: $n) { nodes { name } } }';
    expect([cost(source), cost(source, { n: 9 })]).toEqual([5, 10]);
    const questions = 'query ($q: [Int!]!) { ask(questions: $q) { name } }';
    expect(cost(questions, { q: [1, 2, 3, 4] })).toBe(4);
  });

  it('is found quickly, however fragments spread one another', () => {
    expect(cost(`{ cluster { ...f0 } } ${bomb(40, 'Cluster', 'parent { name }')}`)).toBe(
      2 ** 39 + 1,
    );
    const pages = bomb(40, 'ClusterConnection', 'nodes { name }');
    expect(cost(`{ clusters(first: 2) { ...f0 } } ${pages}`)).toBe(2 ** 40 + 1);
  });

  it('cannot be lowered by a nonsensical page size', () => {
    expect(cost('{ clusters(first: -100) { nodes { name } } }')).toBe(2);
  });
});

it('says which limit, and by how much', () => {
  expect(() => measured('{ cluster { name } }', 'maxQueryDepth')).not.toThrow();
  const document = parse('{ cluster { name } }');
  const [operation] = document.definitions;
  expect(() =>
    checkQuery(
      { schema: SCHEMA, document, operation: operation as never, variables: {} },
      { ...OPEN, maxQueryDepth: 1 },
    ),
  ).toThrow("The query's depth is 2, and may be 1 at most");
});
