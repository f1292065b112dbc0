import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, startTestServer, type TestServer } from './test-server.js';

const TOKEN = 'a-token-of-sufficient-length';
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ config: { tokenDigests: [digestOf(TOKEN)] }, token: TOKEN });
  await server.createCluster('locked');
});
afterAll(async () => {
  await server.close();
});

describe('a server with tokens', () => {
  it.each([undefined, 'Bearer wrong-token-of-good-length', `Basic ${TOKEN}`])(
    'refuses GraphQL and REST to "%s" alike',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization };
      const graphql = await request(server.url)
        .post('/graphql')
        .set(headers)
        .send({ query: '{ __typename }' });
      expect(graphql.status).toBe(401);
      expect(graphql.headers['www-authenticate']).toContain('Bearer');
      expect(graphql.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
      const rest = await request(server.url)
        .post('/v1/clusters/locked/snapshots')
        .set(headers)
        .send(NAMESPACE);
      expect(rest.status).toBe(401);
      expect(rest.body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    },
  );

  it('does not tell whether there is something at an address', async () => {
    await request(server.url).get('/nothing').expect(401);
    await request(server.url).post('/v1/clusters/nothing/snapshots').expect(401);
  });

  it('keeps probes, documentation and the page of GraphiQL open', async () => {
    await request(server.url).get('/livez').expect(200);
    await request(server.url).get('/readyz').expect(200);
    await request(server.url).get('/graphql').set('accept', 'text/html').expect(200);
    await request(server.url).get('/graphiql/start.js').expect(200);
    const { text, headers } = await request(server.url).get('/docs/caveats').expect(200);
    expect(headers['content-type']).toContain('text/html');
    expect(text).toContain('<h2 id="pod_address_unknown">');
  });

  it('does not take a query for the page', async () => {
    await request(server.url)
      .get('/graphql')
      .query({ query: '{ __typename }' })
      .set('accept', 'text/html')
      .expect(401);
  });

  it('serves who has one, and notes who it was', async () => {
    const answer = await request(server.url)
      .post('/v1/clusters/locked/snapshots')
      .set('authorization', `Bearer ${TOKEN}`)
      .set('content-type', 'application/yaml')
      .send(NAMESPACE);
    expect(answer.status).toBe(201);
    const { data } = await server.ask(
      '{ snapshot(ref: { latestOf: { cluster: "locked" } }) { source { actor } } }',
    );
    const actor = `token:${digestOf(TOKEN).toString('hex').slice(0, 8)}`;
    expect(data.snapshot.source.actor).toBe(actor);
  });

  it('never logs tokens, queries or manifests', () => {
    expect(server.logged()).toContain('/v1/clusters/locked/snapshots');
    expect(server.logged()).not.toContain(TOKEN);
    expect(server.logged()).not.toContain('__typename');
    expect(server.logged()).not.toContain('kind: Namespace');
  });

  it('gives every answer an id that the log knows', async () => {
    const answer = await request(server.url).get('/nothing').set('x-request-id', 'my-own-id');
    expect(answer.headers['x-request-id']).toBe('my-own-id');
    const forged = await request(server.url).get('/livez').set('x-request-id', 'a b {}');
    expect(forged.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(server.logged()).toContain('"requestId":"my-own-id"');
  });
});
