import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeHttpServer,
  hangUp,
  json,
  type Reply,
} from '../../../test/support/fake-http-server.js';
import { PortolanClient } from './portolan-client.js';
import { requestAccess } from './request-access.js';

const PATIENCE = { attempts: 3, firstWaitMs: 1, longestWaitMs: 20 };
const CSV = { 'content-type': 'text/csv; charset=utf-8; header=present' };

let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
});
afterEach(() => server.close());

function ask(signal = new AbortController().signal): Promise<AsyncIterable<string>> {
  const client = new PortolanClient(new URL(server.url), 'a-token-of-some-length', PATIENCE);
  const options = { format: 'csv', groupBy: 'POD', assumeEnforced: false };
  return requestAccess(client, 'a/b', options, signal);
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Begins an answer, and goes on when the beginning is out. */
const begun =
  (headers: Record<string, string>, go: (response: ServerResponse) => void): Reply =>
  (response) => {
    response.writeHead(200, { ...CSV, ...headers });
    response.write('a,b\r\n', () => go(response));
  };

describe('requestAccess', () => {
  it('reads an answer while it comes, characters that two pieces share included', async () => {
    const snowman = Buffer.from('☃');
    server.reply(
      begun({}, (response) => {
        response.write(snowman.subarray(0, 1), () => response.end(snowman.subarray(1)));
      }),
    );
    expect(await textOf(await ask())).toBe('a,b\r\n☃');
    expect(server.asked[0]).toMatchObject({
      method: 'GET',
      path: '/v1/snapshots/a%2Fb/allowed-access?format=csv&groupBy=POD',
      headers: { authorization: 'Bearer a-token-of-some-length', 'accept-encoding': 'identity' },
    });
  });

  it('asks for no more than is read', async () => {
    let written = 0;
    server.reply(
      begun({}, (response) => {
        const piece = Buffer.alloc(64 * 1024, 'x');
        const go = (): void => {
          while (written < 2_000 && response.write(piece)) written++;
          if (written < 2_000) response.once('drain', go);
          else response.end();
        };
        go();
      }),
    );
    let read = 0;
    for await (const piece of await ask()) {
      read += piece.length;
      if (read > 10) break;
    }
    // Buffers on both sides hold some; all of it would be 2,000 pieces.
    expect(written).toBeLessThan(1_000);
  });

  it.each([
    ['is cut', begun({}, (response) => response.destroy()), 'what came is a part'],
    [
      'is shorter than it says',
      begun({ 'content-length': '100' }, (response) => response.destroy()),
      'what came is a part',
    ],
    [
      'does not say where it ends',
      begun({ connection: 'close', 'transfer-encoding': 'identity' }, (response) => response.end()),
      'could not be told from the whole',
    ],
  ] satisfies [string, Reply, string][])('fails when the answer %s', async (_, reply, message) => {
    server.reply(reply);
    await expect(ask().then(textOf)).rejects.toThrow(message);
  });

  it.each([
    ['a restart', json(503, {}, { 'retry-after': '0' })],
    ['a connection that is cut', hangUp],
  ])('asks again after %s', async (_, reply) => {
    server.reply(
      reply,
      reply,
      begun({}, (response) => response.end()),
    );
    expect(await textOf(await ask())).toBe('a,b\r\n');
  });

  it.each([
    ['404', json(404, { code: 'NOT_FOUND', detail: 'There is no such snapshot.' }), 'NOT_FOUND'],
    ['401', json(401, { code: 'UNAUTHENTICATED', detail: 'Send one.' }), 'UNAUTHENTICATED'],
    ['503 for good', json(503, { code: 'QUEUE_FULL' }, { 'retry-after': '0' }), 'QUEUE_FULL'],
    ['another page', json(200, { ok: true }), 'answers with application/json, which is no csv'],
    ['elsewhere', (response) => void response.writeHead(307).end(), 'redirects'],
  ] satisfies [string, Reply, string][])('takes nothing of %s', async (_, reply, message) => {
    server.reply(reply);
    await expect(ask()).rejects.toThrow(message);
  });

  it('stops in the middle when it is told to', async () => {
    const stop = new AbortController();
    server.reply(begun({}, () => stop.abort(new Error('enough'))));
    await expect(ask(stop.signal).then(textOf)).rejects.toThrow('enough');
  });
});
