import { WorkerPool } from '@portolan/pool';
import type { FindingsReport } from '@portolan/report';
import { checkSnapshot } from '@portolan/review';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { analyseFiles } from '../support/analyse.js';
import { policy, SHOP, uploadAs } from './findings-manifests.js';
import { QueryServer } from './query-server.js';
import { digestOf } from './test-server.js';

let server: QueryServer;
let whole: string;
let part: string;

beforeAll(async () => {
  server = await QueryServer.start();
  whole = await uploadAs(server, 'shop', 'COMPLETE', SHOP);
  part = await uploadAs(server, 'shop', 'PARTIAL', `${SHOP}# a part\n`);
});
afterAll(() => server.close());

const address = (query = '', id = whole): string => `/v1/snapshots/${id}/findings${query}`;

async function reportOf(query = '', id = whole): Promise<FindingsReport> {
  const { status, body } = await request(server.url).get(address(query, id));
  expect(status).toBe(200);
  return body as FindingsReport;
}

/** What the command line says of the same manifests. */
async function checked(
  isComplete: boolean,
  more: Partial<Parameters<typeof checkSnapshot>[0]> = {},
): Promise<FindingsReport> {
  const state = await analyseFiles([{ path: 'shop.yaml', text: SHOP }]);
  return checkSnapshot({
    state: { name: 'shop', ...state },
    isComplete,
    settings: new Map(),
    failOn: 'HIGH',
    minSeverity: 'INFO',
    exceptions: [],
    baseline: new Set(),
    today: '2026-03-01',
    maxOthers: 20,
    ...more,
  });
}

describe('findings by REST', () => {
  it.each([true, false])('are those of portolan check (complete: %s)', async (isComplete) => {
    const expected = await checked(isComplete);
    const report = await reportOf('?today=2026-03-01', isComplete ? whole : part);
    const { caveats, ...rest } = report;
    const { caveats: expectedCaveats, ...expectedRest } = expected;
    expect(rest).toEqual({ format: 'portolan.findings/v1', ...expectedRest });
    // They name another list of problems.
    expect(caveats.map(({ code }) => code)).toEqual(expectedCaveats.map(({ code }) => code));
    expect(report.findings.length).toBeGreaterThan(5);
    const rules = new Set(report.findings.map(({ rule }) => rule));
    for (const rule of ['NP102', 'NP201']) expect(rules).toContain(rule);
    expect(report.verdict).toBe('FAILED');
  });

  it('silence what annotations silence, on the day', async () => {
    const silent = ({ findings }: FindingsReport): unknown =>
      findings.find(({ object, rule }) => rule === 'NP201' && object.endsWith('/silent'))?.status;
    expect(silent(await reportOf())).toBe('SUPPRESSED');
    expect(silent(await reportOf('?today=2099-01-31'))).toBe('SUPPRESSED');
    expect(silent(await reportOf('?today=2099-02-01'))).toBe('OPEN');
  });

  it('take settings of rules, and of what is listed and fails', async () => {
    const query =
      '?today=2026-03-01&minSeverity=medium&failOn=critical&rule=NP201=low&rule=NP102=OFF';
    const report = await reportOf(query);
    const expected = await checked(true, {
      minSeverity: 'MEDIUM',
      failOn: 'CRITICAL',
      settings: new Map([
        ['NP201', 'LOW'],
        ['NP102', 'off'],
      ]),
    });
    expect({ ...report, caveats: [] }).toMatchObject({ ...expected, caveats: [] });
    expect(report.unlisted).toBeGreaterThan(0);
    expect((await reportOf('?failOn=none&rule=NP201=CRITICAL')).verdict).toBe('PASSED');
    expect((await reportOf('?failOn=CRITICAL')).verdict).toBe('PASSED');
    expect((await reportOf('?failOn=CRITICAL&rule=NP201=CRITICAL')).verdict).toBe('FAILED');
  });

  const formats: [accept: string, type: RegExp, text: RegExp][] = [
    ['application/json', /^application\/json/, /"format": "portolan\.findings\/v1"/],
    ['text/markdown', /^text\/markdown/, /\*\*Failed: /],
    ['application/sarif+json', /^application\/sarif\+json/, /"partialFingerprints"/],
    ['application/xml', /^application\/xml/, /<testsuite /],
    ['text/plain', /^text\/plain/, /^Failed: /],
    ['image/png', /^application\/json/, /"format": "portolan\.findings\/v1"/],
  ];
  it.each(formats)('come as %s', async (accept, type, text) => {
    const { headers, body } = await asking(address(), { accept });
    expect(headers['content-type']).toMatch(type);
    expect(headers.vary).toMatch(/accept/i);
    expect(headers['portolan-conclusion']).toBe('FAILURE');
    expect(headers['portolan-exit-code']).toBe('1');
    expect(headers['portolan-caveats']).toContain('ENFORCEMENT_UNKNOWN');
    expect(body).toMatch(text);
  });

  it('come in the format that the address names', async () => {
    const accept = { accept: 'text/markdown' };
    const { headers, body } = await asking(address('?format=gitlab'), accept);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(body)[0]).toMatchObject({ fingerprint: expect.any(String) });
    expect((await asking(address('?format=TEXT'), accept)).body).toMatch(/^Failed: /);
  });

  it('are not sent again to who has them', async () => {
    const { etag } = (await asking(address())).headers;
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    const again = await request(server.url).get(address()).set('if-none-match', String(etag));
    expect([again.status, again.text]).toEqual([304, '']);
    const other = request(server.url).get(address('?minSeverity=HIGH'));
    expect((await other.set('if-none-match', String(etag))).status).toBe(200);
  });

  const refused: [query: string, argument: string][] = [
    ['?format=xml', 'format'],
    ['?minSeverity=WORST', 'minSeverity'],
    ['?failOn=', 'failOn'],
    ['?failOn=HIGH&failOn=LOW', 'failOn'],
    ['?fail-on=HIGH', 'fail-on'],
    ['?rule=NP999=off', 'rule'],
    ['?rule=NP201=maybe', 'rule'],
    ['?rule=NP201', 'rule'],
    ['?today=2026-02-30', 'today'],
  ];
  it.each(refused)('refuse %s', async (query, argument) => {
    const { status, body } = await request(server.url).get(address(query));
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INVALID', argument });
  });

  it.each(['x', '00000000-0000-4000-8000-000000000000'])('know no snapshot %s', async (id) => {
    const { status, body } = await request(server.url).get(address('', id));
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('take the plain UUID as well', async () => {
    const [, uuid] = Buffer.from(whole, 'base64url').toString().split(':');
    expect((await reportOf('', uuid)).input.name).toBe('shop');
  });

  it('are asked of the workers once a day, and a document is written once', async () => {
    const id = await uploadAs(server, 'days', 'COMPLETE', SHOP + policy('of-that-day'));
    const pool = server.server.app.get(WorkerPool);
    const finding = vi.spyOn(pool, 'findings');
    const writing = vi.spyOn(pool, 'reportFindings');
    try {
      await Promise.all([reportOf('', id), reportOf('?failOn=LOW', id)]);
      await reportOf('?minSeverity=HIGH', id);
      expect(finding).toHaveBeenCalledTimes(1);
      expect(writing).toHaveBeenCalledTimes(3);
      await reportOf('?minSeverity=high', id);
      expect(writing).toHaveBeenCalledTimes(3);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
      await reportOf('', id);
      expect(finding).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
      finding.mockRestore();
      writing.mockRestore();
    }
  });
});

describe('findings with tokens', () => {
  it('want one, as everything does', async () => {
    const token = 'a-token-of-enough-length';
    const guarded = await QueryServer.start({ config: { tokenDigests: [digestOf(token)] } });
    try {
      expect((await request(guarded.url).get(address('', 'x'))).status).toBe(401);
      const known = request(guarded.url).get(address('', 'x'));
      expect((await known.set('authorization', `Bearer ${token}`)).status).toBe(404);
    } finally {
      await guarded.close();
    }
  });
});

/** The body as text, whatever its type. */
async function asking(
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; headers: Readonly<Record<string, string>>; body: string }> {
  const answer = await fetch(`${server.url}${path}`, { headers });
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: await answer.text(),
  };
}
