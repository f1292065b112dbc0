import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, mkdirSync, existsSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTestServer, type TestServer } from './test-server.js';

const A = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n';
const B = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: b }\n';
const MIB = 1024 * 1024;

let spoolFolder: string;
let server: TestServer;
beforeAll(async () => {
  spoolFolder = mkdtempSync(join(tmpdir(), 'portolan-e2e-'));
  server = await startTestServer({
    config: { spoolFolder, maxUploadBytes: 40 * MIB, uploadIdleSeconds: 1 },
  });
});
afterAll(async () => {
  await server.close();
  expect(readdirSync(spoolFolder)).toEqual([]);
  rmSync(spoolFolder, { recursive: true });
});

/** Files that uploads have left. */
function spooled(): string[] {
  return readdirSync(spoolFolder).flatMap((folder) => readdirSync(join(spoolFolder, folder)));
}

let clusters = 0;
async function newCluster(): Promise<string> {
  const slug = `c${clusters++}`;
  await server.createCluster(slug);
  return slug;
}

function post(slug: string, body: string, query = ''): request.Test {
  return request(server.url)
    .post(`/v1/clusters/${slug}/snapshots${query}`)
    .set('content-type', 'application/yaml')
    .send(body);
}

const CREATE = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) {
    deduplicated snapshot { id digest } job { id status } userErrors { code message field }
  }
}`;
async function create(cluster: string, text: string, more: object = {}): Promise<Answer> {
  const input = { cluster, manifests: { text }, ...more };
  const { data, errors } = await server.ask(CREATE, { input });
  expect(errors).toBeUndefined();
  return data.createSnapshot;
}

async function latest(slug: string): Promise<string> {
  const query = 'query ($c: String!) { snapshot(ref: { latestOf: { cluster: $c } }) { id } }';
  return (await server.ask(query, { c: slug })).data.snapshot.id as string;
}

async function totalCount(slug: string): Promise<number> {
  const query = 'query ($c: String!) { cluster(slug: $c) { snapshots { totalCount } } }';
  return (await server.ask(query, { c: slug })).data.cluster.snapshots.totalCount as number;
}

describe('the same content', () => {
  it('gives the same snapshot, however it comes', async () => {
    const cluster = await newCluster();
    const first = await post(cluster, A).expect(201);
    expect(first.body).toMatchObject({ deduplicated: false, problemCount: 0, problems: [] });
    const again = await post(cluster, A).expect(200);
    const put = await request(server.url)
      .put(`/v1/clusters/${cluster}/snapshots`)
      .send(A)
      .expect(200);
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });
    const graphql = await create(cluster, A);
    expect(graphql.deduplicated).toBe(true);
    expect([again.body.snapshotId, put.body.snapshotId, graphql.snapshot.id]).toEqual(
      Array(3).fill(first.body.snapshotId),
    );
    const asJson = await post(cluster, json).expect(200);
    expect(asJson.body.digest).toBe(first.body.digest);
    // The places in JSON are others: one snapshot more, of the same content.
    expect(await totalCount(cluster)).toBe(2);
  });

  it('is refused in an encoding that is not read, and under one path twice', async () => {
    const cluster = await newCluster();
    const { body } = await post(cluster, A).set('content-encoding', 'br').expect(400);
    expect(body.detail).toContain('Content-Encoding br');
    const query = `mutation ($input: CreateSnapshotInput!) {
      createSnapshot(input: $input) { snapshot { id } userErrors { message field } } }`;
    const file = { path: 'a.yaml', content: A };
    const input = { cluster, manifests: { files: [file, file] } };
    const { data } = await server.ask(query, { input });
    expect(data.createSnapshot.userErrors).toEqual([
      {
        message: 'There are two files a.yaml',
        field: ['input', 'manifests', 'files', '1', 'path'],
      },
    ]);
    expect(await totalCount(cluster)).toBe(0);
  });

  it('is the latest again when it comes again after something else', async () => {
    const cluster = await newCluster();
    const a = await create(cluster, A);
    const b = await create(cluster, B);
    expect(await latest(cluster)).toBe(b.snapshot.id);
    const again = await create(cluster, A);
    expect(again).toMatchObject({ deduplicated: true, snapshot: { digest: a.snapshot.digest } });
    expect(await latest(cluster)).toBe(again.snapshot.id);
    expect(again.snapshot.id).not.toBe(a.snapshot.id);
    expect(await totalCount(cluster)).toBe(3);
  });

  it('gives one snapshot when it comes many times at once', async () => {
    const cluster = await newCluster();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? create(cluster, A) : post(cluster, A))),
    );
    const ids = answers.map((answer) => answer.snapshot?.id ?? answer.body.snapshotId);
    expect(new Set(ids).size).toBe(1);
    expect(await totalCount(cluster)).toBe(1);
  });
});

describe('an idempotency key', () => {
  it('gives the first answer to the same request, by GraphQL and by REST', async () => {
    const cluster = await newCluster();
    const first = await create(cluster, A, { idempotencyKey: 'k1' });
    await create(cluster, B);
    const again = await create(cluster, A, { idempotencyKey: 'k1' });
    expect(again).toMatchObject({ snapshot: first.snapshot, job: first.job, deduplicated: false });
    const rest = await post(cluster, A).set('idempotency-key', 'k1').expect(201);
    expect(rest.body.snapshotId).toBe(first.snapshot.id);
    expect(await totalCount(cluster)).toBe(2);
  });

  it('contradicts another request with the same key', async () => {
    const cluster = await newCluster();
    await create(cluster, A, { idempotencyKey: 'k1' });
    for (const [text, more] of [
      [B, {}],
      [A, { completeness: 'COMPLETE' }],
      [A, { strict: true }],
    ] as const) {
      const { snapshot, userErrors } = await create(cluster, text, {
        ...more,
        idempotencyKey: 'k1',
      });
      expect(snapshot).toBeNull();
      expect(userErrors).toEqual([
        expect.objectContaining({ code: 'CONFLICT', field: ['input', 'idempotencyKey'] }),
      ]);
    }
    const answer = await post(cluster, B, '?idempotencyKey=k1').expect(409);
    expect(answer.body.code).toBe('CONFLICT');
    expect(await totalCount(cluster)).toBe(1);
  });

  it('counts for its cluster only', async () => {
    const [one, other] = [await newCluster(), await newCluster()];
    await create(one, A, { idempotencyKey: 'k1' });
    expect((await create(other, B, { idempotencyKey: 'k1' })).userErrors).toEqual([]);
  });

  it('makes one snapshot of many retries at once', async () => {
    const cluster = await newCluster();
    const retries = Array.from({ length: 8 }, () => create(cluster, A, { idempotencyKey: 'k1' }));
    const ids = (await Promise.all(retries)).map(({ job }) => job.id as string);
    expect(new Set(ids).size).toBe(1);
  });

  it('gives the same refusal again', async () => {
    const cluster = await newCluster();
    const first = await create(cluster, '# nothing', { idempotencyKey: 'k1' });
    const again = await create(cluster, '# nothing', { idempotencyKey: 'k1' });
    expect(first.userErrors[0].code).toBe('NO_MANIFESTS');
    expect(again).toEqual(first);
  });
});

describe('a body over the limit', () => {
  it('is refused before it is sent, when it says its size', async () => {
    const cluster = await newCluster();
    const { answer } = await send(cluster, { 'content-length': String(41 * MIB) }, []);
    expect(await answer).toMatchObject({
      status: 413,
      body: { code: 'TOO_LARGE', limit: 40 * MIB },
    });
  });

  it('is refused as soon as it gets too large, and the caller sees the answer', async () => {
    const cluster = await newCluster();
    // Nothing ends these chunks but the answer.
    const { answer, sent } = await send(cluster, {}, endless(Buffer.alloc(MIB, '#')));
    expect(await answer).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
    expect(sent()).toBeGreaterThanOrEqual(40);
    expect(await server.keptUploads()).toBe(0);
    await request(server.url).get('/livez').expect(200);
  });

  it('is told apart from one at the limit', async () => {
    const cluster = await newCluster();
    const head = Buffer.from(`${A}---\n`);
    const body = Buffer.concat([head, Buffer.alloc(40 * MIB - head.length, '#')]);
    const { answer } = await send(cluster, { 'content-length': String(body.length) }, [body]);
    expect((await answer).status).toBe(201);
  });
});

describe('a caller who goes slow or away', () => {
  it('is given up after a while of silence', async () => {
    const cluster = await newCluster();
    const { answer } = await send(
      cluster,
      { 'content-length': '1000' },
      [Buffer.from('a: ')],
      false,
    );
    expect(await answer).toMatchObject({ status: 408, body: { code: 'REQUEST_TIMEOUT' } });
    expect(await server.keptUploads()).toBe(0);
  });

  it('leaves nothing behind', async () => {
    const cluster = await newCluster();
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = `POST /v1/clusters/${cluster}/snapshots HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n`;
    socket.write(head + 'x'.repeat(50_000));
    await expect.poll(server.keptUploads, { timeout: 20_000 }).toBe(1);
    socket.destroy();
    await expect.poll(server.keptUploads, { timeout: 20_000 }).toBe(0);
    await request(server.url).get('/livez').expect(200);
  });

  it('does not hold a query open either', async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    );
    await Promise.race([
      once(socket, 'close'),
      sleep(15_000).then(() => Promise.reject(new Error('still open'))),
    ]);
  });
});

describe('the spool', () => {
  it('is empty when uploads have ended, well or not, and so is the database', async () => {
    expect(spooled()).toEqual([]);
    expect(await server.keptUploads()).toBe(0);
  });

  it('of a process that was killed is removed at the next start, and no other', async () => {
    const own = mkdtempSync(join(tmpdir(), 'portolan-e2e-'));
    const host = hostname().replace(/[^\w.]/g, '_');
    // Larger than any process id.
    const dead = join(own, `portolan-spool-${host}-99999999-abc`);
    const alive = join(own, `portolan-spool-${host}-${process.ppid}-abc`);
    const elsewhere = join(own, 'portolan-spool-another_machine-99999999-abc');
    for (const folder of [dead, alive, elsewhere]) mkdirSync(folder);
    const next = await startTestServer({ database: server.database, config: { spoolFolder: own } });
    await next.close();
    expect([dead, alive, elsewhere].map((folder) => existsSync(folder))).toEqual([
      false,
      true,
      true,
    ]);
    rmSync(own, { recursive: true });
  });
});

it('an unknown cluster is 404, with what to do, before the body is read', async () => {
  const { answer } = await send('nowhere', { 'content-length': '1000000000' }, []);
  const { status, body } = await answer;
  expect(status).toBe(404);
  expect(body.detail).toContain('createCluster');
});

function* endless(chunk: Buffer): Generator<Buffer> {
  for (;;) yield chunk;
}

/** A request by hand, so that it can stop half way. */
async function send(
  slug: string,
  headers: Record<string, string>,
  chunks: Iterable<Buffer>,
  end = true,
): Promise<{ answer: Promise<{ status: number; body: Answer }>; sent: () => number }> {
  let sent = 0;
  const asking = httpRequest(`${server.url}/v1/clusters/${slug}/snapshots?waitSeconds=60`, {
    method: 'POST',
    headers,
  });
  const answer = (async () => {
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    return { status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) };
  })();
  const state = { isAnswered: false };
  void answer.then(() => (state.isAnswered = true));
  asking.on('error', () => undefined);
  asking.flushHeaders();
  for (const chunk of chunks) {
    if (state.isAnswered) break;
    if (!asking.write(chunk)) await Promise.race([once(asking, 'drain'), answer, sleep(3_000)]);
    sent++;
  }
  if (end && headers['content-length'] === undefined) asking.end();
  return { answer, sent: () => sent };
}
