import { request as httpRequest } from 'node:http';
import request from 'supertest';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from './test-server.js';
import type { QueryServer } from './query-server.js';
import {
  CLOSED_LAB,
  CLUSTER,
  databasePolicy,
  postReview,
  startReviewServer,
  tarGz,
} from './review-server.js';

let server: QueryServer;
let snapshot: string;
beforeAll(async () => {
  server = await startReviewServer({ config: { maxUploadBytes: 3_000_000 } });
  const stored = [CLUSTER, databasePolicy({ dash: false }), CLOSED_LAB].join('---\n');
  snapshot = await server.upload('prod', 'cluster.yaml', stored);
});
afterAll(() => server.close());

const POLICY = 'deploy/data/policies.yaml';
const GOOD = { [POLICY]: databasePolicy({ dash: false }) };
const DASHED = { [POLICY]: databasePolicy({ dash: true }) };
const OVER = {
  cluster: 'prod',
  path: 'deploy',
  overlay: { latestOf: 'prod' },
  today: '2026-03-01',
};
const CROSS = { ...OVER, failOn: ['new-cross-namespace-access'] };

function json(answer: request.Response): Answer {
  return JSON.parse(answer.body as string);
}

function codesOf({ caveats }: Answer): string[] {
  return (caveats as readonly { code: string }[]).map(({ code }) => code);
}

describe('a review by REST', () => {
  it('fails over a planted dash, and says in which line', async () => {
    const answer = await postReview(server.url, { options: CROSS, base: GOOD, head: DASHED });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers).toMatchObject({
      'portolan-conclusion': 'FAILURE',
      'portolan-exit-code': '1',
    });
    expect(answer.headers['portolan-review']).toMatch(/^[\w-]+$/);
    const report = json(answer);
    expect(report).toMatchObject({
      format: 'portolan.review/v1',
      cluster: 'prod',
      path: 'deploy',
      base: { name: 'deploy over prod' },
      verdict: 'FAILED',
    });
    const line =
      databasePolicy({ dash: true })
        .split('\n')
        .findIndex((text) => text.includes('- namespaceSelector')) + 1;
    const place = report.gates[0].violations[0].place;
    expect(place).toMatchObject({ side: 'HEAD', path: POLICY, startLine: line });
    expect(codesOf(report)).not.toContain('SNAPSHOT_PARTIAL');
  });

  it('passes what does not change, whatever else the cluster has', async () => {
    const answer = await postReview(server.url, { options: CROSS, base: GOOD, head: GOOD });
    expect(answer.headers).toMatchObject({
      'portolan-conclusion': 'SUCCESS',
      'portolan-exit-code': '0',
    });
    expect(json(answer)).toMatchObject({ opened: [], closed: [], altered: [] });
  });

  it('warns without failing', async () => {
    const options = { ...OVER, failOn: ['none'], warnOn: ['new-cross-namespace-access'] };
    const answer = await postReview(server.url, { options, head: DASHED });
    expect(answer.headers).toMatchObject({
      'portolan-conclusion': 'NEUTRAL',
      'portolan-exit-code': '0',
    });
  });

  it('without a base compares with the snapshot under the head, or with the latest', async () => {
    const over = await postReview(server.url, {
      options: { ...CROSS, overlay: { snapshot } },
      head: DASHED,
    });
    expect(json(over)).toMatchObject({ base: { name: 'prod' }, verdict: 'FAILED' });
    const whole = [CLUSTER, databasePolicy({ dash: false })].join('---\n');
    const alone = await postReview(server.url, {
      options: { cluster: 'prod', failOn: ['any-change'] },
      head: { 'all.yaml': whole },
    });
    expect(json(alone)).toMatchObject({
      base: { name: 'prod' },
      head: { name: 'manifests' },
      verdict: 'FAILED',
    });
    expect(json(alone).opened[0].causes[0]).toMatchObject({ object: 'NetworkPolicy lab/closed' });
  });

  it.each([
    ['nothing', null, false],
    ['the folder of the base', { folder: true }, true],
    ['another namespace', { namespaces: ['shop'] }, false],
    ['labels', { labels: 'app.kubernetes.io/instance=lab' }, true],
    [
      'labels in another namespace',
      { namespaces: ['data'], labels: 'app.kubernetes.io/instance' },
      false,
    ],
  ])('prunes %s', async (_, prune, isOpened) => {
    const base = { ...GOOD, 'deploy/lab.yaml': CLOSED_LAB };
    const options = { ...OVER, prune, failOn: ['newly-unprotected-workloads'] };
    const isLabDeclared = prune !== null && 'namespaces' in prune && prune.namespaces[0] === 'data';
    const head = isLabDeclared ? base : GOOD;
    const answer = await postReview(server.url, { options, base, head });
    expect(answer.headers['portolan-conclusion']).toBe(isOpened ? 'FAILURE' : 'SUCCESS');
    if (isOpened) {
      const [row] = json(answer).newlyUnprotected;
      expect(row.workload).toContain('lab/tool');
      expect(row.causes[0].place).toMatchObject({ side: 'BASE', startLine: 1 });
    }
  });

  it('prunes a namespace with everything in it', async () => {
    const options = { ...OVER, prune: { namespaces: ['data'] }, failOn: ['closed-access'] };
    const answer = await postReview(server.url, { options, head: GOOD });
    expect(answer.headers['portolan-conclusion']).toBe('FAILURE');
    const rows = json(answer).closed as readonly { causes: readonly { object: string }[] }[];
    const objects = rows.flatMap(({ causes }) => causes.map(({ object }) => object));
    expect(objects).toContain('data/postgres (Deployment)');
  });

  it.each([
    ['text/markdown', /^<!-- portolan-review:prod:deploy -->\n/],
    ['application/sarif+json', /"version": "2\.1\.0"/],
    ['text/plain', /^Failed: new-cross-namespace-access/],
    ['image/png', /"format": "portolan\.review\/v1"/],
  ])('answers as %s', async (accept, content) => {
    const answer = await postReview(server.url, { options: CROSS, head: DASHED }, { accept });
    expect(answer.status).toBe(200);
    const type = accept === 'image/png' ? 'application/json' : accept;
    expect(answer.headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(answer.body).toMatch(content);
  });

  it('gives the same bytes for the same change', async () => {
    const parts = { options: CROSS, base: GOOD, head: DASHED };
    const [first, second] = await Promise.all([
      postReview(server.url, parts),
      postReview(server.url, parts),
    ]);
    expect(second.headers['portolan-review']).not.toBe(first.headers['portolan-review']);
    expect(second.body).toBe(first.body);
  });

  it('counts exceptions of the base, and shows those of the head', async () => {
    const exception = (id: string): string =>
      `apiVersion: portolan/v1\nexceptions:\n  - id: ${id}\n    match: { access: { from: { namespace: shop }, to: { namespace: data } } }\n    reason: agreed\n    expires: 2027-01-31\n`;
    const of = (base: string | null, head: string | null) =>
      postReview(server.url, {
        options: { ...CROSS, exceptions: { base, head, path: 'x.yaml' } },
        base: GOOD,
        head: DASHED,
      });
    const ofHead = await of(null, exception('mine'));
    expect(ofHead.headers['portolan-conclusion']).toBe('FAILURE');
    expect(json(ofHead).exceptions[0]).toMatchObject({ id: 'mine', status: 'PROPOSED' });
    const ofBase = await of(exception('ours'), exception('ours'));
    expect(ofBase.headers['portolan-conclusion']).toBe('SUCCESS');
    expect(json(ofBase).exceptions).toMatchObject([{ id: 'ours', status: 'USED' }]);
    const broken = await of('exceptions: 1', null);
    expect(broken.status).toBe(422);
    expect(broken.headers).toMatchObject({
      'portolan-conclusion': 'ERROR',
      'portolan-exit-code': '2',
    });
    expect(json(broken).detail).toContain('x.yaml:1');
  });
});

describe('a review that is not finished', () => {
  it('is 202 with its address, where it is found when it is', async () => {
    const answer = await postReview(server.url, {
      options: { ...CROSS, waitSeconds: 0 },
      base: GOOD,
      head: DASHED,
    });
    expect(answer.status).toBe(202);
    const { id, status, pollAfterMs, url } = json(answer);
    expect(['QUEUED', 'IN_PROGRESS']).toContain(status);
    expect(pollAfterMs).toBeGreaterThan(0);
    expect(answer.headers.location).toBe(`/v1/reviews/${id}`);
    expect(url).toBe(answer.headers.location);
    const done = await request(server.url)
      .get(`${url}?waitSeconds=50`)
      .set('accept', 'text/markdown');
    expect(done.status).toBe(200);
    expect(done.headers['portolan-exit-code']).toBe('1');
    expect(done.text).toContain('portolan-review:prod:deploy');
    const wrong = await request(server.url).get(`${url}?waitSeconds=56`);
    expect(wrong.status).toBe(400);
  });

  it('can be stopped', async () => {
    const pods = Array.from(
      { length: 30_000 },
      (_, i) => `{apiVersion: v1, kind: Pod, metadata: {name: "p${i}", namespace: &n "large"}}\n`,
    ).join('---\n');
    const answer = await postReview(server.url, {
      options: { ...CROSS, waitSeconds: 0 },
      head: { 'pods.yaml': pods },
    });
    const { id, url } = json(answer);
    const cancel = `mutation ($id: ID!) { cancelJob(input: { jobId: $id }) { job { status } userErrors { code } } }`;
    const { changeReview } = await server.data(
      `query ($id: ID!) { changeReview(id: $id) { conclusion exitCode job { id kind } } }`,
      { id },
    );
    expect(changeReview).toMatchObject({
      conclusion: null,
      exitCode: null,
      job: { kind: 'REVIEW' },
    });
    const { cancelJob } = await server.data(cancel, { id: changeReview.job.id });
    expect(cancelJob).toEqual({ job: { status: 'CANCELLED' }, userErrors: [] });
    const stopped = await request(server.url).get(url);
    expect(stopped.status).toBe(409);
    expect(stopped.headers).toMatchObject({
      'portolan-conclusion': 'CANCELLED',
      'portolan-exit-code': '2',
    });
    await sleep(0);
  });

  it.each(['nonsense', '00000000-0000-4000-8000-000000000000'])(
    'that does not exist is 404: %s',
    async (id) => {
      const { status, body } = await request(server.url).get(`/v1/reviews/${id}`);
      expect(status).toBe(404);
      expect(body.code).toBe('NOT_FOUND');
    },
  );
});

describe('an idempotency key', () => {
  it('gives the first answer again, and is refused for another request', async () => {
    const options = { ...CROSS, idempotencyKey: 'build-1' };
    const [base, head] = await Promise.all([tarGz(GOOD), tarGz(DASHED)]);
    const first = await postReview(server.url, { options, base, head });
    const again = await postReview(server.url, { options, base, head });
    expect(again.headers['portolan-review']).toBe(first.headers['portolan-review']);
    expect(again.body).toBe(first.body);
    const other = await postReview(server.url, { options, base, head: base });
    expect(other.status).toBe(409);
    expect(json(other)).toMatchObject({ code: 'CONFLICT', title: 'CONFLICT' });
    const gates = { ...options, failOn: ['any-change'] };
    expect((await postReview(server.url, { options: gates, base, head })).status).toBe(409);
    const waiting = { ...options, waitSeconds: 1 };
    expect((await postReview(server.url, { options: waiting, base, head })).status).toBe(200);
  });
});

describe('input that cannot be reviewed', () => {
  it('is an error, and no verdict', async () => {
    const strict = await postReview(server.url, {
      options: { ...CROSS, strict: true },
      head: { ...GOOD, 'deploy/bad.yaml': 'kind: [' },
    });
    expect(strict.status).toBe(422);
    expect(strict.headers).toMatchObject({
      'portolan-conclusion': 'ERROR',
      'portolan-exit-code': '2',
    });
    expect(json(strict)).toMatchObject({
      code: 'MANIFEST_INVALID',
      problems: [{ location: { path: 'deploy/bad.yaml' } }],
    });
    const archive = await tarGz(GOOD);
    for (const head of [archive.subarray(0, archive.length - 40), Buffer.from('no archive')]) {
      const damaged = await postReview(server.url, { options: CROSS, head });
      expect(damaged.status).toBe(422);
      expect(json(damaged)).toMatchObject({ code: 'MANIFEST_SYNTAX' });
    }
    const empty = await postReview(server.url, { options: CROSS, head: {} });
    expect(empty.status).toBe(422);
    expect(json(empty)).toMatchObject({ code: 'NO_MANIFESTS' });
    const allowed = await postReview(server.url, {
      options: { ...CROSS, allowEmpty: true },
      head: {},
    });
    expect(allowed.headers['portolan-conclusion']).toBe('SUCCESS');
  });

  it('without strict is reported, and fails the gate for it', async () => {
    const answer = await postReview(server.url, {
      options: { ...OVER, failOn: ['invalid-input'] },
      base: GOOD,
      head: { ...GOOD, 'deploy/bad.yaml': 'kind: [' },
    });
    expect(answer.headers['portolan-conclusion']).toBe('FAILURE');
    expect(json(answer).skipped[0]).toMatchObject({
      isNew: true,
      place: { path: 'deploy/bad.yaml' },
    });
  });

  it.each([
    ['{', 400, 'options'],
    [{ ...OVER, clutser: 1 }, 400, 'clutser'],
    [{ ...OVER, prune: { folders: true } }, 400, 'prune.folders'],
    [{ ...OVER, failOn: ['new-access'] }, 400, 'failOn'],
    [{ ...OVER, today: '2026-02-30' }, 400, 'today'],
    [{ ...OVER, waitSeconds: 56 }, 400, 'waitSeconds'],
    [{ ...OVER, minSeverity: 'HUGE' }, 400, 'minSeverity'],
    [{ ...OVER, prune: { labels: 'a in' } }, 400, 'prune.labels'],
    [{ ...OVER, overlay: { snapshot: 'x', latestOf: 'prod' } }, 400, 'overlay'],
    [{ cluster: 'prod', prune: { folder: true } }, 400, 'prune'],
    [{ ...OVER, prune: { folder: true } }, 400, 'prune.folder'],
    [{ ...OVER, git: { repository: 'r', url: 'javascript:alert(1)' } }, 400, 'git.url'],
    [{ path: 'x' }, 400, 'cluster'],
  ])('names what is wrong in its options: %j', async (options, status, argument) => {
    const answer = await postReview(server.url, { options, head: GOOD });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(json(answer)).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it.each([
    { ...OVER, cluster: 'nowhere' },
    { ...OVER, overlay: { latestOf: 'nowhere' } },
    { ...OVER, overlay: { snapshot: 'nonsense' } },
  ])('is 404 when it refers to what does not exist: %j', async (options) => {
    const answer = await postReview(server.url, { options, head: GOOD });
    expect(answer.status).toBe(404);
  });

  it('is too large', async () => {
    const large = await postReview(server.url, {
      options: CROSS,
      head: Buffer.alloc(3_000_001, 1),
    });
    expect(large.status).toBe(413);
    expect(json(large)).toMatchObject({ code: 'TOO_LARGE', limit: 3_000_000 });
    const padded = JSON.stringify({ ...CROSS, path: 'x'.repeat(1024 * 1024) });
    const options = await postReview(server.url, { options: padded, head: GOOD });
    expect(options.status).toBe(413);
  });
});

describe('a form that is none', () => {
  const post = (type: string, body: string | Buffer) =>
    request(server.url).post('/v1/reviews').set('content-type', type).send(body);
  const part = (name: string, content: string, file = `; filename="f"`): string =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  const form = (...parts: string[]) =>
    post('multipart/form-data; boundary=b', `${parts.join('')}--b--\r\n`);
  const options = part('options', JSON.stringify(CROSS));

  it.each([
    ['another type', () => post('application/json', '{}')],
    ['no boundary', () => post('multipart/form-data', options)],
    ['no parts', () => form()],
    ['no options', () => form(part('head', 'x'))],
    ['no head', () => form(options, part('base', 'x'))],
    ['the wrong order', () => form(options, part('head', 'x'), part('base', 'x'))],
    ['a part twice', () => form(options, options, part('head', 'x'))],
    ['an unknown part', () => form(options, part('tail', 'x'))],
    ['a head that is no file', () => form(options, part('head', 'x', ''))],
    [
      'an end that does not come',
      () => post('multipart/form-data; boundary=b', options + part('head', 'x')),
    ],
    [
      'a header that is none',
      () => post('multipart/form-data; boundary=b', '--b\r\n\u0001\u0002: x\r\n\r\n'),
    ],
    [
      'a header without end',
      () =>
        post(
          'multipart/form-data; boundary=b',
          `--b\r\nContent-Disposition: ${'x'.repeat(100_000)}`,
        ),
    ],
    ['many parts', () => form(...Array.from({ length: 1_000 }, () => part('options', '{}')))],
    [
      'an encoding',
      () => post('multipart/form-data; boundary=b', options).set('content-encoding', 'gzip'),
    ],
  ])('is refused: %s', async (_, send) => {
    const { status, body } = await send();
    expect(status).toBe(400);
    expect(body).toMatchObject({
      title: expect.stringMatching(/^BAD_(REQUEST|USER_INPUT)$/),
      status: 400,
    });
    expect(body.detail.length).toBeGreaterThan(10);
  });

  it.each([
    ['stops coming', false, 408],
    ['breaks off', true, null],
  ])('leaves nothing behind when it %s', async (_, breaksOff, status) => {
    const patient = await startReviewServer({ config: { uploadIdleSeconds: 1 } });
    await patient.upload('prod', 'cluster.yaml', CLUSTER);
    const sending = httpRequest(`${patient.url}/v1/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1_000_000 },
    });
    const answered = new Promise<number | null>((resolve) => {
      sending.on('response', (response) => resolve(response.statusCode ?? null));
      sending.on('error', () => resolve(null));
    });
    sending.write(options + part('base', 'x'.repeat(1_000)) + part('head', 'x'.repeat(200_000)));
    while ((await patient.server.keptUploads()) === 0) await sleep(20);
    if (breaksOff) sending.destroy();
    expect(await answered).toBe(status);
    while ((await patient.server.keptUploads()) > 0) await sleep(20);
    sending.destroy();
    await patient.close();
  });

  it('leaves nothing in the database, and the server as it was', async () => {
    await form(options, part('base', 'x'.repeat(100_000)), part('tail', 'x')).expect(400);
    expect(await server.server.keptUploads()).toBe(0);
    expect(server.server.logged()).not.toContain('a request failed');
    await request(server.url).get('/readyz').expect(200);
  });
});
