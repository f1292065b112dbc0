import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ran, TryFolder } from '../../apps/cli/src/terminal.test-support.js';
import { fixture, QueryServer } from './query-server.js';
import { digestOf } from './test-server.js';

const TOKEN = 'a-token-of-enough-length';
/** Two of one name, and a name that only a pod has. */
const MORE = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: frontend, namespace: shop }
spec:
  selector: { matchLabels: { app: other } }
  template: { metadata: { labels: { app: other } }, spec: { containers: [{ name: main }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: catalog-x, namespace: shop, labels: { app: catalog }, ownerReferences: [{ apiVersion: example.org/v1, kind: Rollout, name: catalog-rollout, uid: a, controller: true }] }
spec: { containers: [{ name: main }] }
`;

let server: QueryServer;
let folder: TryFolder;
let id: string;
beforeAll(async () => {
  server = await QueryServer.start({ token: TOKEN, config: { tokenDigests: [digestOf(TOKEN)] } });
  await server.server.createCluster('deploy');
  folder = new TryFolder().write({
    'deploy/shop.yaml': fixture('shop.yaml') + MORE,
    'admin/admin.yaml': fixture('admin-policies.yaml'),
  });
  id = await push('deploy', 'deploy');
});
afterAll(async () => {
  folder.remove();
  await server.close();
});

async function push(input: string, cluster: string): Promise<string> {
  const args = ['snapshot', 'push', input, '--cluster', cluster, '-o', 'json'];
  const { out, errors } = await run(args);
  expect(errors).toBe('');
  return (JSON.parse(out) as { id: string }).id;
}

function run(args: readonly string[]): Promise<Ran> {
  return folder.run(args, { server: server.url, token: TOKEN });
}

/** The same command about a folder here, and about the server. */
async function both(...args: readonly string[]): Promise<{ here: Ran; there: Ran }> {
  const [command = '', ...rest] = args;
  const here = await folder.run([command, 'deploy', ...rest]);
  return { here, there: await run([command, 'cluster:deploy', ...rest]) };
}

describe('portolan list --server', () => {
  it('writes the same bytes as here', async () => {
    for (const format of ['csv', 'text', 'dot'])
      for (const group of ['workload', 'pod', 'namespace']) {
        const { here, there } = await both('list', '-o', format, '--group-by', group);
        expect(here.out.length).toBeGreaterThan(100);
        expect(there).toEqual(here);
      }
  });

  it('writes JSON that differs in what it says of the snapshot alone', async () => {
    const { here, there } = await both('list', '-o', 'json');
    const rest = (text: string): string => text.replace(/"snapshot":\{[^}]*\}/, '');
    expect(rest(there.out)).toBe(rest(here.out));
    const { snapshot } = JSON.parse(there.out) as { snapshot: { digest: string } };
    const local = JSON.parse(here.out) as { snapshot: { digest: string } };
    expect(snapshot).toMatchObject({ digest: local.snapshot.digest, takenAt: expect.any(String) });
  });

  it('writes a file, and takes a snapshot by both of its ids', async () => {
    const [, uuid = ''] = Buffer.from(id, 'base64url').toString().split(':');
    const { out } = await run(['list', 'cluster:deploy', '-o', 'csv']);
    for (const name of [id, uuid, uuid.toUpperCase()]) {
      const args = ['list', `snapshot:${name}`, '-o', 'csv', '--output-file', 'access.csv'];
      expect(await run(args)).toEqual({ code: 0, out: '', errors: '' });
      expect(readFileSync(join(folder.path, 'access.csv'), 'utf8')).toBe(out);
    }
  });

  it('follows the profile of the cluster unless it is told not to', async () => {
    await server.server.createCluster('open');
    const stored = await push('deploy', 'open');
    const { cluster } = await server.data('{ cluster(slug: "open") { id } }');
    const input = { clusterId: cluster.id as string, profile: { enforcement: 'NONE' } };
    await server.data(UPDATE, { input });
    const list = (...more: string[]): Promise<Ran> =>
      run(['list', `snapshot:${stored}`, '-o', 'csv', ...more]);
    const here = (await folder.run(['list', 'deploy', '-o', 'csv'])).out;
    expect((await list()).out.length).toBeGreaterThan(here.length);
    expect((await list('--assume-enforced')).out).toBe(here);
    const query = [
      'query',
      `snapshot:${stored}`,
      'can-reach',
      'internet',
      'data/postgres',
      '--port=5432',
    ];
    expect((await run(query)).out).toContain('ALLOWED from');
    expect((await run([...query, '--assume-enforced'])).out).toContain('DENIED from');
  });
});

const UPDATE = `mutation ($input: UpdateClusterInput!) {
  updateCluster(input: $input) { userErrors { message } }
}`;

describe('portolan query --server', () => {
  it.each([
    ['who-can-reach', 'data/postgres'],
    ['who-can-reach', 'data/postgres', '--port', '5432'],
    ['who-can-reach', 'shop/catalog'],
    ['who-can-reach', 'Deployment:shop/frontend'],
    ['who-can-reach', 'StatefulSet:shop/frontend'],
    ['who-can-reach', 'shop/catalog-x'],
    ['who-can-reach', 'pod:shop/catalog-x', '--port', 'http'],
    ['who-can-reach', 'Rollout:shop/catalog-rollout'],
    ['who-can-reach', 'namespace:data'],
    ['who-can-reach', 'internet'],
    ['reachable-from', 'shop/catalog'],
    ['reachable-from', 'namespace:shop', '--protocol', 'UDP'],
    ['reachable-from', '10.1.2.3/8'],
    ['reachable-from', '2001:db8::1'],
    ['can-reach', 'shop/catalog', 'data/postgres', '--port', '5432'],
    ['can-reach', 'shop/catalog-x', 'shop/catalog-x'],
    ['can-reach', 'namespace:shop', 'namespace:data'],
    ['can-reach', 'internet', 'Deployment:shop/frontend', '--port', 'http'],
    ['can-reach', 'shop/catalog', '192.0.2.0/24', '--protocol', 'SCTP'],
    ['who-can-reach', 'data/postgres-1'],
    ['can-reach', 'CronJob:shop/report', 'data/postgres', '--port', '5432'],
  ])('says of %s %s what is said here', async (...args) => {
    const { here, there } = await both('query', ...args);
    expect(here).toMatchObject({ code: 0, errors: '' });
    expect(there).toEqual(here);
    const json = await both('query', ...args, '-o', 'json');
    expect(json.there).toEqual(json.here);
  });

  it('names policies of every kind and where their peers are', async () => {
    await server.server.createCluster('admin');
    await push('admin', 'admin');
    const ends = [
      'namespace:shop',
      'internet',
      'shop/web',
      'lab/probe',
      'pod:lab/probe',
      '10.0.0.0/8',
    ];
    for (const end of ends)
      for (const question of ['who-can-reach', 'reachable-from']) {
        const here = await folder.run(['query', 'admin', question, end]);
        expect(here.code).toBe(0);
        expect(await run(['query', 'cluster:admin', question, end])).toEqual(here);
      }
  });

  it('puts pages together', async () => {
    const names = Array.from({ length: 130 }, (_, i) => `w${String(i).padStart(3, '0')}`);
    const workload = (name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: many }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } }
`;
    folder.write({ 'many/all.yaml': names.map(workload).join('') });
    await server.server.createCluster('many');
    await push('many', 'many');
    const here = await folder.run(['query', 'many', 'who-can-reach', 'many/w000', '-o', 'json']);
    expect((JSON.parse(here.out) as { rows: unknown[] }).rows.length).toBeGreaterThan(129);
    const there = ['query', 'cluster:many', 'who-can-reach', 'many/w000', '-o', 'json'];
    expect(await run(there)).toEqual(here);
  });

  it.each([
    [['who-can-reach', 'shop/catalogue'], 'Did you mean shop/catalog?'],
    [['who-can-reach', 'pod:shop/none'], 'There is no pod'],
    [['can-reach', 'shop/catalog', 'data/none'], 'data/none'],
    [['reachable-from', 'namespace:shopp'], 'shopp'],
    [['reachable-from', 'Rollout:shop/catalog'], 'There is no Rollout shop/catalog'],
    [['reachable-from', 'Rollout:shop/none'], 'There is no Rollout shop/none'],
    [['reachable-from', 'shop/frontend'], 'is ambiguous'],
  ])('ends with 2 and says why of %j', async (args, message) => {
    const { here, there } = await both('query', ...args);
    expect([here.code, there.code, there.out]).toEqual([2, 2, '']);
    expect(there.errors).toContain(message);
    expect(there.errors).not.toMatch(/\n +at |a bug/);
  });
});

describe('portolan check --server', () => {
  const day = ['--today', '2026-03-01'];
  const without = (text: string): string =>
    text.replaceAll('`inputReport`', '`portolan check --strict`');

  it.each([
    [[]],
    [['--fail-on', 'none']],
    [['--fail-on', 'medium', '--min-severity', 'medium']],
    [['--rule', 'NP306=off', '--rule', 'NP102=CRITICAL']],
    [['--exceptions', 'e.yaml']],
    [['--baseline', 'known.json', '--fail-on', 'info']],
  ])('finds what is found here, with %j', async (more) => {
    folder.write({ 'e.yaml': EXCEPTIONS });
    await folder.run(['check', 'deploy', ...day, '--write-baseline', 'known.json']);
    for (const format of ['json', 'text', 'md', 'sarif', 'junit', 'gitlab']) {
      const { here, there } = await both('check', ...day, ...more, '-o', format);
      expect(here.errors).toBe('');
      expect(here.out.length).toBeGreaterThan(2);
      expect({ ...there, out: without(there.out) }).toEqual(here);
    }
  });

  it('writes the baseline that is written here', async () => {
    await folder.run(['check', 'deploy', ...day, '--write-baseline', 'here.json']);
    const args = ['check', `snapshot:${id}`, ...day, '--write-baseline', 'there.json'];
    expect((await run(args)).code).toBe(0);
    const [here, there] = ['here.json', 'there.json'].map((file) =>
      readFileSync(join(folder.path, file), 'utf8'),
    );
    expect(there).toBe(here);
  });
});

const EXCEPTIONS = `apiVersion: portolan/v1
exceptions:
  - id: report
    match: { finding: { rule: NP101, object: Deployment shop/report } }
    reason: A test
    expires: 2027-01-31
`;

it.each([
  [['list', 'cluster:none'], 'There is no snapshot of a cluster none'],
  [['list', 'snapshot:none'], 'There is no snapshot none'],
  [['query', 'cluster:none', 'who-can-reach', 'internet'], 'There is no snapshot of a cluster'],
])('%j ends with 2', async (args, message) => {
  const { code, out, errors } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(errors).toContain(message);
});

it('says of a token that is not known what the server says', async () => {
  for (const args of [
    ['list', 'cluster:deploy'],
    ['query', 'cluster:deploy', 'who-can-reach', 'internet'],
  ]) {
    const ran = await folder.run(args, { server: server.url, token: 'another-token' });
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.errors).toContain('UNAUTHENTICATED');
    expect(ran.errors).not.toContain('another-token');
  }
});
