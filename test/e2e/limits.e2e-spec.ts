import { getIntrospectionQuery } from 'graphql';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTestServer, type TestServer } from './test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    config: { maxQueryDepth: 6, maxQueryAliases: 3, maxQueryTokens: 200, maxQueryCost: 500 },
  });
});
afterAll(async () => {
  await server.close();
});

async function refusal(query: string): Promise<{ status: number; error: Answer }> {
  const { status, body } = await request(server.url).post('/graphql').send({ query });
  return { status, error: body.errors?.[0] };
}

describe('limits of a query', () => {
  it.each([
    [
      'QUERY_TOO_DEEP',
      '{ clusters { nodes { latestSnapshot { cluster { latestSnapshot { cluster { slug } } } } } } }',
      { limit: 6, value: 7 },
    ],
    [
      'TOO_MANY_ALIASES',
      `{ ${['a', 'b', 'c', 'd'].map((alias) => `${alias}: cluster(slug: "x") { slug }`).join(' ')} }`,
      { limit: 3, value: 4 },
    ],
    ['TOO_MANY_TOKENS', `{ ${'__typename '.repeat(300)} }`, { limit: 200 }],
    [
      'QUERY_TOO_COSTLY',
      '{ clusters(first: 100) { nodes { snapshots(first: 100) { nodes { cluster { slug } } } } } }',
      { limit: 500 },
    ],
    [
      'QUERY_TOO_COSTLY',
      `{ diff(base: { latestOf: { cluster: "x" } }, head: { latestOf: { cluster: "x" } }) {
        newlyUnprotected { reachableBy(first: 100) { nodes { source { displayName } } } } } }`,
      { limit: 500, value: 50 + 100 * (1 + 10 + 100 * 2) },
    ],
  ])('%s names the limit and the value', async (code, query, facts) => {
    const { status, error } = await refusal(query);
    expect(status).toBe(400);
    expect(error.extensions).toMatchObject({ code, ...facts });
    expect(error.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.message).toContain(String(facts.limit));
  });

  it.each([
    ['GRAPHQL_PARSE_FAILED', '{ clusters '],
    ['GRAPHQL_VALIDATION_FAILED', '{ clouds }'],
    ['BAD_REQUEST', ''],
    ['BAD_REQUEST', 'query a { __typename } query b { __typename }'],
    ['BAD_REQUEST', 'subscription { jobUpdated(id: "x") { id } }'],
  ])('%s for "%s"', async (code, query) => {
    const { status, error } = await refusal(query);
    expect({ status, code: error.extensions.code }).toEqual({ status: 400, code });
  });

  it.each(['first: 0', 'first: 101', 'first: -1', 'after: "nonsense"'])(
    'BAD_USER_INPUT for a page of %s',
    async (page) => {
      const { error } = await refusal(`{ clusters(${page}) { totalCount } }`);
      expect(error.extensions.code).toBe('BAD_USER_INPUT');
      expect(error.extensions.reason).toMatch(/^(PAGE_SIZE|CURSOR)$/);
    },
  );

  it('QUERY_TOO_DEEP for what is too deep to be read', async () => {
    const patient = await startTestServer({ config: { maxQueryTokens: 1_000_000 } });
    try {
      const query = '{ a '.repeat(400_000);
      const { status, body } = await request(patient.url).post('/graphql').send({ query });
      expect({ status, code: body.errors[0].extensions.code }).toEqual({
        status: 400,
        code: 'QUERY_TOO_DEEP',
      });
    } finally {
      await patient.close();
    }
  });

  it('says which variable is wrong', async () => {
    const query =
      'query ($at: DateTime!) { snapshot(ref: { at: { cluster: "x", at: $at } }) { id } }';
    const { body } = await request(server.url)
      .post('/graphql')
      .send({ query, variables: { at: 'yesterday' } })
      .expect(400);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(body.errors[0].message).toContain('RFC 3339');
  });

  it('lets GraphiQL ask for the schema', async () => {
    const open = await startTestServer({ database: server.database });
    try {
      const { data, errors } = await open.ask(getIntrospectionQuery());
      expect(errors).toBeUndefined();
      expect(data.__schema.types.length).toBeGreaterThan(50);
    } finally {
      await open.close();
    }
  });
});

describe('requests that are no queries', () => {
  it.each([
    ['not JSON', '{"query":', 'application/json'],
    ['a list of queries', '[{"query":"{__typename}"}]', 'application/json'],
    ['JSON in another type', '{"query":"{__typename}"}', 'text/plain'],
    ['a form', 'query={__typename}', 'application/x-www-form-urlencoded'],
    ['JSON in an unknown encoding', '{}', 'application/json; charset=klingon'],
  ])('%s is refused without a word about our insides', async (_, body, type) => {
    const answer = await request(server.url).post('/graphql').set('content-type', type).send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].extensions.code).toBe('BAD_REQUEST');
    expect(answer.text).not.toMatch(/node_modules|\.js:|\.ts:/);
  });

  it('GET works for programs that say so, and never changes anything', async () => {
    const get = (query: string): request.Test =>
      request(server.url).get('/graphql').query({ query }).set('apollo-require-preflight', 'true');
    await get('{ __typename }').expect(200);
    const mutation = 'mutation { createCluster(input: { slug: "by-get" }) { cluster { id } } }';
    await get(mutation).expect(405);
    expect((await server.ask('{ cluster(slug: "by-get") { id } }')).data.cluster).toBeNull();
  });

  it('a page of another origin is refused', async () => {
    const { body } = await request(server.url)
      .post('/graphql')
      .set('origin', 'https://evil.example')
      .send({ query: '{ __typename }' })
      .expect(403);
    expect(body.errors[0].extensions.code).toBe('CROSS_ORIGIN');
  });

  it('an address that does not exist is a problem with an id', async () => {
    const answer = await request(server.url).get('/nothing/here').expect(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      code: 'NOT_FOUND',
      requestId: answer.headers['x-request-id'],
    });
  });

  it('a query larger than the limit is refused', async () => {
    const small = await startTestServer({
      database: server.database,
      config: { maxInlineBytes: 1000 },
    });
    try {
      const query = `{ __typename } # ${'x'.repeat(300_000)}`;
      const answer = await request(small.url).post('/graphql').send({ query });
      expect(answer.status).toBe(413);
      expect(answer.body.errors[0].extensions.code).toBe('TOO_LARGE');
    } finally {
      await small.close();
    }
  });
});

describe('the page of GraphiQL', () => {
  it('is served to browsers, with all its parts, from here', async () => {
    const page = await request(server.url).get('/graphql').set('accept', 'text/html').expect(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(parts.filter((part) => /^(https?:)?\/\//.test(part))).toEqual([]);
    const files = parts.filter((part) => part.startsWith('/'));
    expect(files.length).toBe(5);
    for (const file of files) await request(server.url).get(file).expect(200);
  });

  it('serves no other files', async () => {
    for (const name of ['../package.json', '%2e%2e/package.json', 'constructor', '']) {
      await request(server.url).get(`/graphiql/${name}`).expect(404);
    }
  });
});
