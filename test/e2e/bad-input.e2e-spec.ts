import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTestServer, type TestServer } from './test-server.js';

const GOOD = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    config: { maxUploadBytes: 1024 * 1024, maxUnpackedBytes: 4 * 1024 * 1024 },
  });
  await server.createCluster('inbox');
});
afterAll(async () => {
  await server.close();
});

function policy(spec: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
${spec}
`;
}

/** What is wrong with one document of a stream: GOOD before it and after it must be kept. */
const BROKEN: readonly [string, string, { code: string; outcome: string; line: number }][] = [
  ['a YAML error', 'a: [1\nb: 2\n', { code: 'SYNTAX', outcome: 'INVALID_SYNTAX', line: 6 }],
  [
    'an object that the API server rejects',
    policy('  podSelector: {}\n  ingress:\n    - ports: [{ port: 90, endPort: 80 }]'),
    { code: 'INVALID_OBJECT', outcome: 'INVALID_OBJECT', line: 11 },
  ],
  [
    'an unknown field',
    policy('  podSelektor: {}'),
    { code: 'UNKNOWN_FIELD', outcome: 'INVALID_OBJECT', line: 9 },
  ],
  [
    'a template',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n',
    { code: 'TEMPLATE', outcome: 'SKIPPED_TEMPLATE', line: 8 },
  ],
  [
    'an alias bomb',
    `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n`).join('')}`,
    // With 36 aliases a line, the limit of 1,000 is passed in the 28th.
    { code: 'TOO_LARGE', outcome: 'TOO_LARGE', line: 33 },
  ],
  [
    'a depth bomb',
    `a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    { code: 'TOO_LARGE', outcome: 'TOO_LARGE', line: 5 },
  ],
];

const CREATE = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) {
    snapshot { id stats { objects policies } inputReport(first: 100) { totalCount nodes { code severity outcome reason kind object field location { path startLine documentIndex } } } caveats { code message } }
    job { status error { code message } }
    userErrors { code message field ... on ManifestError { location { path startLine documentIndex } } }
  }
}`;

async function create(manifests: object, more: object = {}): Promise<Answer> {
  const { data, errors } = await server.ask(CREATE, {
    input: { cluster: 'inbox', manifests, ...more },
  });
  expect(errors).toBeUndefined();
  return data.createSnapshot;
}

function post(body: Buffer | string, query = ''): request.Test {
  return request(server.url)
    .post(`/v1/clusters/inbox/snapshots${query}`)
    .set('content-type', 'application/octet-stream')
    .send(body);
}

async function archive(
  entries: readonly {
    name: string;
    type?: 'file' | 'symlink' | 'link';
    content?: string;
    linkname?: string;
  }[],
): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', ...header } of entries) tar.entry(header, content);
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

describe('one bad document among good ones', () => {
  it.each(BROKEN)('%s is reported with its place, and left out', async (_, broken, problem) => {
    const text = `${GOOD}---\n${broken}---\n${GOOD.replace('shop', 'data')}`;
    const { snapshot, userErrors } = await create({ text });
    expect(userErrors).toEqual([]);
    expect(snapshot.stats).toEqual({ objects: 2, policies: 0 });
    const errors = (snapshot.inputReport.nodes as Answer[]).filter(
      ({ severity }) => severity === 'ERROR',
    );
    expect(errors).toHaveLength(1);
    const { code, outcome, location, reason } = errors[0];
    expect({ code, outcome, path: location.path }).toEqual({
      code: problem.code,
      outcome: problem.outcome,
      path: 'manifests.yaml',
    });
    expect(location.startLine).toBe(problem.line);
    expect(reason).not.toBe('');
    expect((snapshot.caveats as Answer[]).map((caveat) => caveat.code as string)).toContain(
      outcome === 'SKIPPED_TEMPLATE' ? 'TEMPLATE_SKIPPED' : 'INVALID_OBJECT_SKIPPED',
    );
  });

  it.each(BROKEN)('%s refuses a strict upload as a whole', async (_, broken, { outcome }) => {
    const cluster = await newCluster();
    const text = `${GOOD}---\n${broken}`;
    const { snapshot, userErrors, job } = await create({ text }, { cluster, strict: true });
    expect(snapshot).toBeNull();
    expect(job.status).toBe('FAILED');
    expect(userErrors.length).toBeGreaterThan(0);
    expect(userErrors[0].location.path).toBe('manifests.yaml');
    const isSyntax = ['INVALID_SYNTAX', 'SKIPPED_TEMPLATE'].includes(outcome);
    const isLarge = outcome === 'TOO_LARGE';
    const code = isLarge ? 'TOO_LARGE' : isSyntax ? 'MANIFEST_SYNTAX' : 'MANIFEST_INVALID';
    expect(userErrors[0].code).toBe(code);
    expect(await countSnapshots(cluster)).toBe(0);
  });

  it('the last of duplicate objects wins', async () => {
    const both = `${GOOD}---\n${GOOD}`;
    const { snapshot } = await create({ text: both });
    expect(snapshot.stats.objects).toBe(1);
    expect(snapshot.inputReport.nodes).toEqual([
      expect.objectContaining({ code: 'DUPLICATE', outcome: 'DUPLICATE', object: 'shop' }),
    ]);
  });

  it('bytes that are not UTF-8 are reported by their file', async () => {
    const latin = Buffer.concat([Buffer.from(`${GOOD}---\nname: M`), Buffer.from([0xfc, 0x0a])]);
    const answer = await post(latin);
    expect(answer.status).toBeLessThan(300);
    expect(answer.body.problems).toEqual([
      expect.objectContaining({
        code: 'NOT_UTF8',
        location: expect.objectContaining({ path: 'manifests.yaml' }),
      }),
    ]);
  });

  it('the report can be filtered and paged', async () => {
    const text = [GOOD, ...BROKEN.map(([, broken]) => broken)].join('---\n');
    const { snapshot } = await create({ text });
    const query = `query ($id: ID!, $outcome: InputOutcome, $first: Int, $after: String) {
      snapshot(ref: { id: $id }) { inputReport(outcome: $outcome, first: $first, after: $after) {
        totalCount nodes { outcome } pageInfo { hasNextPage endCursor } } } }`;
    const templates = await server.ask(query, { id: snapshot.id, outcome: 'SKIPPED_TEMPLATE' });
    expect(templates.data.snapshot.inputReport).toMatchObject({
      totalCount: 1,
      nodes: [{ outcome: 'SKIPPED_TEMPLATE' }],
    });
    const seen: string[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await server.ask(query, { id: snapshot.id, first: 2, after });
      const { nodes, pageInfo, totalCount } = data.snapshot.inputReport;
      seen.push(...(nodes as Answer[]).map(({ outcome }) => outcome as string));
      if (!pageInfo.hasNextPage) {
        expect(seen).toHaveLength(totalCount);
        break;
      }
      after = pageInfo.endCursor;
    }
  });

  it('kinds that do not matter are counted, and nothing of a Secret is kept', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: key }\ndata: { a: aHVudGVyMg== }\n';
    const { snapshot } = await create({ text: [GOOD, secret, secret].join('---\n') });
    const { data } = await server.ask(
      'query ($id: ID!) { snapshot(ref: { id: $id }) { skippedKinds { group kind count } } }',
      { id: snapshot.id },
    );
    expect(data.snapshot.skippedKinds).toEqual([{ group: '', kind: 'Secret', count: 2 }]);
    expect(JSON.stringify(snapshot)).not.toContain('aHVudGVyMg');
  });
});

describe('an upload with nothing that can be stored', () => {
  it.each([
    ['nothing', '', 'NO_MANIFESTS'],
    ['only comments', '# nothing\n---\n', 'NO_MANIFESTS'],
    [
      'only kinds that do not matter',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
      'NO_MANIFESTS',
    ],
    ['only text that is no YAML', 'a: [', 'MANIFEST_SYNTAX'],
    ['only a template', 'kind: {{ .Values.kind }}\n', 'MANIFEST_SYNTAX'],
    ['only an invalid policy', policy('  podSelektor: {}'), 'MANIFEST_INVALID'],
  ])('%s is refused', async (_, text, code) => {
    const cluster = await newCluster();
    const { snapshot, userErrors, job } = await create({ text }, { cluster });
    expect(snapshot).toBeNull();
    expect(userErrors[0].code).toBe(code);
    expect(job).toMatchObject({ status: 'FAILED', error: { code } });
    const answer = await request(server.url)
      .post(`/v1/clusters/${cluster}/snapshots`)
      .set('content-type', 'application/yaml')
      .send(text);
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe(code);
    expect(await countSnapshots(cluster)).toBe(0);
  });
});

describe('archives', () => {
  it('are read with their folders', async () => {
    const tgz = await archive([
      { name: 'deploy/a.yaml', content: GOOD },
      {
        name: 'deploy/sub/b.json',
        content: '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"json"}}',
      },
      { name: 'README.md', content: '# not a manifest {{' },
    ]);
    const { snapshot } = await create({ tarGz: tgz.toString('base64') });
    expect(snapshot.stats.objects).toBe(2);
    const { body } = await post(tgz);
    expect(body).toMatchObject({ deduplicated: true, snapshotId: snapshot.id });
  });

  it.each([
    ['..', { name: '../../etc/evil.yaml', content: GOOD }],
    ['an absolute path', { name: '/etc/evil.yaml', content: GOOD }],
    ['a symbolic link', { name: 'evil.yaml', type: 'symlink', linkname: '/etc/passwd' }],
    ['a hard link', { name: 'evil.yaml', type: 'link', linkname: '/etc/passwd' }],
  ] as const)('never follow %s', async (_, entry) => {
    const tgz = await archive([{ name: 'good.yaml', content: GOOD }, entry]);
    const { status, body } = await post(tgz);
    expect(status).toBeLessThan(300);
    expect(body.stats.objects).toBe(1);
    expect(body.problems).toEqual([
      expect.objectContaining({ code: 'UNSAFE_PATH', severity: 'ERROR' }),
    ]);
  });

  it('that are damaged or cut are reported', async () => {
    const tgz = await archive([
      { name: 'a.yaml', content: GOOD },
      { name: 'b.yaml', content: `# ${'x'.repeat(50_000)}${Math.random()}\n` },
    ]);
    const { body } = await post(tgz.subarray(0, tgz.length - 20));
    const codes = (body.problems as { code: string }[]).map(({ code }) => code);
    expect(codes).toContain('ARCHIVE_DAMAGED');
  });

  it('that are bombs are refused, with memory to spare', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'));
    const { status, body } = await post(bomb);
    expect({ status, code: body.code }).toEqual({ status: 413, code: 'TOO_LARGE' });
    const tarBomb = await archive([{ name: 'zeros.yaml', content: ' '.repeat(32 * 1024 * 1024) }]);
    const { userErrors } = await create({ tarGz: tarBomb.toString('base64') });
    expect(userErrors[0].code).toBe('TOO_LARGE');
  });

  it.each(['not base64!', 'a'])('in something else than base64 (%s) are refused', async (tarGz) => {
    const { userErrors } = await create({ tarGz });
    expect(userErrors).toEqual([
      expect.objectContaining({ code: 'INVALID', field: ['input', 'manifests', 'tarGz'] }),
    ]);
  });
});

describe('what is said about an upload', () => {
  it.each([
    [{ waitSeconds: 61 }, ['waitSeconds']],
    [{ waitSeconds: -1 }, ['waitSeconds']],
    [{ idempotencyKey: '' }, ['idempotencyKey']],
    [{ git: { repository: '' } }, ['git', 'repository']],
    [{ git: { repository: 'x', commit: 'main' } }, ['git', 'commit']],
    [{ git: { repository: 'x', url: 'javascript:alert(1)' } }, ['git', 'url']],
    [{ cluster: 'unknown' }, ['cluster']],
  ])('%j is refused at the field', async (more, field) => {
    const { snapshot, userErrors } = await create({ text: GOOD }, more);
    expect(snapshot).toBeNull();
    expect(userErrors).toEqual([expect.objectContaining({ field: ['input', ...field] })]);
  });

  it.each([
    ['strict=maybe', 'strict'],
    ['waitSeconds=soon', 'waitSeconds'],
    ['waitSeconds=61', 'waitSeconds'],
    ['waitSeconds=1.5', 'waitSeconds'],
    ['idempotencyKey=', 'idempotencyKey'],
    ['completeness=ALL', 'completeness'],
    ['takenAt=yesterday', 'takenAt'],
    ['stict=true', 'stict'],
    ['path=', 'path'],
  ])('?%s is refused, as every wrong parameter is', async (query, argument) => {
    const { status, headers, body } = await post(GOOD, `?${query}`);
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toEqual({
      type: 'about:blank',
      title: 'BAD_USER_INPUT',
      status: 400,
      detail: expect.stringContaining(argument),
      code: 'BAD_USER_INPUT',
      reason: 'INVALID',
      argument,
      requestId: headers['x-request-id'],
    });
  });

  it('is kept with the snapshot', async () => {
    const takenAt = '2026-01-02T03:04:05.000Z';
    const git = { repository: 'github.com/acme/deploy', commit: 'A'.repeat(40), pullRequest: 7 };
    const cluster = await newCluster();
    await create({ text: GOOD }, { cluster, takenAt, git, completeness: 'COMPLETE' });
    const { data } = await server.ask(
      `query ($c: String!) { snapshot(ref: { latestOf: { cluster: $c } }) {
        takenAt completeness source { git { repository commit pullRequest ref url } } } }`,
      { c: cluster },
    );
    expect(data.snapshot).toEqual({
      takenAt,
      completeness: 'COMPLETE',
      source: { git: { ...git, commit: 'a'.repeat(40), ref: null, url: null } },
    });
    const byCommit = `query ($c: String!, $commit: GitObjectID!) {
      snapshot(ref: { commit: { cluster: $c, commit: $commit } }) { takenAt } }`;
    const found = await server.ask(byCommit, { c: cluster, commit: git.commit });
    expect(found.data).toEqual({ snapshot: { takenAt } });
    const other = await server.ask(byCommit, { c: cluster, commit: 'b'.repeat(40) });
    expect(other.data).toEqual({ snapshot: null });
  });
});

let clusters = 0;
async function newCluster(): Promise<string> {
  const slug = `fresh-${clusters++}`;
  await server.createCluster(slug);
  return slug;
}

async function countSnapshots(slug: string): Promise<number> {
  const query = 'query ($slug: String!) { cluster(slug: $slug) { snapshots { totalCount } } }';
  const { data } = await server.ask(query, { slug });
  return data.cluster.snapshots.totalCount as number;
}
