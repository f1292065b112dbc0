import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeHttpServer, hangUp, json } from '../../../test/support/fake-http-server.js';
import { FakeGithub, FORBIDDEN } from './fake-github.test-support.js';
import { GITHUB_TOKEN, Workspace } from './run-bundle.test-support.js';

const workload = (namespace: string, name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } }
`;
const WORKLOADS = workload('shop', 'web') + workload('shop', 'cart') + workload('data', 'db');
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: data
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }
          podSelector: { matchLabels: { app: cart } }
      ports: [{ port: 5432 }]
`;
const STRAY_DASH = POLICY.replace('          podSelector', '        - podSelector');
const GATE = { 'fail-on': 'new-cross-namespace-access' };
const MARKER = '<!-- portolan-review:offline:deploy -->';

let github: FakeGithub;
let workspace: Workspace;
beforeEach(async () => {
  github = await FakeGithub.start();
  workspace = new Workspace().write({
    'base/deploy/workloads.yaml': WORKLOADS,
    'base/deploy/db.yaml': POLICY,
    'head/deploy/workloads.yaml': WORKLOADS,
    'head/deploy/db.yaml': STRAY_DASH,
  });
});
afterEach(async () => {
  workspace.remove();
  await github.server.close();
});

const run = (inputs: Readonly<Record<string, string>> = {}, event?: object) =>
  workspace.run(inputs, github.server.url, event);

/** Sees to it that base and head are alike. */
function undoChange(): void {
  workspace.write({ 'head/deploy/db.yaml': POLICY });
}

describe('a stray dash', () => {
  it('fails the job, and is shown on its line', async () => {
    const { code, log, outputs, summary } = await run(GATE);
    expect(code).toBe(1);
    expect(log).toContain(
      '::error file=deploy/db.yaml,line=11,endLine=11,title=Something is newly',
    );
    expect(outputs).toMatchObject({
      conclusion: 'failure',
      opened: '1',
      closed: '0',
      'internet-opened': '0',
      'newly-unprotected': '0',
      'new-findings': '1',
      violations: '1',
    });
    expect(summary.startsWith(MARKER)).toBe(true);
    expect(summary).toContain('deploy/db.yaml:11');
    expect(github.comments.map(({ body }) => body.split('\r\n')[0])).toEqual([MARKER]);
    expect(log.replaceAll('::add-mask::', '').split(GITHUB_TOKEN)).toHaveLength(2);
  });

  it('gives the same bytes on two runs', async () => {
    const documents = async () => {
      const { outputs, summary } = await run(GATE);
      const files = ['report-file', 'json-file', 'sarif-file'].map((name) =>
        readFileSync(outputs[name] ?? '', 'utf8'),
      );
      return [...files, summary];
    };
    const first = await documents();
    expect(first.every((text) => text.length > 100)).toBe(true);
    expect(await documents()).toEqual(first);
  });

  it('is what SARIF says, where the workflow wants it', async () => {
    await run({ ...GATE, 'sarif-file': 'out/review.sarif' });
    const [one] = JSON.parse(readFileSync(join(workspace.path, 'out/review.sarif'), 'utf8')).runs;
    expect(one.results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'deploy/db.yaml' },
      region: { startLine: 11 },
    });
  });

  it('passes when nobody asks for its gate, and says so without annotations when told to', async () => {
    const { code, log, outputs } = await run({ 'fail-on': 'none', annotations: 'false' });
    expect([code, outputs.conclusion]).toEqual([0, 'success']);
    expect(log).not.toContain('::error');
  });
});

describe('the comment', () => {
  it('is found on the second page and updated, whoever else wrote the marker', async () => {
    github.add(`${MARKER}\nforged`, 'mallory');
    for (let i = 0; i < 120; i++) github.add(`talk ${i}`);
    const ours = github.add(`${MARKER}\r\nold`, 'github-actions[bot]', 'Bot');
    await run(GATE);
    expect(github.changes()).toEqual(['PATCH']);
    expect(ours.body).toContain('Failed: new-cross-namespace-access');
    expect(github.comments[0]?.body).toContain('forged');
    await run(GATE);
    expect(github.changes()).toEqual(['PATCH']);
  });

  it('of another author is left alone when the token tells who we are', async () => {
    github.login = 'ci';
    github.add(`${MARKER}\nold`, 'github-actions[bot]', 'Bot');
    await run(GATE);
    expect(github.changes()).toEqual(['POST']);
  });

  it('is recreated, or added to', async () => {
    const old = github.add(`${MARKER}\nold`, 'github-actions[bot]', 'Bot');
    await run({ ...GATE, 'comment-mode': 'recreate' });
    expect(github.changes()).toEqual(['POST', 'DELETE']);
    expect(github.comments.map(({ id }) => id)).not.toContain(old.id);
    await run({ ...GATE, 'comment-mode': 'new' });
    expect(github.comments).toHaveLength(2);
  });

  it('is not left to say what is no longer so', async () => {
    const old = github.add(`${MARKER}\n❌ opened`, 'github-actions[bot]', 'Bot');
    undoChange();
    await run(GATE);
    expect(old.body).toContain('✅ **Passed**');
    github.comments = [];
    await run(GATE);
    expect(github.comments).toEqual([]);
    await run({ ...GATE, comment: 'always' });
    expect(github.comments).toHaveLength(1);
  });

  it.each([
    ['never', {}],
    ['on a push', { comment: 'always' }],
  ])('is not written %s', async (when, inputs) => {
    await run({ ...GATE, comment: 'never', ...inputs }, when === 'never' ? undefined : {});
    expect(github.server.asked).toEqual([]);
  });

  it('of a fork cannot be written, which changes nothing else', async () => {
    github.interruptions.set('POST', [FORBIDDEN]);
    const { code, log, summary, outputs } = await run(GATE);
    expect([code, outputs.conclusion]).toEqual([1, 'failure']);
    expect(log).toContain('::notice::No comment is written: the token may not');
    expect(summary).toContain('deploy/db.yaml:11');
    github.interruptions.set('POST', [FORBIDDEN]);
    expect((await run({ 'fail-on': 'none' })).code).toBe(0);
  });

  it.each([
    ['a failure', 'GET', json(502, {})],
    ['a limit', 'POST', json(403, { message: 'secondary rate limit' }, { 'retry-after': '1' })],
    [
      'a limit by its counter',
      'GET',
      json(403, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }),
    ],
    ['too many requests', 'POST', json(429, {}, { 'retry-after': '0' })],
    ['a failure while it is written', 'POST', json(500, {})],
    ['a connection that is cut', 'POST', hangUp],
  ])('is written once after %s', async (_, method, failure) => {
    github.interruptions.set(method, [failure]);
    const { log } = await run(GATE);
    expect(log).not.toContain('::warning::The comment');
    expect(github.comments).toHaveLength(1);
  });

  it('is not written twice when the answer to the first is lost', async () => {
    github.interruptions.set('POST', [
      (response, { body }) => {
        github.add(JSON.parse(body.toString()).body, 'github-actions[bot]', 'Bot');
        response.writeHead(502).end();
      },
    ]);
    await run(GATE);
    expect(github.comments).toHaveLength(1);
    expect(github.changes()).toEqual(['POST']);
  });

  it('is given up when the limit lasts, which changes nothing else', async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 3_600);
    const limit = json(403, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset });
    github.interruptions.set('GET', [limit]);
    const { code, log } = await run({ 'fail-on': 'none' });
    expect([code, log]).toEqual([0, expect.stringContaining('::warning::The comment could not')]);
  });
});

describe('inputs', () => {
  it('give each path a review and a comment of its own', async () => {
    workspace.write({
      'head/more/new.yaml': workload('lab', 'tool'),
      'head/deploy/db.yaml': STRAY_DASH,
    });
    const { code, outputs } = await run({ ...GATE, paths: 'deploy\nmore/', cluster: 'prod' });
    expect(code).toBe(1);
    expect(outputs['json-file']?.split('\n')).toHaveLength(2);
    expect(github.comments.map(({ body }) => body.split('\r\n')[0])).toEqual([
      '<!-- portolan-review:prod:deploy -->',
      '<!-- portolan-review:prod:more -->',
    ]);
    expect(JSON.parse(readFileSync(outputs['sarif-file'] ?? '', 'utf8')).runs).toHaveLength(1);
  });

  it('name exceptions, of which those of the base count', async () => {
    const exceptions = `apiVersion: portolan/v1
exceptions:
  - id: web
    match: { access: { from: { workload: { namespace: shop, name: web } }, to: { namespace: data } } }
    reason: Somebody said so
    expires: 2999-01-01
`;
    workspace.write({ 'head/.portolan/exceptions.yaml': exceptions });
    expect((await run(GATE)).code).toBe(1);
    workspace.write({ 'base/.portolan/exceptions.yaml': exceptions });
    expect((await run(GATE)).outputs.conclusion).toBe('success');
  });

  it('name settings of rules, of which those of the base count', async () => {
    const gate = { 'fail-on': 'new-findings', 'min-severity': 'HIGH' };
    const settings = `rules: { ${['NP106', 'NP110', 'NP206', 'NP309'].map((id) => `${id}: off`).join(', ')} }\n`;
    workspace.write({ 'head/.portolan/config.yaml': settings });
    expect((await run(gate)).code).toBe(1);
    workspace.write({ 'base/.portolan/config.yaml': settings });
    expect((await run(gate)).outputs.conclusion).toBe('success');
  });

  it.each([
    [{ 'base-path': '' }, 'base-path is required without server-url'],
    [{ 'base-path': 'nowhere' }, 'there is no folder nowhere'],
    [{ paths: 'nowhere' }, 'nowhere is no folder of base or head'],
    [{ paths: '../base' }, 'must be a folder inside base and head'],
    [{ 'head-path': '.', paths: '.' }, 'lie in one another'],
    [{ comment: 'sometimes' }, 'there are on-change, on-opened'],
    [{ 'fail-on': 'x::error::y' }, 'there is no gate x::error::y'],
    [{ token: 'secret-token-of-portolan' }, 'token is for a server'],
    [{ 'server-url': 'https://portolan.example' }, '--cluster is required'],
  ])('are refused: %j', async (inputs, message) => {
    const { code, log, outputs } = await run(inputs);
    expect([code, outputs.conclusion]).toEqual([1, 'error']);
    expect(log).toMatch(/^::error::/m);
    expect(log).toContain(message);
    expect(github.comments).toEqual([]);
  });

  it('render without a shell, and give the command nothing of the runner', async () => {
    const script =
      'process.stdout.write(require("node:fs").readFileSync(process.argv[1] + "/all.tpl", "utf8"));' +
      'if (Object.keys(process.env).some((name) => /^(INPUT|GITHUB|PORTOLAN)_/.test(name))) process.exit(3)';
    workspace.write({
      'base/deploy/all.tpl': `${POLICY}${WORKLOADS}`,
      'head/deploy/all.tpl': `${STRAY_DASH}${WORKLOADS}`,
    });
    const { code, log } = await run({
      ...GATE,
      render: `${process.execPath} -e '${script}' {dir}`,
    });
    expect(log).toContain('::error title=Something is newly');
    expect(code).toBe(1);
  });

  it('name a folder of which nothing can be used, and nothing is decided', async () => {
    workspace.write({ 'head/new/a.yaml': 'kind: {{ .Values.kind }}\n' });
    const { code, log } = await run({ paths: 'new' });
    expect([code, log]).toEqual([1, expect.stringContaining('nothing of the new folder')]);
  });

  it('lead to nothing outside of the checkouts', async () => {
    mkdirSync(join(workspace.path, 'elsewhere'));
    symlinkSync('../elsewhere', join(workspace.path, 'head/link'));
    workspace.write({ 'base/link/a.yaml': WORKLOADS });
    const { code, log } = await run({ paths: 'link' });
    expect([code, log]).toEqual([1, expect.stringContaining('leads out of the checkout')]);
  });
});

describe('with a server', () => {
  it('the server reviews, and what it says is published', async () => {
    const { outputs } = await run({ ...GATE, cluster: 'prod' });
    const report: unknown = JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8'));
    const server = await FakeHttpServer.start();
    server.reply(json(200, report, { 'portolan-exit-code': '1' }));
    const token = 'secret-token-of-portolan';
    const inputs = { 'server-url': server.url, token, cluster: 'prod', 'base-path': '' };
    const { code, log } = await run({ ...GATE, ...inputs, overlay: 'cluster:prod' });
    expect(code).toBe(1);
    expect(log.split(token)).toHaveLength(2);
    const [asked] = server.asked;
    expect(asked?.headers.authorization).toBe(`Bearer ${token}`);
    expect(asked?.body.toString('latin1')).toContain('"pullRequest":7');
    expect(existsSync(join(workspace.path, 'head/owned'))).toBe(false);
    await server.close();
  });
});
