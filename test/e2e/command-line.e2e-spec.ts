import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  POLICY,
  type Ran,
  TryFolder,
  WORKLOADS,
} from '../../apps/cli/src/terminal.test-support.js';
import { QueryServer } from './query-server.js';
import { digestOf } from './test-server.js';

const TOKEN = 'the-token-of-portolan-itself';

let portolan: QueryServer;
beforeAll(async () => {
  portolan = await QueryServer.start({ token: TOKEN, config: { tokenDigests: [digestOf(TOKEN)] } });
});
afterAll(() => portolan.close());

let folder: TryFolder;
let cluster: string;
let clusters = 0;
beforeEach(async () => {
  cluster = `pushed-${clusters++}`;
  await portolan.server.createCluster(cluster);
  folder = new TryFolder().write({
    'deploy/workloads.yaml': WORKLOADS,
    'deploy/policies/db.yaml': POLICY,
  });
});
afterEach(() => folder.remove());

function push(args: readonly string[], token: string | null = TOKEN, input = ''): Promise<Ran> {
  const all = ['snapshot', 'push', ...args, '--server', portolan.url];
  return folder.run(all, { token, input });
}

describe('portolan snapshot push', () => {
  it('stores a folder, and says where its problems are', async () => {
    folder.write({ 'deploy/odd.yaml': POLICY.replace('podSelector: {}', 'podSelektor: {}') });
    const { code, out, errors } = await push(['deploy', '--cluster', cluster]);
    expect([code, errors]).toEqual([0, '']);
    expect(out).toContain(`of cluster ${cluster}: PARTIAL`);
    expect(out).toContain('2 namespaces, 3 workloads');
    expect(out).toMatch(/ERROR UNKNOWN_FIELD deploy\/odd\.yaml:\d+ data\/db: .*podSelector/);
    const [, id = ''] = /Snapshot (\S+) /.exec(out) ?? [];
    const { canReach } = await portolan.snapshot(
      id,
      `canReach(from: { workload: { namespace: "shop", name: "web" } },
                to: { workload: { namespace: "data", name: "db" } }, traffic: { protocol: TCP, port: 5432 }) { verdict }`,
    );
    expect(canReach.verdict).toBe('DENIED');
  });

  it('says where the manifests come from in git', async () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const git = ['--git-repository', 'acme/deploy', '--git-commit', commit, '--git-ref', 'main'];
    const more = ['--git-pull-request', '7', '--git-url', 'https://git.example/7'];
    const { code, out } = await push([
      'deploy',
      '--cluster',
      cluster,
      '-o',
      'json',
      ...git,
      ...more,
    ]);
    expect(code).toBe(0);
    const { id } = JSON.parse(out) as { id: string };
    const { source } = await portolan.snapshot(
      id,
      'source { git { repository commit ref pullRequest url } }',
    );
    expect(source.git).toEqual({
      repository: 'acme/deploy',
      commit,
      ref: 'main',
      pullRequest: 7,
      url: 'https://git.example/7',
    });
    const ref = { ref: { commit: { cluster, commit } } };
    const find = 'query ($ref: SnapshotRefInput!) { snapshot(ref: $ref) { id } }';
    expect((await portolan.data(find, ref)).snapshot.id).toBe(id);
  });

  it.each([
    [['--git-ref', 'main'], '--git-ref needs --git-repository'],
    [['--git-repository', 'a', '--git-commit', 'abc'], '400, BAD_USER_INPUT: A commit is a full'],
    [['--git-repository', 'a', '--git-url', 'ftp://x'], '400, BAD_USER_INPUT: A link begins with'],
  ])('stores nothing with %j', async (args, message) => {
    const { code, errors } = await push(['deploy', '--cluster', cluster, ...args]);
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('stores standard input as complete, and the same state is the same snapshot', async () => {
    const args = ['-', '--cluster', cluster, '--completeness', 'complete', '-o', 'json'];
    const [first, second] = [
      await push(args, TOKEN, WORKLOADS),
      await push(args, TOKEN, WORKLOADS),
    ];
    const { id, ...stored } = JSON.parse(first.out);
    expect(stored).toMatchObject({ cluster, completeness: 'COMPLETE', stats: { workloads: 3 } });
    expect(JSON.parse(second.out).id).toBe(id);
  });

  it.each([
    ['a file without manifests', ['deploy/notes.yaml'], TOKEN, 'Nothing is stored.'],
    ['a wrong token', ['deploy'], 'the-token-of-somebody-else', 'UNAUTHENTICATED'],
    ['no token', ['deploy'], null, 'UNAUTHENTICATED'],
    ['a folder that is not there', ['nowhere'], TOKEN, 'no such file or folder'],
    ['a time to come', ['deploy', '--taken-at', '2999-01-01T00:00:00Z'], TOKEN, 'takenAt'],
  ])('stores nothing of %s', async (_, args, token, message) => {
    folder.write({ 'deploy/notes.yaml': 'a: 1\n' });
    const { code, out, errors } = await push([...args, '--cluster', cluster], token);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(message);
  });

  it('stores nothing that is wrong with --strict, and knows no cluster that is not there', async () => {
    folder.write({ 'deploy/odd.yaml': POLICY.replace('podSelector: {}', 'podSelektor: {}') });
    const strict = await push(['deploy', '--cluster', cluster, '--strict']);
    expect([strict.code, strict.errors]).toEqual([
      2,
      expect.stringMatching(/odd\.yaml:\d+: data\/db/),
    ]);
    const unknown = await push(['deploy', '--cluster', 'nowhere']);
    expect([unknown.code, unknown.errors]).toEqual([2, expect.stringContaining('404')]);
  });
});
