import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientError } from './client-error.js';
import { FakeHttpServer, hangUp, json } from '../../../test/support/fake-http-server.js';
import { packFiles } from './pack-files.js';
import { PortolanClient } from './portolan-client.js';
import { requestReview, type ReviewOptions } from './request-review.js';

const TOKEN = 'a-token-of-some-length';
const PATIENCE = { attempts: 3, firstWaitMs: 1, longestWaitMs: 20 };
const OPTIONS: ReviewOptions = {
  cluster: 'prod',
  path: 'deploy',
  overlay: { latestOf: 'prod' },
  prune: null,
  failOn: ['any-change'],
  warnOn: [],
  minSeverity: 'HIGH',
  exceptions: null,
  invariants: null,
  today: null,
  strict: false,
  allowEmpty: false,
  git: null,
  idempotencyKey: 'once',
};
const HEAD = Buffer.from('head\r\n--x');
const DONE = json(200, { report: true }, { 'portolan-exit-code': '0' });
const BUSY = json(503, { code: 'QUEUE_FULL', detail: 'Later.' }, { 'retry-after': '0' });

let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
});
afterEach(() => server.close());

function ask(base: Buffer | null = null, signal = new AbortController().signal) {
  const client = new PortolanClient(new URL(server.url), TOKEN, PATIENCE);
  return requestReview(client, { options: OPTIONS, base, head: HEAD }, signal);
}

describe('requestReview', () => {
  it('sends options, base and head in this order, and gives back what came', async () => {
    server.reply(DONE);
    expect(await ask(Buffer.from('base'))).toEqual({ json: '{"report":true}', exitCode: '0' });
    const [{ method, path, headers, body }] = server.asked as [(typeof server.asked)[0]];
    expect([method, path, headers.authorization, headers.accept]).toEqual([
      'POST',
      '/v1/reviews',
      `Bearer ${TOKEN}`,
      'application/json',
    ]);
    const sent = new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    });
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- another's parser is wanted, and nothing here is hostile
    const form = await sent.formData();
    expect([...form.keys()]).toEqual(['options', 'base', 'head']);
    expect(JSON.parse(form.get('options') as string)).toEqual({ ...OPTIONS, waitSeconds: 25 });
    const head = form.get('head') as Blob;
    expect([head.type, await head.text()]).toEqual(['application/gzip', HEAD.toString()]);
  });

  it('asks again while it is worked on, at the address that it was given', async () => {
    const running = json(202, {
      id: 'r/1',
      status: 'RUNNING',
      pollAfterMs: 1,
      url: 'http://192.0.2.1/elsewhere',
    });
    server.reply(running, running, DONE);
    await ask();
    expect(server.asked.slice(1).map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/v1/reviews/r%2F1?waitSeconds=25'],
      ['GET', '/v1/reviews/r%2F1?waitSeconds=25'],
    ]);
  });

  it.each([
    ['503', BUSY],
    ['429', json(429, {})],
    ['a connection that is cut', hangUp],
  ])('tries again after %s, with the same key', async (_, failure) => {
    server.reply(failure, failure, DONE);
    await ask();
    expect(server.asked).toHaveLength(3);
    expect(new Set(server.asked.map(({ body }) => /"once"/.exec(body.toString())?.[0])).size).toBe(
      1,
    );
  });

  it.each([
    ['503', BUSY, /answers 503, QUEUE_FULL: Later\./],
    ['a connection that is cut', hangUp, /does not answer: (?:UND_ERR_SOCKET|ECONNRESET)/],
  ])('gives up after some attempts with %s', async (_, failure, message) => {
    server.reply(failure);
    await expect(ask()).rejects.toThrow(message);
    expect(server.asked).toHaveLength(PATIENCE.attempts);
  });

  it('says what the server says, with the lines of the input', async () => {
    const location = { path: 'deploy/a.yaml', startLine: 3 };
    const problems = [{ severity: 'ERROR', object: 'shop/web', message: 'is odd', location }];
    const body = { code: 'MANIFEST_INVALID', detail: 'No.', problems, problemCount: 3 };
    server.reply(json(422, body));
    const asking = ask();
    await expect(asking).rejects.toBeInstanceOf(ClientError);
    await expect(asking).rejects.toThrow(
      'answers 422, MANIFEST_INVALID: No.\n  deploy/a.yaml:3: shop/web: is odd\n  and 2 more',
    );
    expect(server.asked).toHaveLength(1);
  });

  it('never follows a redirect, and never shows the token', async () => {
    const other = await FakeHttpServer.start();
    server.reply((response) => void response.writeHead(307, { location: other.url }).end());
    const message = await ask().catch((error: unknown) => String(error));
    expect(message).toContain('redirects to');
    expect(message).not.toContain(TOKEN);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('stops when it is told to', async () => {
    server.reply(json(202, { id: 'r', pollAfterMs: 30_000 }));
    const stop = new AbortController();
    const asking = ask(null, stop.signal);
    await expect.poll(() => server.asked.length).toBe(1);
    stop.abort(new Error('enough'));
    await expect(asking).rejects.toThrow('enough');
  });
});

describe('packFiles', () => {
  const FILES = [
    { path: 'deploy/a.yaml', content: Buffer.from('kind: Namespace\n') },
    { path: `${'long/'.repeat(60)}ä b.yaml`, content: Buffer.alloc(3_000_000, '#') },
    { path: 'deploy/link.yaml', content: null },
  ];

  it('gives the same bytes for the same files, and names what is not followed', async () => {
    const archive = await packFiles(FILES);
    expect(await packFiles(FILES)).toEqual(archive);
    const chunks = (async function* () {
      yield await Promise.resolve(archive);
    })();
    const { problems } = await readManifests({ kind: 'tarGz', chunks }, DEFAULT_MANIFEST_LIMITS);
    expect(problems.map(({ code, location }) => [code, location.path])).toEqual([
      ['NOT_AN_OBJECT', 'deploy/a.yaml'],
      ['UNSAFE_PATH', 'deploy/link.yaml'],
    ]);
  });
});
