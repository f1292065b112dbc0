import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { type ServerProcess, startProcess } from './server-process.js';

let database: TestDatabase;
let spool: string;
beforeAll(async () => {
  database = await createTestDatabase();
  spool = mkdtempSync(join(tmpdir(), 'portolan-e2e-'));
});
afterAll(async () => {
  rmSync(spool, { recursive: true });
  await database.drop();
});

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(environment: Record<string, string> = {}): ServerProcess {
  const started = startProcess({
    DATABASE_URL: database.url,
    PORTOLAN_SPOOL: spool,
    PORTOLAN_LEASE_SECONDS: '10',
    ...environment,
  });
  children.push(started.child);
  return started;
}

/** Uploads that are being received, or wait. */
async function uploads(): Promise<number> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM upload');
  await client.end();
  return rows[0]?.n ?? 0;
}

describe('the process', () => {
  it('ends with code 2 and names what is bad in its environment', async () => {
    const bad: [Record<string, string>, RegExp][] = [
      [{ PORT: 'http' }, /PORT must be/],
      [{ HOST: '0.0.0.0' }, /HOST is 0\.0\.0\.0.*PORTOLAN_TOKENS/],
      [{ LOG_LEVEL: 'loud', PORTOLAN_TOKENS: 'short' }, /LOG_LEVEL must.*\n.*PORTOLAN_TOKENS each/],
    ];
    const started = bad.map(([environment, message]) => ({ ...start(environment), message }));
    for (const { exit, output, message } of started) {
      expect(await exit).toBe(2);
      expect(output()).toMatch(message);
    }
  });

  it('says when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { exit, output } = start({ PORT: String(port) });
    expect(await exit).toBe(1);
    expect(output()).toContain(`Port ${port} of 127.0.0.1 is taken`);
    other.close();
  });

  it('says when there is no database that it may use', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    url.username = 'nobody';
    const { exit, output } = start({ DATABASE_URL: url.toString() });
    expect(await exit).toBe(1);
    expect(output()).not.toContain('wrong');
    // One line, and no stack.
    expect(output().trim()).toMatch(/^The database at [^\n]* refuses DATABASE_URL: [^\n]*$/m);
    expect(output()).not.toMatch(/^ +at /m);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('says which folder for uploads it cannot use', async () => {
    const { exit, output } = start({ PORTOLAN_SPOOL: join(spool, 'missing') });
    expect(await exit).toBe(1);
    expect(output()).toMatch(/folder for uploads, .*missing, cannot be used: .*Set PORTOLAN_SPOOL/);
    expect(output()).not.toMatch(/^ +at /m);
  });

  it('ends on a signal while it waits for its database', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port } = nobody.address() as AddressInfo;
    nobody.close();
    const { child, exit, output } = start({
      DATABASE_URL: `postgresql://u:p@127.0.0.1:${port}/db`,
    });
    await expect.poll(output, { timeout: 60_000 }).toContain('Waiting for the database');
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('goes on when nobody reads what it writes', async () => {
    const { child, url, exit } = start();
    const address = await url;
    child.stdout?.destroy();
    await request(address).get('/v1/clusters/none/snapshots');
    await request(address).get('/livez').expect(200);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('greets with a query that works as it stands, and its answer tells of the demo', async () => {
    const { url, output } = start();
    await url;
    const [, body] = /-d '(.*)'/.exec(output()) ?? [];
    const { body: answer } = await request(await url)
      .post('/graphql')
      .set('content-type', 'application/json')
      .send(body);
    expect(answer.errors).toBeUndefined();
    const sources = (
      answer.data.snapshot.whoCanReach.nodes as { source: { displayName: string } }[]
    ).map(({ source }) => source.displayName);
    expect(sources).toEqual(['monitoring/prometheus (Deployment)', 'shop/web (Deployment)']);
  });

  it('completes a demo whose loading was interrupted', async () => {
    const other = await createTestDatabase();
    try {
      const before = start({ DATABASE_URL: other.url, PORTOLAN_DEMO: 'false' });
      const query =
        'mutation { createCluster(input: { slug: "demo", name: "Demo shop" }) { cluster { id } } }';
      await request(await before.url)
        .post('/graphql')
        .send({ query })
        .expect(200);
      before.child.kill('SIGTERM');
      await before.exit;
      const after = start({ DATABASE_URL: other.url });
      const latest = '{ cluster(slug: "demo") { latestSnapshot { stats { workloads } } } }';
      const { body } = await request(await after.url)
        .post('/graphql')
        .send({ query: latest });
      expect(body.data.cluster.latestSnapshot.stats.workloads).toBeGreaterThan(0);
      after.child.kill('SIGTERM');
      await after.exit;
    } finally {
      await other.drop();
    }
  });

  it('ends in good order on SIGINT and on SIGTERM', async () => {
    const servers = (['SIGINT', 'SIGTERM'] as const).map((signal) => ({ ...start(), signal }));
    for (const { child, url, signal } of servers) {
      await url;
      child.kill(signal);
    }
    for (const { exit } of servers) expect(await exit).toBe(0);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('ends at once on a second signal', async () => {
    const { child, url, exit, output } = start();
    // A request that does not end keeps it from ending.
    const idle = request(await url)
      .post('/v1/clusters/demo/snapshots')
      .set('content-length', '10');
    idle.write('a');
    idle.end(() => undefined);
    await expect.poll(uploads, { timeout: 20_000 }).toBeGreaterThan(0);
    child.kill('SIGINT');
    await expect.poll(output).toContain('SIGINT: stopping');
    child.kill('SIGINT');
    expect(await exit).toBe(1);
  });
});

describe('a server that is killed', { timeout: 900_000 }, () => {
  const PODS = 6_000;
  const RUNNING = /^(?:QUEUED|IN_PROGRESS)$/;
  const manifests = Array.from(
    { length: PODS },
    (_, i) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: &n "p${i}", namespace: "n${i % 40}"}, spec: {containers: [{name: c}]}}\n`,
  ).join('---\n');

  it('leaves nothing half done, and the next start does it, whenever it was', async () => {
    const lease = { PORTOLAN_LEASE_SECONDS: '3' };
    let server = start(lease);
    const ask = async (query: string): Promise<Record<string, Record<string, unknown>>> =>
      (
        await request(await server.url)
          .post('/graphql')
          .send({ query })
      ).body.data;
    await ask('mutation { createCluster(input: { slug: "killed" }) { cluster { id } } }');
    const stats = { pods: PODS, namespaces: 40 };
    for (const delay of [50, 700, 1_100]) {
      const { body } = await request(await server.url)
        .post('/v1/clusters/killed/snapshots?waitSeconds=0')
        .set('content-type', 'application/yaml')
        .send(`${manifests}# ${delay}\n`);
      await sleep(delay);
      server.child.kill('SIGKILL');
      await server.exit;
      server = start(lease);
      await server.url;
      const query = `{ job(id: "${body.job.id}") { status error { code } result { ... on Snapshot { stats { pods namespaces } } } } }`;
      const job = async (): Promise<unknown> => (await ask(query)).job;
      const patience = { timeout: 120_000, interval: 500 };
      await expect
        .poll(job, patience)
        .toMatchObject({ status: expect.not.stringMatching(RUNNING) });
      expect(await job()).toEqual({ status: 'COMPLETED', error: null, result: { stats } });
    }
    expect(readdirSync(spool)).toHaveLength(1);
    const { cluster } = await ask(
      '{ cluster(slug: "killed") { snapshots { nodes { stats { pods namespaces } } } } }',
    );
    const { nodes } = cluster!.snapshots as { nodes: { stats: object }[] };
    for (const one of nodes) expect(one.stats).toEqual(stats);
  });
});
