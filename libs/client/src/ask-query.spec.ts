import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeHttpServer,
  hangUp,
  json,
  type Reply,
} from '../../../test/support/fake-http-server.js';
import { askGraphQL } from './ask-query.js';
import { ClientError, GraphqlError } from './client-error.js';
import { PortolanClient } from './portolan-client.js';

const TOKEN = 'a-token-of-some-length';
const PATIENCE = { attempts: 3, firstWaitMs: 1, longestWaitMs: 20 };

let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
});
afterEach(() => server.close());

function ask(signal = new AbortController().signal): Promise<unknown> {
  const client = new PortolanClient(new URL(`${server.url}/below/`), TOKEN, PATIENCE);
  const question = { document: '{ a }', variables: { x: 1 }, read: (data: unknown) => data };
  return askGraphQL(client, question, signal);
}

const failing = (code: string, status = 200): Reply =>
  json(status, { data: null, errors: [{ message: 'No.', extensions: { code, argument: 'x' } }] });
const GOOD = json(200, { data: { a: 1 } });

describe('askGraphQL', () => {
  it('sends the document with its variables, and gives the data back', async () => {
    server.reply(GOOD);
    expect(await ask()).toEqual({ a: 1 });
    const [{ method, path, headers, body }] = server.asked as [(typeof server.asked)[0]];
    expect([method, path, headers.authorization]).toEqual([
      'POST',
      '/below/graphql',
      `Bearer ${TOKEN}`,
    ]);
    expect(JSON.parse(body.toString())).toEqual({ query: '{ a }', variables: { x: 1 } });
  });

  it.each([
    ['a full queue', failing('QUEUE_FULL')],
    ['a restart', json(503, {}, { 'retry-after': '0' })],
    ['a connection that is cut', hangUp],
  ])('asks again after %s', async (_, reply) => {
    server.reply(reply, reply, GOOD);
    expect(await ask()).toEqual({ a: 1 });
    expect(server.asked).toHaveLength(3);
  });

  it('gives up in the end', async () => {
    server.reply(failing('QUEUE_FULL'));
    await expect(ask()).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(server.asked).toHaveLength(3);
  });

  it('says what the server says, and takes no data beside an error', async () => {
    server.reply(
      json(200, {
        data: { a: 1 },
        errors: [{ message: 'Not that.', extensions: { code: 'BAD_USER_INPUT', argument: 'x' } }],
      }),
    );
    const error = await ask().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(GraphqlError);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', details: { argument: 'x' } });
    expect((error as Error).message).toBe(`${server.url}/below/graphql: BAD_USER_INPUT: Not that.`);
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['no JSON', (response) => void response.end('<html>'), 'it answers 200'],
    ['a list', json(200, []), 'it answers 200'],
    ['no data', json(200, { data: null }), 'it answers 200'],
    ['empty errors', json(200, { data: { a: 1 }, errors: [] }), 'it answers 200'],
    ['odd errors', json(200, { errors: [null] }), 'it answers 200'],
    ['data of a failure', json(500, { data: { a: 1 } }), 'it answers 500'],
    ['no token', json(401, { code: 'UNAUTHENTICATED', detail: 'Send one.' }), 'UNAUTHENTICATED'],
    ['an error by status', failing('UNAUTHENTICATED', 401), 'UNAUTHENTICATED: No.'],
    ['elsewhere', (response) => void response.writeHead(302).end(), 'redirects'],
  ] satisfies [string, Reply, string][])('takes nothing of %s', async (_, reply, message) => {
    server.reply(reply);
    const error = await ask().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ClientError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain(TOKEN);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    server.reply(() => stop.abort(new Error('enough')));
    await expect(ask(stop.signal)).rejects.toThrow('enough');
  });
});
