import { get } from 'node:http';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, QueryServer } from './query-server.js';
import { digestOf } from './test-server.js';

let server: QueryServer;
let id: string;

beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('shop', 'shop.yaml', fixture('shop.yaml'));
});
afterAll(() => server.close());

function address(query = '', snapshot = id): string {
  return `/v1/snapshots/${snapshot}/allowed-access${query}`;
}

describe('export of allowed access', () => {
  it('is JSON unless asked otherwise', async () => {
    const { status, headers, body } = await request(server.url).get(address());
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="allowed-access-[0-9a-f]{12}\.json"$/,
    );
    const [, uuid] = Buffer.from(id, 'base64url').toString().split(':');
    expect(body).toMatchObject({ groupBy: 'WORKLOAD', snapshot: { id: uuid } });
  });

  it('has the same rows as the question, in each format', async () => {
    const { allowedAccess } = await server.snapshot(id, 'allowedAccess { totalCount }');
    const { body } = await request(server.url).get(address());
    expect(body.rowCount).toBe(allowedAccess.totalCount);
    expect(body.rows).toHaveLength(allowedAccess.totalCount);
    const csv = await request(server.url).get(address('?format=csv'));
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    // One line for each range of ports, and the header.
    const ranges = (body.rows as { traffic: unknown[] }[]).flatMap(({ traffic }) => traffic);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(ranges.length + 1);
    expect(csv.text).toContain(
      'workload,shop,frontend,Deployment,,workload,shop,catalog,Deployment,,TCP,9000,9000',
    );
    const dot = await request(server.url).get(address('?format=dot'));
    expect(dot.headers['content-type']).toMatch(/^text\/vnd\.graphviz/);
    expect(dot.headers['content-disposition']).toContain('.dot"');
    expect(dot.text).toMatch(/^(?:\/\/.*\n)*(?:strict )?digraph/);
  });

  it('says what it rests on, as the question does', async () => {
    const { allowedAccess } = await server.snapshot(id, 'allowedAccess { caveats { code } }');
    const codes = (allowedAccess.caveats as { code: string }[]).map(({ code }) => code).sort();
    expect(codes).not.toEqual([]);
    const { body, headers } = await request(server.url).get(address());
    expect((body.caveats as { code: string }[]).map(({ code }) => code).sort()).toEqual(codes);
    expect(headers['portolan-caveats']?.split(', ').sort()).toEqual(codes);
    const csv = await request(server.url).get(address('?format=csv'));
    expect(csv.headers['portolan-caveats']?.split(', ').sort()).toEqual(codes);
    const dot = await request(server.url).get(address('?format=dot'));
    for (const code of codes) expect(dot.text).toContain(`// ${code}: `);
  });

  it('groups as asked', async () => {
    const byNamespace = await request(server.url).get(address('?format=csv&groupBy=NAMESPACE'));
    expect(byNamespace.text).toContain('monitoring');
    expect(byNamespace.text).not.toContain('scraper');
  });

  it('takes the plain UUID as well', async () => {
    const [, uuid] = Buffer.from(id, 'base64url').toString().split(':');
    const { status } = await request(server.url).get(address('?format=csv', uuid));
    expect(status).toBe(200);
  });

  const unknown = [
    'x',
    '00000000-0000-4000-8000-000000000000',
    Buffer.from('Cluster:00000000-0000-4000-8000-000000000000').toString('base64url'),
  ];
  it.each(unknown)('knows no snapshot %s', async (snapshot) => {
    const { status, headers, body } = await request(server.url).get(address('', snapshot));
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  const refused: [query: string, argument: string][] = [
    ['?format=xml', 'format'],
    ['?format=', 'format'],
    ['?format=csv&format=dot', 'format'],
    ['?groupBy=CLUSTER', 'groupBy'],
  ];
  it.each(refused)('refuses %s', async (query, argument) => {
    const { status, body } = await request(server.url).get(address(query));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INVALID', argument });
  });

  it('ends its work when the reader leaves, and serves the next one', async () => {
    for (let i = 0; i < 12; i++) await leaveAtOnce(`${server.url}${address('?groupBy=POD')}`);
    const { status } = await request(server.url).get(address());
    expect(status).toBe(200);
  });
});

describe('export with tokens', () => {
  it('wants one, as everything does', async () => {
    const token = 'a-token-of-enough-length';
    const guarded = await QueryServer.start({ config: { tokenDigests: [digestOf(token)] } });
    try {
      const asking = request(guarded.url).get(address('', 'x'));
      expect((await asking).status).toBe(401);
      const known = request(guarded.url).get(address('', 'x'));
      expect((await known.set('authorization', `Bearer ${token}`)).status).toBe(404);
    } finally {
      await guarded.close();
    }
  });
});

/** Asks and hangs up when the answer begins. */
function leaveAtOnce(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      response.destroy();
      resolve();
    }).on('error', reject);
  });
}
