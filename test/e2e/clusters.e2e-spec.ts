import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { type Answer, startTestServer, type TestServer } from './test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

const CREATE = `mutation ($input: CreateClusterInput!) {
  createCluster(input: $input) { clientMutationId cluster { id slug name labels createdAt latestSnapshot { id } } userErrors { __typename code message field } }
}`;
const LIST = `query ($first: Int, $after: String, $filter: ClusterFilter, $orderBy: ClusterOrder) {
  clusters(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount nodes { slug } edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

async function create(input: object): Promise<Answer> {
  const { data, errors } = await server.ask(CREATE, { input });
  expect(errors).toBeUndefined();
  return data.createCluster;
}

async function slugs(variables: object): Promise<string[]> {
  const { data, errors } = await server.ask(LIST, variables);
  expect(errors).toBeUndefined();
  return (data.clusters.nodes as Answer[]).map(({ slug }) => slug as string);
}

describe('clusters', () => {
  it('are registered once', async () => {
    const labels = { env: 'prod', 'acme.io/tier': 'one' };
    const input = { slug: 'prod-eu', name: 'Production', labels, clientMutationId: 'm' };
    const { cluster, userErrors, clientMutationId } = await create(input);
    expect(userErrors).toEqual([]);
    expect(clientMutationId).toBe('m');
    expect(cluster).toMatchObject({
      slug: 'prod-eu',
      name: 'Production',
      labels,
      latestSnapshot: null,
    });
    const again = await create(input);
    expect(again.cluster).toBeNull();
    expect(again.userErrors).toEqual([
      {
        __typename: 'InputError',
        code: 'ALREADY_EXISTS',
        message: expect.any(String),
        field: ['input', 'slug'],
      },
    ]);
  });

  it('of one name are made once, also at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ slug: 'race' })));
    expect(answers.filter(({ cluster }) => cluster !== null)).toHaveLength(1);
  });

  it('with bad names or labels are refused at the field', async () => {
    const { userErrors } = await create({ slug: 'No!', labels: { a: 1 } });
    const fields = (userErrors as Answer[]).map(({ code, field }) => [code as string, field[1]]);
    expect(fields).toEqual([
      ['INVALID', 'slug'],
      ['INVALID', 'labels'],
    ]);
  });

  it('are listed in order, by page, and by filter', async () => {
    await create({ slug: 'aa-test', labels: { env: 'test' } });
    await create({ slug: 'zz-test', name: 'Last of PROD', labels: { env: 'test' } });
    expect(await slugs({})).toEqual(['aa-test', 'prod-eu', 'race', 'zz-test']);
    const orderBy = { field: 'CREATED_AT', direction: 'DESC' };
    expect(await slugs({ orderBy })).toEqual(['zz-test', 'aa-test', 'race', 'prod-eu']);
    expect(await slugs({ filter: { search: 'prod' } })).toEqual(['prod-eu', 'zz-test']);
    expect(await slugs({ filter: { labels: 'env in (test),!tier' } })).toEqual([
      'aa-test',
      'zz-test',
    ]);
    const first = await server.ask(LIST, { first: 3 });
    const { pageInfo, totalCount } = first.data.clusters;
    expect(totalCount).toBe(4);
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(await slugs({ first: 3, after: pageInfo.endCursor })).toEqual(['zz-test']);
    const bad = await server.ask(LIST, { filter: { labels: 'env in' } });
    expect(bad.errors[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'filter.labels',
    });
  });

  it('are found by slug and by id, with what belongs to them', async () => {
    const { cluster } = await create({ slug: 'found' });
    const { data } = await server.ask(
      `query ($id: ID!) { node(id: $id) { ... on Cluster { slug } } nodes(ids: [$id, "x"]) { id }
        cluster(slug: "found") { snapshots { totalCount nodes { id } } snapshotAt(at: "2030-01-01T00:00:00Z") { id } }
        none: cluster(slug: "none") { slug } }`,
      { id: cluster.id },
    );
    expect(data).toEqual({
      node: { slug: 'found' },
      nodes: [{ id: cluster.id }, null],
      cluster: { snapshots: { totalCount: 0, nodes: [] }, snapshotAt: null },
      none: null,
    });
  });
});

it('/readyz says which part is not well, while /livez goes on', async () => {
  const client = new pg.Client({ connectionString: server.database.url });
  await client.connect();
  await client.query(`ALTER TABLE _prisma_migrations RENAME TO hidden`);
  const { body } = await request(server.url).get('/readyz').expect(503);
  expect(body).toEqual({ status: 'unavailable', database: true, migrations: false, workers: true });
  await request(server.url).get('/livez').expect(200);
  await client.query(`ALTER TABLE hidden RENAME TO _prisma_migrations`);
  await client.end();
  await request(server.url).get('/readyz').expect(200);
});
