import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { boundLists } from './bound-lists.js';

const schema = boundLists(
  buildSchema(`
    type Query { rows: RowConnection! }
    type RowConnection { nodes: [Row!]! }
    type Row { rules: [Rule!]! names: [String!]! }
    type Rule { peers: [Peer!]! }
    type Peer { path: String! }
  `),
  20,
);

function ask(query: string, rows: number): ReturnType<typeof execute> {
  const peers = [{ path: 'a' }, { path: 'b' }];
  const rules = Promise.resolve([{ peers }, { peers }, { peers }]);
  const row = { rules, names: Array.from({ length: 100 }, () => 'x') };
  const rootValue = { rows: { nodes: Array.from({ length: rows }, () => row) } };
  return execute({ schema, document: parse(query), rootValue });
}

describe('boundLists', () => {
  it('lets pass what stays within the limit, each query for itself', async () => {
    for (let i = 0; i < 5; i++)
      expect(await ask('{ rows { nodes { rules { peers { path } } } } }', 2)).not.toHaveProperty(
        'errors',
      );
  });

  it('ends a query that gets more, over all of its lists', async () => {
    const { errors } = await ask('{ rows { nodes { rules { peers { path } } } } }', 3);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'QUERY_TOO_COSTLY' });
  });

  it('counts neither pages nor values', async () => {
    expect(await ask('{ rows { nodes { names } } }', 50)).not.toHaveProperty('errors');
  });
});
