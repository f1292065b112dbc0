import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { CLUSTER, databasePolicy, postReview } from './review-server.js';
import { type ServerProcess, startProcess } from './server-process.js';
import type { Answer } from './test-server.js';

/** Long enough for a busy machine, on which a process may not be heard of for seconds. */
const LEASE_SECONDS = 10;
const NAMESPACE = (name: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
/** Takes a worker a while: flow style is read by the slow, complete reader. */
const PODS = 12_000;
const LARGE = Array.from(
  { length: PODS },
  (_, i) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: &n "pod-${i}", namespace: "large", labels: {app: "a${i % 50}"}}, spec: {containers: [{name: c}]}}\n`,
).join('---\n');

let database: TestDatabase;
const processes: ServerProcess[] = [];
let [a, b] = ['', ''];
let workers: [ServerProcess, ServerProcess];

function start(role: 'api' | 'worker'): ServerProcess {
  const started = startProcess({
    ROLE: role,
    DATABASE_URL: database.url,
    PORTOLAN_LEASE_SECONDS: String(LEASE_SECONDS),
  });
  processes.push(started);
  return started;
}

beforeAll(async () => {
  database = await createTestDatabase();
  // All at once, on an empty database: one migrates, the others wait for it.
  const apis = [start('api'), start('api')] as const;
  workers = [start('worker'), start('worker')];
  [a, b] = await Promise.all([apis[0].url, apis[1].url]);
  await Promise.all(workers.map(({ url }) => url));
  await ask(a, 'mutation { createCluster(input: { slug: "shared" }) { cluster { id } } }');
  // Four servers from their sources, at the same time.
}, 900_000);
afterAll(async () => {
  for (const { child } of processes) child.kill('SIGKILL');
  await Promise.all(processes.map(({ exit }) => exit));
  await database.drop();
});

async function ask(url: string, query: string, variables: object = {}): Promise<Answer> {
  const { body } = await request(url).post('/graphql').send({ query, variables });
  expect(body.errors).toBeUndefined();
  return body.data;
}

async function upload(url: string, text: string, waitSeconds = 0): Promise<Answer> {
  const { body } = await request(url)
    .post(`/v1/clusters/shared/snapshots?waitSeconds=${waitSeconds}`)
    .set('content-type', 'application/yaml')
    .send(text);
  return body;
}

const JOB = `query ($id: ID!) { job(id: $id) {
  status progress { phase } error { code } result { ... on Snapshot { id stats { pods } } } } }`;

async function jobOf(url: string, id: string): Promise<Answer> {
  return (await ask(url, JOB, { id })).job;
}

async function ended(url: string, id: string): Promise<Answer> {
  for (;;) {
    const job = await jobOf(url, id);
    if (!['QUEUED', 'IN_PROGRESS'].includes(job.status)) return job;
    await sleep(200);
  }
}

async function started(id: string): Promise<void> {
  while ((await jobOf(a, id)).status === 'QUEUED') await sleep(20);
}

/** One statement on the database that they share. */
async function query<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function attempts(id: string): Promise<number> {
  const uuid = Buffer.from(id, 'base64url').toString().split(':')[1];
  const [row] = await query<{ attempts: number }>('SELECT attempts FROM job WHERE id = $1', [uuid]);
  return row?.attempts ?? 0;
}

async function snapshots(): Promise<number> {
  const data = await ask(b, '{ cluster(slug: "shared") { snapshots { totalCount } } }');
  return data.cluster.snapshots.totalCount as number;
}

/** A job that this worker has taken up, while the other one is stopped. */
async function givenTo(worker: ServerProcess, marker: string): Promise<string> {
  const [other] = workers.filter((one) => one !== worker);
  other?.child.kill('SIGSTOP');
  const { job } = await upload(a, `${LARGE}---\n${NAMESPACE(marker)}`);
  await started(job.id);
  return job.id as string;
}

// Some cases start another worker from its sources, which takes a busy machine minutes.
describe('two servers and two workers on one database', { timeout: 900_000 }, () => {
  it('answer what they are for, and nothing else', async () => {
    for (const { url } of workers) {
      const probe = await request(await url).get('/readyz');
      expect(probe.body).toMatchObject({ status: 'ok', database: true, workers: true });
      await request(await url)
        .post('/graphql')
        .send({ query: '{ __typename }' })
        .expect(404);
    }
    await request(a).get('/readyz').expect(200);
    // Without a worker of its own no server loads it.
    expect((await ask(b, '{ cluster(slug: "demo") { id } }')).cluster).toBeNull();
  });

  it('carry out what either was asked for, and both know', async () => {
    const uploads = [a, b, a, b].map((url, i) => upload(url, NAMESPACE(`n${i}`), 60));
    for (const { job, snapshotId } of await Promise.all(uploads)) {
      expect(job.status).toBe('COMPLETED');
      for (const url of [a, b]) {
        expect((await jobOf(url, job.id)).result.id).toBe(snapshotId);
        const found = await ask(url, 'query ($id: ID!) { snapshot(ref: { id: $id }) { id } }', {
          id: snapshotId,
        });
        expect(found.snapshot.id).toBe(snapshotId);
      }
    }
    expect(await query('SELECT id FROM upload')).toEqual([]);
  });

  it('review a change that one of them received', async () => {
    const { status, body, headers } = await postReview(a, {
      options: { cluster: 'shared', path: 'k8s', waitSeconds: 55 },
      base: { 'all.yaml': CLUSTER, 'policy.yaml': databasePolicy({ dash: false }) },
      head: { 'all.yaml': CLUSTER, 'policy.yaml': databasePolicy({ dash: true }) },
    });
    expect(status).toBe(200);
    const other = await request(b).get(`/v1/reviews/${headers['portolan-review']}`).expect(200);
    expect(other.body).toEqual(JSON.parse(String(body)));
  });

  it('read a cluster as the other one was just told to', async () => {
    const { snapshotId } = await upload(a, NAMESPACE('profile'), 60);
    const profile = `query ($id: ID!) { snapshot(ref: { id: $id }) { profile { enforcement } } }`;
    const cluster = (await ask(a, '{ cluster(slug: "shared") { id } }')).cluster.id as string;
    const before = await ask(b, profile, { id: snapshotId });
    for (const enforcement of ['CILIUM', 'CALICO']) {
      await ask(
        a,
        'mutation ($input: UpdateClusterInput!) { updateCluster(input: $input) { userErrors { message } } }',
        { input: { clusterId: cluster, profile: { enforcement } } },
      );
      const after = await ask(b, profile, { id: snapshotId });
      expect(after).not.toEqual(before);
      expect(JSON.stringify(after)).toContain(enforcement);
    }
  });

  it('tell the progress of a job of the other, and cancel it', async () => {
    const { job } = await upload(a, `${LARGE}---\n${NAMESPACE('cancelled')}`);
    const watching = createClient({
      url: `${b.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const query = 'subscription ($id: ID!) { jobUpdated(id: $id) { status progress { phase } } }';
    const seen: string[] = [];
    for await (const { data } of watching.iterate<Answer>({ query, variables: { id: job.id } })) {
      const { status } = data!.jobUpdated;
      seen.push(status);
      if (status !== 'IN_PROGRESS' || seen.filter((one) => one === status).length > 1) continue;
      const cancel =
        'mutation ($id: ID!) { cancelJob(input: { jobId: $id }) { job { status } userErrors { code } } }';
      expect((await ask(b, cancel, { id: job.id })).cancelJob).toEqual({
        job: { status: 'CANCELLED' },
        userErrors: [],
      });
    }
    await watching.dispose();
    expect(seen.at(-1)).toBe('CANCELLED');
    const before = await snapshots();
    // The worker has room again at once: what comes next is done.
    expect((await upload(b, NAMESPACE('after'), 60)).job.status).toBe('COMPLETED');
    expect(await snapshots()).toBe(before + 1);
  });

  it('lose nothing when a worker is stopped in good order: another one goes on', async () => {
    const [first, second] = workers;
    const id = await givenTo(first, 'handed-back');
    first.child.kill('SIGTERM');
    await first.exit;
    second.child.kill('SIGCONT');
    expect(await ended(b, id)).toMatchObject({ status: 'COMPLETED', error: null });
    // Whether it ended the job in its last seconds or handed it back: once is what counts.
    expect(await attempts(id)).toBe(1);
    workers = [start('worker'), second];
    await workers[0].url;
  });

  it('lose nothing when a worker is killed: another one takes the job up', async () => {
    const [first, second] = workers;
    const id = await givenTo(first, 'killed');
    first.child.kill('SIGKILL');
    await first.exit;
    expect(await jobOf(b, id)).toMatchObject({ status: 'IN_PROGRESS' });
    second.child.kill('SIGCONT');
    expect(await ended(b, id)).toMatchObject({
      status: 'COMPLETED',
      result: { stats: { pods: PODS } },
    });
    expect(await attempts(id)).toBe(2);
    expect(await query('SELECT id FROM upload')).toEqual([]);
    workers = [start('worker'), second];
    await workers[0].url;
  });

  it('store once what a worker did that was thought to be gone', async () => {
    const [first, second] = workers;
    const before = await snapshots();
    const id = await givenTo(first, 'asleep');
    first.child.kill('SIGSTOP');
    second.child.kill('SIGCONT');
    const job = await ended(b, id);
    expect(job).toMatchObject({ status: 'COMPLETED', result: { stats: { pods: PODS } } });
    expect(await attempts(id)).toBe(2);
    first.child.kill('SIGCONT');
    // It goes on, finds that the job is not its own any more, and takes up others.
    second.child.kill('SIGSTOP');
    expect((await upload(a, NAMESPACE('awake'), 60)).job.status).toBe('COMPLETED');
    second.child.kill('SIGCONT');
    expect((await jobOf(a, id)).result.id).toBe(job.result.id);
    expect(await snapshots()).toBe(before + 2);
  });
});
