import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeHttpServer, json } from '../../../../../../test/support/fake-http-server.js';
import {
  OPEN,
  POLICY,
  type Ran,
  STRAY_DASH,
  TryFolder,
  WORKLOADS,
} from '../../../terminal.test-support.js';

const TOKEN = 'a-token-of-some-length';
const EXCEPTIONS = 'apiVersion: portolan/v1\nexceptions: []\n';

let folder: TryFolder;
let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
  folder = new TryFolder().write({
    'base/all.yaml': `${POLICY}---\n${WORKLOADS}`,
    'head/all.yaml': `${OPEN}---\n${WORKLOADS}`,
    'head/.exceptions.yaml': EXCEPTIONS,
  });
});
afterEach(async () => {
  folder.remove();
  await server.close();
});

const HERE = ['diff', '--base', 'base', '--head', 'head'];
const there = (...more: string[]): string[] => [
  'diff',
  '--server',
  server.url,
  '--head',
  'head',
  ...more,
];

function run(args: readonly string[], token: string | null = TOKEN): Promise<Ran> {
  return folder.run(args, { token });
}

/** What was sent, part by part. */
async function sent(): Promise<{ options: Record<string, unknown>; parts: Map<string, Buffer> }> {
  const { headers, body } = server.asked[0] ?? { headers: {}, body: Buffer.alloc(0) };
  const form = new Response(new Uint8Array(body), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- another's parser is wanted, and nothing here is hostile
  const fields = await form.formData();
  const parts = new Map<string, Buffer>();
  for (const name of ['base', 'head']) {
    const part = fields.get(name);
    if (part instanceof Blob) parts.set(name, Buffer.from(await part.arrayBuffer()));
  }
  return { options: JSON.parse(fields.get('options') as string), parts };
}

async function readPart(part: Buffer | undefined) {
  const chunks = (async function* () {
    yield await Promise.resolve(part ?? Buffer.alloc(0));
  })();
  return readManifests({ kind: 'tarGz', chunks }, DEFAULT_MANIFEST_LIMITS);
}

describe('portolan diff --server', () => {
  it('writes the same bytes as without one, whatever the format', async () => {
    const local = (format: string) => run([...HERE, '-o', format, '--cluster', 'prod']);
    const report = (await local('json')).out;
    server.reply(json(200, JSON.parse(report), { 'portolan-exit-code': '1' }));
    for (const format of ['json', 'md', 'sarif', 'junit', 'gitlab', 'csv', 'dot', 'text']) {
      const remote = await run(there('--base', 'base', '--cluster', 'prod', '-o', format));
      expect(remote).toEqual({ code: 1, out: (await local(format)).out, errors: '' });
    }
  });

  it('sends what the contract has', async () => {
    server.reply(json(500, { code: 'INTERNAL', detail: 'No.' }));
    const more = ['--overlay', 'cluster:prod', '--prune-folder', '--prune-namespace', 'shop'];
    const git = ['--git-repository', 'shop/deploy', '--git-pull-request', '7'];
    const gates = ['--fail-on', 'broken-invariants,any-change', '--warn-on', 'new-findings'];
    const { code, errors } = await run(
      there('--base', 'base', ...more, ...git, ...gates, '--exceptions', '.exceptions.yaml'),
    );
    expect([code, errors]).toEqual([2, expect.stringContaining('INTERNAL: No.')]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    const { options, parts } = await sent();
    expect(options).toEqual({
      cluster: 'prod',
      path: 'head',
      overlay: { latestOf: 'prod' },
      prune: { folder: true, namespaces: ['shop'], labels: null },
      failOn: ['broken-invariants', 'any-change'],
      warnOn: ['new-findings'],
      minSeverity: 'HIGH',
      exceptions: { base: null, head: EXCEPTIONS, path: 'head/.exceptions.yaml' },
      invariants: null,
      today: null,
      strict: false,
      allowEmpty: false,
      git: { repository: 'shop/deploy', commit: null, ref: null, pullRequest: 7, url: null },
      waitSeconds: 25,
      idempotencyKey: expect.any(String),
    });
    expect([...parts.keys()]).toEqual(['base', 'head']);
    const content = await readPart(parts.get('head'));
    expect(content.problems).toEqual([]);
    expect(content.stats.objects).toBe(4);
  });

  it('sends links as what is not followed, so that the server can say so', async () => {
    mkdirSync(join(folder.path, 'head/sub'));
    writeFileSync(join(folder.path, 'secret.yaml'), WORKLOADS);
    symlinkSync('../../secret.yaml', join(folder.path, 'head/sub/link.yaml'));
    server.reply(json(500, {}));
    await run(there('--cluster', 'prod'));
    const { problems } = await readPart((await sent()).parts.get('head'));
    expect(problems.map(({ code, location }) => [code, location.path])).toEqual([
      ['UNSAFE_PATH', 'head/sub/link.yaml'],
    ]);
  });

  it.each([
    ['a file', ['--head', 'head/all.yaml'], ''],
    ['standard input', ['--head', '-'], `${STRAY_DASH}---\n${WORKLOADS}`],
  ])('sends %s as an archive', async (_, head, input) => {
    server.reply(json(500, {}));
    const args = ['diff', '--server', server.url, '--cluster', 'prod', ...head];
    await folder.run(args, { input });
    const { parts } = await sent();
    expect((await readPart(parts.get('head'))).stats.objects).toBe(4);
    expect(parts.has('base')).toBe(false);
  });

  it.each([
    [['--cluster', 'prod'], 'prod', null],
    [['--base', 'cluster:prod'], 'prod', null],
    [['--overlay', 'cluster:prod'], 'prod', { latestOf: 'prod' }],
    [['--base', 'cluster:prod', '--overlay', 'cluster:prod'], 'prod', { latestOf: 'prod' }],
    [['--cluster', 'a', '--overlay', 'snapshot:s1'], 'a', { snapshot: 's1' }],
  ])('needs no folder of the base with %j', async (args, cluster, overlay) => {
    server.reply(json(500, {}));
    await run(there(...args));
    const { options, parts } = await sent();
    expect(options).toMatchObject({ cluster, overlay });
    expect(parts.has('base')).toBe(false);
  });

  it.each([
    [[], '--cluster is required'],
    [['--base', 'snapshot:s1', '--cluster', 'a'], 'is the base as the overlay'],
    [['--base', 'cluster:a', '--overlay', 'cluster:b'], 'is the base as the overlay'],
    [['--cluster', 'a', '--overlay', 'cluster:b'], 'another cluster'],
    [['--cluster', 'a', '--overlay', 'state.yaml'], 'snapshot push'],
    [['--overlay', 'cluster:a', '--prune-folder'], 'needs a folder as --base'],
    [['--cluster', 'a', '--git-ref', 'main'], 'needs --git-repository'],
    [['--cluster', 'a', '--timeout', '0'], 'must be a number'],
    [['--cluster', 'a', '--min-severity', 'high'], 'there are CRITICAL, HIGH'],
  ])('refuses %j', async (args, message) => {
    const { code, errors } = await run(there(...args));
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
    expect(server.asked).toEqual([]);
  });

  it.each([
    [['--server', 'http://portolan.example'], 'read along'],
    [['--server', 'ftp://portolan.example'], 'must be an http'],
    [['--insecure-http'], '--insecure-http is about a server'],
    [['--git-ref', 'main'], 'give --server'],
  ])('sends no token to whom it should not: %j', async (args, message) => {
    const { code, errors } = await run([...HERE, '--cluster', 'a', ...args]);
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
    expect(errors).not.toContain(TOKEN);
  });

  it.each([
    ['no report', { verdict: 'PASSED' }, {}, 'not understood: format'],
    ['a refusal', { code: 'UNAUTHENTICATED', detail: 'Send.' }, { status: 401 }, '401, UNAUTHENT'],
  ])('decides nothing of %s', async (_, body, { status = 200 }: { status?: number }, message) => {
    server.reply(json(status, body));
    const { code, out, errors } = await run(there('--cluster', 'a'));
    expect([code, out, errors]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it('decides nothing when report and exit code disagree', async () => {
    const report: unknown = JSON.parse((await run([...HERE, '-o', 'json'])).out);
    server.reply(json(200, report, { 'portolan-exit-code': '0' }));
    const { code, errors } = await run(there('--cluster', 'a'));
    expect([code, errors]).toEqual([2, expect.stringContaining('ends with 0')]);
  });

  it('sends settings of both sides, where there are some', async () => {
    const texts = { base: 'rules: { NP201: off }\n', head: 'rules: { NP201: low }\n' };
    folder.write({ 'base/.portolan/config.yaml': texts.base });
    folder.write({ 'head/.portolan/config.yaml': texts.head });
    server.reply(json(500, {}));
    await run(there('--base', 'base', '--cluster', 'prod'));
    const { options } = await sent();
    expect(options.config).toEqual({ ...texts, path: 'head/.portolan/config.yaml' });
  });

  it('waits no longer than it may', async () => {
    server.reply(json(202, { id: 'r', status: 'RUNNING', pollAfterMs: 30_000 }));
    const { code, errors } = await run(there('--cluster', 'a', '--timeout', '1'));
    expect([code, errors]).toEqual([2, expect.stringContaining('not done within 1 s')]);
  });

  it('takes the server from the environment', async () => {
    server.reply(json(500, {}));
    await folder.run(['diff', '--head', 'head', '--cluster', 'a'], { server: server.url });
    expect(server.asked).toHaveLength(1);
  });
});
