import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeHttpServer, json, type Reply } from '../../../../test/support/fake-http-server.js';
import { POLICY, type Ran, TryFolder, WORKLOADS } from '../terminal.test-support.js';

let folder: TryFolder;
let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
  folder = new TryFolder().write({ 'deploy/all.yaml': `${POLICY}---\n${WORKLOADS}` });
});
afterEach(async () => {
  folder.remove();
  await server.close();
});

const FOUND = json(200, { data: { snapshot: { id: 's1' } } });
const LATER = json(503, { code: 'SHUTTING_DOWN' }, { 'retry-after': '0' });
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };

function run(args: readonly string[]): Promise<Ran> {
  return folder.run(args, { server: server.url, token: 'a-token-of-some-length' });
}

/** What was asked by GraphQL. */
function variables(i: number): unknown {
  return (JSON.parse(String(server.asked[i]?.body)) as { variables: unknown }).variables;
}

describe('list of a server', () => {
  const whole: Reply = (response) => void response.writeHead(200, TEXT).end('a → b: TCP 80\n');
  const cut: Reply = (response) => {
    response.writeHead(200, TEXT);
    response.write('a → b: TCP 80\n', () => response.destroy());
  };

  it('asks for the snapshot, and then for its list, also when both come late', async () => {
    server.reply(LATER, FOUND, LATER, whole);
    const { code, out, errors } = await run(['list', 'cluster:prod', '--group-by', 'pod']);
    expect([code, out, errors]).toEqual([0, 'a → b: TCP 80\n', '']);
    expect(variables(1)).toEqual({ ref: { latestOf: { cluster: 'prod' } } });
    expect(server.asked[3]?.path).toBe('/v1/snapshots/s1/allowed-access?format=text&groupBy=POD');
  });

  it('never leaves a part for the whole', async () => {
    server.reply(FOUND, cut);
    const { code, errors } = await run(['list', 'snapshot:s1']);
    expect([code, errors]).toEqual([2, expect.stringContaining('what came is a part')]);
    folder.write({ 'kept.txt': 'before' });
    for (const file of ['new.txt', 'kept.txt']) {
      server.reply(FOUND, cut);
      expect((await run(['list', 'snapshot:s1', '--output-file', file])).code).toBe(2);
    }
    expect(readdirSync(folder.path).sort()).toEqual(['deploy', 'kept.txt']);
    expect(readFileSync(join(folder.path, 'kept.txt'), 'utf8')).toBe('before');
    server.reply(FOUND, whole);
    await run(['list', 'snapshot:s1', '--output-file', 'kept.txt']);
    expect(readFileSync(join(folder.path, 'kept.txt'), 'utf8')).toBe('a → b: TCP 80\n');
  });

  it('writes to what is no file, and says what cannot be written', async () => {
    server.reply(FOUND, whole);
    const args = (file: string): string[] => ['list', 'snapshot:s1', '--output-file', file];
    expect((await run(args('/dev/null'))).code).toBe(0);
    server.reply(FOUND, whole);
    const { code, errors } = await run(args('none/access.txt'));
    expect([code, errors]).toEqual([2, expect.stringContaining('none/access.txt cannot be writ')]);
  });

  it('ends with whoever reads it', async () => {
    server.reply(FOUND, (response) => {
      response.writeHead(200, TEXT);
      response.write('first\n');
    });
    const written: string[] = [];
    const write = (text: string): Promise<boolean> => Promise.resolve(written.push(text) < 1);
    const ran = await folder.run(['list', 'snapshot:s1'], { server: server.url, write });
    expect([ran.code, written]).toEqual([0, ['first\n']]);
  });

  it('waits no longer than it may', async () => {
    const silence: Reply = (response) => {
      response.writeHead(200, TEXT).flushHeaders();
    };
    for (const more of [[], ['--output-file', 'a.txt']]) {
      server.reply(FOUND, silence);
      const { code, errors } = await run(['list', 'snapshot:s1', '--timeout', '1', ...more]);
      expect([code, errors]).toEqual([2, expect.stringContaining('not done within 1 s')]);
    }
  });
});

describe('query of a server', () => {
  const QUERY = ['query', 'cluster:prod', 'who-can-reach', 'data/db'];
  const row = { __typename: 'Workload', displayName: 'shop/web (Deployment)' };
  const NODE = {
    source: row,
    destination: row,
    traffic: { ranges: [{ protocol: 'TCP', from: 1, to: 2 }] },
    egressReason: { rules: [] },
    ingressReason: { rules: [] },
  };
  const page = (fields: object): Reply =>
    json(200, {
      data: {
        snapshot: {
          page: {
            totalCount: 1,
            pageInfo: { hasNextPage: false, endCursor: 'c' },
            caveats: [],
            nodes: [NODE],
            ...fields,
          },
        },
      },
    });
  const failing = (code: string, more: object = {}): Reply =>
    json(200, { errors: [{ message: 'No.', extensions: { code, ...more } }] });

  it('puts pages together, and asks for smaller ones where they are too large', async () => {
    const more = { totalCount: 2, pageInfo: { hasNextPage: true, endCursor: 'next' } };
    const costly = failing('QUERY_TOO_COSTLY');
    server.reply(FOUND, costly, costly, page(more), page({ totalCount: 2 }));
    const { code, out } = await run(QUERY);
    const line = 'shop/web (Deployment) → shop/web (Deployment): TCP 1-2\n';
    expect([code, out]).toEqual([0, line + line]);
    const asked = [1, 2, 3, 4].map((i) => variables(i) as { first: number; after: string | null });
    expect(asked.map(({ first, after }) => [first, after])).toEqual([
      [50, null],
      [25, null],
      [12, null],
      [12, 'next'],
    ]);
  });

  it.each([
    ['rows that are missing', page({ totalCount: 3 }), 'Of 3 rows 1 came'],
    ['a page without an end', page({ pageInfo: { hasNextPage: true, endCursor: null } }), 'more'],
    ['fields that are missing', page({ nodes: [{ ...NODE, traffic: {} }] }), 'ranges is missing'],
    ['a field that nobody knows', page({ nodes: [{ ...NODE, not: 1 }] }), '"not" that is not'],
    [
      'ports that are none',
      page({ nodes: [{ ...NODE, traffic: { ranges: [{ protocol: 'TCP', from: 0, to: 2 }] } }] }),
      'whole number from 1',
    ],
    ['a caveat that nobody knows', page({ caveats: [{ code: 'NEW', message: '' }] }), 'one of'],
    ['a snapshot that is gone', json(200, { data: { snapshot: null } }), 'is gone'],
    ['an error', failing('TIMEOUT'), 'TIMEOUT: No.'],
    ['a page that is too large', failing('QUERY_TOO_COSTLY'), 'QUERY_TOO_COSTLY: No.'],
  ] as [string, Reply, string][])('answers nothing from %s', async (_, reply, message) => {
    server.reply(FOUND, reply);
    const { code, out, errors } = await run(QUERY);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(message);
    expect(errors).not.toMatch(/\n +at |a bug|a-token/);
  });

  it('asks for a pod where there is no workload, and says what the server says of that', async () => {
    const missing = failing('BAD_USER_INPUT', { reason: 'NOT_FOUND', argument: 'target' });
    server.reply(FOUND, missing, page({}));
    expect((await run(QUERY)).code).toBe(0);
    expect(variables(2)).toMatchObject({ end: { pod: { namespace: 'data', name: 'db' } } });
    server.reply(
      FOUND,
      missing,
      failing('BAD_USER_INPUT', { reason: 'NOT_FOUND', argument: 'target', pod: 1 }),
    );
    const { code, errors } = await run(QUERY);
    expect([code, errors]).toEqual([2, expect.stringContaining('BAD_USER_INPUT: No.')]);
  });
});

describe('what a server is not asked', () => {
  it('is about a folder, also when the environment names a server', async () => {
    for (const args of [
      ['list', 'deploy'],
      ['query', 'deploy', 'who-can-reach', 'data/db'],
      ['check', 'deploy', '--fail-on', 'none'],
    ]) {
      const here = await folder.run(args);
      expect(here.code).toBe(0);
      expect(await run(args)).toEqual(here);
    }
    expect(server.asked).toEqual([]);
  });

  it.each([
    [['list', 'deploy', '--server', 'http://localhost:1'], 'with --server it is cluster:SLUG'],
    [['list', '--server', 'http://localhost:1'], 'nothing is named'],
    [['list', 'cluster:a', '--strict'], '--strict is about input that is read here'],
    [['list', 'cluster:a', '--allow-empty'], '--allow-empty is about input'],
    [['list', 'cluster:a', 'b'], 'one argument too many'],
    [['list', 'deploy', '--assume-enforced'], '--assume-enforced is about a server'],
    [['list', 'deploy', '--timeout', '3'], '--timeout is about a server'],
    [['list', 'cluster:a', '--server', 'http://portolan.example'], 'read along'],
    [['query', 'cluster:a', 'who-can-reach', 'x/y/z'], 'an end is written like'],
    [['query', 'cluster:a', 'who-can-reach', 'a/b', 'c/d'], 'one argument too many'],
  ])('%j ends with 2', async (args, message) => {
    const { code, out, errors } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(message);
    expect(server.asked).toEqual([]);
  });

  it('is unknown without a server', async () => {
    const { code, errors } = await folder.run(['list', 'cluster:a']);
    expect([code, errors]).toEqual([2, expect.stringContaining('give --server')]);
  });
});
