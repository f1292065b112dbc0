import { createClient } from 'graphql-ws';
import request from 'supertest';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { type Answer, digestOf, startTestServer, type TestServer } from './test-server.js';

const SMALL = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n';
/** Takes a worker a second or so: flow style is read by the slow, complete reader. */
const LARGE = Array.from(
  { length: 12_000 },
  (_, i) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: "pod-${i}", namespace: &n "large", labels: {app: "a${i % 50}"}}, spec: {containers: [{name: c, ports: [{containerPort: ${1000 + (i % 500)}}]}]}}\n`,
).join('---\n');

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

let clusters = 0;
async function start(
  options: Parameters<typeof startTestServer>[0] = {},
): Promise<{ server: TestServer; cluster: string }> {
  const server = await startTestServer({ database, ...options });
  open.push(server);
  const cluster = `c${clusters++}`;
  await server.createCluster(cluster);
  return { server, cluster };
}

const JOB =
  'id status progress { phase done total queuePosition } error { code message } result { id __typename } startedAt finishedAt pollAfterMs';
const CREATE = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) { snapshot { id } job { ${JOB} } userErrors { code } } }`;
const FIND = `query ($id: ID!) { job(id: $id) { ${JOB} } }`;
const CANCEL = `mutation ($id: ID!) { cancelJob(input: { jobId: $id, clientMutationId: "m" }) {
  clientMutationId job { ${JOB} } userErrors { code field } } }`;
const WATCH = `subscription ($id: ID!) { jobUpdated(id: $id) { ${JOB} } }`;

async function begin(server: TestServer, cluster: string, more: object = {}): Promise<Answer> {
  const input = { cluster, manifests: { text: LARGE }, waitSeconds: 0, ...more };
  const { data, errors } = await server.ask(CREATE, { input });
  expect(errors).toBeUndefined();
  return data.createSnapshot;
}

async function ended(server: TestServer, id: string): Promise<Answer> {
  for (;;) {
    const { data } = await server.ask(FIND, { id });
    if (data.job.pollAfterMs === 0) return data.job;
    await sleep(50);
  }
}

function watch(
  server: TestServer,
  id: string,
  {
    query = WATCH,
    connectionParams,
  }: { query?: string; connectionParams?: Record<string, unknown> } = {},
): AsyncIterableIterator<Answer> {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(connectionParams === undefined ? {} : { connectionParams }),
  });
  open.unshift({ close: async () => client.dispose() });
  return client.iterate({ query, variables: { id } });
}

describe('a job', () => {
  it('is answered at once without waiting, and can be polled to its end', async () => {
    const { server, cluster } = await start();
    const { snapshot, job, userErrors } = await begin(server, cluster);
    expect(snapshot).toBeNull();
    expect(userErrors).toEqual([]);
    expect(['QUEUED', 'IN_PROGRESS']).toContain(job.status);
    expect(job.pollAfterMs).toBeGreaterThan(0);
    const done = await ended(server, job.id);
    expect(done).toMatchObject({
      status: 'COMPLETED',
      error: null,
      progress: { queuePosition: null },
    });
    expect(done.result.__typename).toBe('Snapshot');
    expect(done.progress.done).toBe(done.progress.total);
    expect(Date.parse(done.finishedAt)).toBeGreaterThanOrEqual(Date.parse(done.startedAt));
    const node = await server.ask('query ($id: ID!) { node(id: $id) { __typename id } }', {
      id: job.id,
    });
    expect(node.data.node).toEqual({ __typename: 'Job', id: job.id });
  });

  it('is 202 in REST, with an id to ask for', async () => {
    const { server, cluster } = await start();
    const { body } = await request(server.url)
      .post(`/v1/clusters/${cluster}/snapshots?waitSeconds=0`)
      .set('content-type', 'application/yaml')
      .send(LARGE)
      .expect(202);
    expect(body.snapshotId).toBeNull();
    expect((await ended(server, body.job.id)).status).toBe('COMPLETED');
  });

  it('tells its progress over a WebSocket: as it is, as it changes, to the end', async () => {
    const { server, cluster } = await start();
    const { job } = await begin(server, cluster);
    const seen: Answer[] = [];
    for await (const { data, errors } of watch(server, job.id)) {
      expect(errors).toBeUndefined();
      seen.push(data.jobUpdated);
    }
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toMatchObject({ status: 'COMPLETED', result: { __typename: 'Snapshot' } });
    const phases = seen.map(({ progress }) => progress.phase as string);
    expect(phases).toContain('READ');
    expect(phases.at(-1)).toBe('STORE');
    // Of a job that a worker has just taken nobody knows the total yet.
    const read = seen.filter(
      ({ progress }) => progress.phase === 'READ' && progress.total !== null,
    );
    for (const { progress } of read) expect(progress.done).toBeLessThanOrEqual(progress.total);
  });

  it('that has ended is told once', async () => {
    const { server, cluster } = await start();
    const { job } = await begin(server, cluster, { manifests: { text: SMALL }, waitSeconds: 10 });
    const seen: Answer[] = [];
    for await (const { data } of watch(server, job.id)) seen.push(data.jobUpdated.status);
    expect(seen).toEqual(['COMPLETED']);
  });

  it('can be cancelled, and stores nothing then', async () => {
    const { server, cluster } = await start();
    const { job } = await begin(server, cluster);
    const { data } = await server.ask(CANCEL, { id: job.id });
    expect(data.cancelJob).toMatchObject({
      clientMutationId: 'm',
      job: { id: job.id, status: 'CANCELLED', result: null },
      userErrors: [],
    });
    const again = await server.ask(CANCEL, { id: job.id });
    expect(again.data.cancelJob.userErrors).toEqual([
      { code: 'CONFLICT', field: ['input', 'jobId'] },
    ]);
    // A server that has closed has nothing under way that could still be stored.
    open.splice(open.indexOf(server), 1);
    await server.close();
    const { server: next } = await start();
    expect(await ended(next, job.id)).toMatchObject({ status: 'CANCELLED' });
    const { data: after } = await next.ask(
      `{ cluster(slug: "${cluster}") { snapshots { totalCount } } }`,
    );
    expect(after.cluster.snapshots.totalCount).toBe(0);
  });

  it('that does not exist is null, an error of its input, or of its question', async () => {
    const { server } = await start();
    const id = Buffer.from('Job:00000000-0000-4000-8000-000000000000').toString('base64url');
    expect((await server.ask(FIND, { id })).data.job).toBeNull();
    expect((await server.ask(FIND, { id: 'x' })).data.job).toBeNull();
    const { data } = await server.ask(CANCEL, { id });
    expect(data.cancelJob.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'jobId'] }]);
    const [answer] = await all(watch(server, id));
    expect(answer.errors[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'NOT_FOUND',
    });
  });
});

describe('too much work', () => {
  it('is refused at once, says so, and leaves the key of the request free', async () => {
    const { server, cluster } = await start({ config: { queueLimit: 1 } });
    const running = [await begin(server, cluster), await begin(server, cluster)];
    const waiting = await begin(server, cluster);
    expect(waiting.job).toMatchObject({ status: 'QUEUED', progress: { queuePosition: 1 } });
    const rest = await request(server.url)
      .post(`/v1/clusters/${cluster}/snapshots?waitSeconds=0&idempotencyKey=k`)
      .set('content-type', 'application/yaml')
      .send(SMALL);
    expect(rest.status).toBe(503);
    expect(rest.body.code).toBe('QUEUE_FULL');
    expect(rest.headers['retry-after']).toBeDefined();
    const input = { cluster, manifests: { text: SMALL }, waitSeconds: 0 };
    const { errors } = await server.ask(CREATE, { input });
    expect(errors[0].extensions.code).toBe('QUEUE_FULL');
    for (const { job } of [...running, waiting]) await ended(server, job.id);
    await request(server.url)
      .post(`/v1/clusters/${cluster}/snapshots?idempotencyKey=k`)
      .set('content-type', 'application/yaml')
      .send(SMALL)
      .expect(201);
  });
});

describe('a WebSocket', () => {
  it('needs a token where everything does', async () => {
    const token = 'a-token-of-sufficient-length';
    const { server, cluster } = await start({ config: { tokenDigests: [digestOf(token)] }, token });
    const { job } = await begin(server, cluster, { manifests: { text: SMALL }, waitSeconds: 10 });
    await expect(all(watch(server, job.id))).rejects.toMatchObject({ code: 4403 });
    const wrong = { Authorization: 'Bearer wrong-token-of-good-length' };
    await expect(all(watch(server, job.id, { connectionParams: wrong }))).rejects.toMatchObject({
      code: 4403,
    });
    const right = { Authorization: `Bearer ${token}` };
    const [answer] = await all(watch(server, job.id, { connectionParams: right }));
    expect(answer.data.jobUpdated.status).toBe('COMPLETED');
  });

  it('has the limits of other queries', async () => {
    const { server, cluster } = await start({ config: { maxQueryDepth: 4 } });
    const { job } = await begin(server, cluster, { manifests: { text: SMALL }, waitSeconds: 10 });
    const deep =
      'subscription ($id: ID!) { jobUpdated(id: $id) { result { ... on Snapshot { cluster { latestSnapshot { id } } } } } }';
    const refused = all(watch(server, job.id, { query: deep }));
    await expect(refused).rejects.toMatchObject([{ extensions: { code: 'QUERY_TOO_DEEP' } }]);
    const wrong = all(watch(server, job.id, { query: 'subscription { nothing }' }));
    await expect(wrong).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });

  it.each([
    ['a page of another origin', '/graphql', { origin: 'https://evil.example' }, 403],
    ['another address', '/elsewhere', {}, 404],
  ])('is refused to %s', async (_, path, headers, status) => {
    const { server } = await start();
    const socket = new WebSocket(
      `${server.url.replace('http', 'ws')}${path}`,
      'graphql-transport-ws',
      { headers },
    );
    const refused = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', () => undefined);
    });
    expect(refused).toBe(status);
  });
});

describe('the end of the server', () => {
  it('ends jobs and subscriptions, and the next start knows', async () => {
    const { server, cluster } = await start();
    const { job } = await begin(server, cluster);
    const updates = watch(server, job.id);
    await updates.next();
    open.splice(open.indexOf(server), 1);
    await server.close();
    const { server: next } = await start();
    const after = await ended(next, job.id);
    expect(after.status).toBe('COMPLETED');
  });

  it('by a kill leaves jobs that others take up', async () => {
    // It creates jobs, and carries out none.
    const { server, cluster } = await start({ config: { role: 'api' } });
    const { job } = await begin(server, cluster, { manifests: { text: SMALL } });
    expect(job).toMatchObject({ status: 'QUEUED', progress: { queuePosition: 1 } });
    // What a process that is gone would have left: another runner, not at its end.
    await query(
      `UPDATE job SET status = 'IN_PROGRESS', runner = gen_random_uuid(), attempts = 1, started_at = now(),
       lease_until = now() - interval '1 s' WHERE id = '${uuidOf(job.id)}'`,
    );
    const { server: next } = await start();
    expect(await ended(next, job.id)).toMatchObject({
      status: 'COMPLETED',
      result: { __typename: 'Snapshot' },
    });
    expect(await ended(server, job.id)).toMatchObject({ status: 'COMPLETED' });
  });

  it('hands back what it did not end, and the next one does it', async () => {
    const { server, cluster } = await start();
    const jobs = [];
    for (let i = 0; i < 3; i++) jobs.push((await begin(server, cluster)).job.id);
    open.splice(open.indexOf(server), 1);
    await server.close();
    const { server: next } = await start();
    for (const id of jobs) expect(await ended(next, id)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('a database that fails', () => {
  async function breakStoring(): Promise<void> {
    await query(`CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$`);
    await query(
      'CREATE TRIGGER fail BEFORE INSERT ON snapshot_part FOR EACH ROW EXECUTE FUNCTION fail()',
    );
  }

  it('in the middle of storing leaves nothing, a failed job, and a server that goes on', async () => {
    const { server, cluster } = await start();
    await breakStoring();
    const input = {
      cluster,
      manifests: { text: SMALL },
      idempotencyKey: 'k',
      waitSeconds: 60,
    };
    const { data: failed } = await server.ask(CREATE, { input });
    await query('DROP TRIGGER fail ON snapshot_part');
    expect(failed.createSnapshot).toMatchObject({
      snapshot: null,
      job: { status: 'FAILED', error: { code: 'INTERRUPTED' } },
      userErrors: [{ code: 'INTERRUPTED' }],
    });
    expect(failed.createSnapshot.job.error.message).not.toContain('disk full');
    const { data } = await server.ask(`{ cluster(slug: "${cluster}") { latestSnapshot { id } } }`);
    expect(data.cluster.latestSnapshot).toBeNull();
    const again = await server.ask(CREATE, { input });
    expect(again.data.createSnapshot.snapshot.id).toBeDefined();
  });

  it('for a moment delays a job, and that is all', async () => {
    const { server, cluster } = await start();
    await breakStoring();
    const { job } = await begin(server, cluster, { manifests: { text: SMALL } });
    await expect.poll(() => server.logged()).toContain('a job failed and is tried again');
    await query('DROP TRIGGER fail ON snapshot_part');
    expect(await ended(server, job.id)).toMatchObject({ status: 'COMPLETED', error: null });
  });

  it('by a bug of ours is INTERNAL, without a word about it, and the log knows it by the id', async () => {
    const { server, cluster } = await start();
    await query('ALTER TABLE cluster RENAME COLUMN name TO gone');
    try {
      const { body, headers } = await request(server.url)
        .post('/graphql')
        .send({ query: `{ cluster(slug: "${cluster}") { slug } }` });
      expect(body.errors[0].extensions).toEqual({
        code: 'INTERNAL',
        requestId: headers['x-request-id'],
      });
      expect(JSON.stringify(body)).not.toMatch(/gone|prisma|postgres|\.ts/i);
      const line = server
        .logged()
        .split('\n')
        .find((text) => text.includes('a field failed'));
      expect(JSON.parse(line ?? '{}')).toMatchObject({
        level: 'error',
        requestId: headers['x-request-id'],
      });
    } finally {
      await query('ALTER TABLE cluster RENAME COLUMN gone TO name');
    }
  });
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function uuidOf(globalId: string): string {
  return Buffer.from(globalId, 'base64url').toString().split(':')[1]!;
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
