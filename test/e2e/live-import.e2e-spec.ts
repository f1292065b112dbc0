import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importCluster } from '../../apps/import/src/import-cluster.js';
import { Interrupted } from '../../apps/import/src/import-error.js';
import {
  type ApiObject,
  breakOff,
  FakeApiServer,
  neverEnd,
  status,
} from '../../libs/live/src/fake-api-server.test-support.js';
import { type ImportProcess, startImport } from './import-process.js';
import { QueryServer } from './query-server.js';
import { digestOf } from './test-server.js';

const TOKEN = 'the-token-of-portolan-itself';
const PODS = '/api/v1/pods';

let spoolFolder: string;
let portolan: QueryServer;
beforeAll(async () => {
  spoolFolder = mkdtempSync(join(tmpdir(), 'portolan-e2e-'));
  const config = { spoolFolder, tokenDigests: [digestOf(TOKEN)] };
  portolan = await QueryServer.start({ token: TOKEN, config });
});
afterAll(async () => {
  await portolan.close();
  rmSync(spoolFolder, { recursive: true });
});

let api: FakeApiServer;
let folder: string;
let cluster: string;
let clusters = 0;
beforeEach(async () => {
  api = await FakeApiServer.start();
  folder = mkdtempSync(join(tmpdir(), 'portolan-import-'));
  cluster = `live-${clusters++}`;
  await portolan.server.createCluster(cluster);
  serveShop();
});
const running: ImportProcess[] = [];
afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
  await api.close();
});

/** A shop of 1,201 pods, of which one policy lets web talk to the others. */
function serveShop(pods: readonly ApiObject[] = [pod('web', 'web'), ...replicas(1_200)]): void {
  const labels = { 'kubernetes.io/metadata.name': 'shop' };
  api.serve('', 'v1', 'namespaces', 'Namespace', [{ metadata: { name: 'shop', labels } }]);
  api.serve('', 'v1', 'pods', 'Pod', pods);
  api.serve('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy', [
    {
      metadata: { name: 'from-web', namespace: 'shop' },
      spec: {
        podSelector: { matchLabels: { app: 'cart' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
      },
    },
  ]);
}

function pod(name: string, app: string): ApiObject {
  return {
    metadata: { name, namespace: 'shop', labels: { app } },
    spec: { containers: [{ name: 'c', env: [{ name: 'PASSWORD', value: 'SECRET' }] }] },
    status: { phase: 'Running' },
  };
}

function replicas(count: number): ApiObject[] {
  return Array.from({ length: count }, (_, i) => pod(`cart-${i}`, 'cart'));
}

function start(args: readonly string[] = [], token = TOKEN): ImportProcess {
  const kubeconfig = join(folder, 'config');
  writeFileSync(kubeconfig, api.kubeconfig);
  const all = ['--cluster', cluster, '--server', portolan.url, '--kubeconfig', kubeconfig, ...args];
  const started = startImport(all, { PORTOLAN_TOKEN: token });
  running.push(started);
  return started;
}

/** How an import ended, and all that it wrote. */
async function run(args: readonly string[] = [], token = TOKEN): Promise<[number | null, string]> {
  const { exit, output } = start(args, token);
  const code = await exit;
  expect(output()).not.toMatch(/the-token-of|SECRET/);
  return [code, output()];
}

const LATEST = `query ($cluster: String!) {
  cluster(slug: $cluster) { latestSnapshot {
    id completeness stats { pods policies } caveats { code message }
    inputReport { nodes { code severity kind reason location { path } } }
  } }
}`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test asserts what is in it
async function latest(): Promise<any> {
  return (await portolan.data(LATEST, { cluster })).cluster.latestSnapshot as unknown;
}

describe('a live cluster', () => {
  it('becomes a complete snapshot, of which questions are asked', async () => {
    const [code, output] = await run();
    expect([code, output]).toEqual([0, expect.stringMatching(/1201 pods[^]*: COMPLETE/)]);
    const snapshot = await latest();
    expect(output).toContain(snapshot.id);
    expect(snapshot).toMatchObject({
      completeness: 'COMPLETE',
      stats: { pods: 1_201, policies: 1 },
      inputReport: { nodes: [] },
    });
    expect(api.asked.filter((path) => path.startsWith(PODS))).toHaveLength(3);
    const { canReach } = await portolan.snapshot(
      snapshot.id as string,
      `canReach(from: { pod: { namespace: "shop", name: "cart-0" } },
                to: { pod: { namespace: "shop", name: "cart-1" } }, traffic: { protocol: TCP, port: 80 }) { verdict }`,
    );
    expect(canReach.verdict).toBe('DENIED');
  });

  it('is the same snapshot when nothing has changed', async () => {
    await run();
    const { id } = await latest();
    expect((await run())[1]).toContain(id);
  });

  it('has what its lists had in the end, when one had to be begun anew', async () => {
    api.misbehave(`${PODS}?limit=500&continue=1000`, (response, request) => {
      serveShop([pod('web', 'web'), ...replicas(700)]);
      status(410)(response, request);
    });
    expect((await run())[0]).toBe(0);
    expect(await latest()).toMatchObject({ stats: { pods: 701 }, inputReport: { nodes: [] } });
  });

  it('tells of policies that are not evaluated', async () => {
    const metadata = { name: 'deny', namespace: 'shop' };
    api.serve('cilium.io', 'v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy', [{ metadata }]);
    const [code, output] = await run();
    expect([code, output]).toEqual([0, expect.stringContaining('CiliumNetworkPolicy shop/deny')]);
    expect((await latest()).completeness).toBe('COMPLETE');
  });
});

describe('a kind that may not be listed', () => {
  const NODES = '/api/v1/nodes';

  it('makes the snapshot partial, and is a problem of it', async () => {
    api.forbid(NODES);
    const [code, output] = await run();
    expect([code, output]).toEqual([0, expect.stringMatching(/nodes cannot be[^]*: PARTIAL/)]);
    const { completeness, caveats, inputReport } = await latest();
    expect(completeness).toBe('PARTIAL');
    expect(caveats[0]).toMatchObject({
      code: 'SNAPSHOT_PARTIAL',
      message: expect.stringContaining('1 kind could not be listed'),
    });
    expect(inputReport.nodes).toEqual([
      expect.objectContaining({ code: 'KIND_NOT_LISTED', severity: 'ERROR', kind: 'Node' }),
    ]);
  });

  it('refuses the snapshot when it has to be whole', async () => {
    api.forbid(NODES);
    const [code, output] = await run(['--strict']);
    expect([code, output]).toEqual([1, expect.stringMatching(/Nothing is stored: .*Nothing was/)]);
    expect(await latest()).toBeNull();
  });
});

describe('an import that fails', () => {
  it.each([
    ['is refused', status(400)],
    ['needs other credentials', status(401)],
  ])('stores nothing when its listing %s half way', async (_, act) => {
    api.misbehave(`${PODS}?limit=500&continue=1000`, act, Infinity);
    const [code, output] = await run();
    expect([code, output]).toEqual([1, expect.stringContaining('Nothing is stored')]);
    expect(await latest()).toBeNull();
    const spooled = (): string[] =>
      readdirSync(spoolFolder).flatMap((name) => readdirSync(join(spoolFolder, name)));
    await expect.poll(spooled).toEqual([]);
  });

  it('names what Portolan does not take', async () => {
    cluster = 'nobody-made-it';
    expect(await run()).toEqual([1, expect.stringMatching(/404.*createCluster/)]);
    expect(await run([], 'another-token-of-portolan')).toEqual([1, expect.stringMatching(/401/)]);
    expect(await run(['--server', 'http://127.0.0.1:1'])).toEqual([
      1,
      expect.stringContaining('ECONNREFUSED'),
    ]);
    expect(await run(['--context', 'none'])).toEqual([1, expect.stringContaining('no context')]);
    expect(await run(['--server', 'x'])).toEqual([2, expect.stringContaining('Usage')]);
  });
});

describe('an API server in trouble', () => {
  it('is asked again when a connection breaks, hangs, or is refused for a while', async () => {
    api.misbehave(`${PODS}?limit=500`, breakOff);
    api.misbehave('/api/v1/nodes', neverEnd);
    api.misbehave('/api/v1/services', status(429, { 'retry-after': '1' }));
    expect((await run(['--request-seconds', '1']))[0]).toBe(0);
    expect(await latest()).toMatchObject({ completeness: 'COMPLETE', stats: { pods: 1_201 } });
  });
});

describe('an interrupted import', () => {
  it('stores nothing while it lists', async () => {
    api.misbehave(PODS, neverEnd, Infinity);
    const { child, exit, output } = start();
    await expect.poll(() => api.asked, { timeout: 60_000 }).toContain(`${PODS}?limit=500`);
    child.kill('SIGINT');
    expect([await exit, output()]).toEqual([130, expect.stringContaining('nothing is stored')]);
    expect(await latest()).toBeNull();
  });

  it.each([
    ['stops the job', [], /Nothing is stored: job J1 is cancelled/],
    ['says so when it is too late', [{ message: 'too late' }], /job J1 .* may be stored/],
  ])('%s once all is sent', async (_, userErrors, message) => {
    const stop = new AbortController();
    const server = createServer((request, response) => {
      request.resume().once('end', () => {
        if (request.url !== '/graphql') {
          response.writeHead(202).end(JSON.stringify({ job: { id: 'J1' } }));
          return;
        }
        // The second question is that to stop the job.
        const data = stop.signal.aborted
          ? { cancelJob: { userErrors } }
          : { job: { status: 'IN_PROGRESS', pollAfterMs: 10_000, error: null, result: null } };
        response.end(JSON.stringify({ data }));
        stop.abort(new Interrupted('stopped'));
      });
    }).listen(0, '127.0.0.1');
    await expect.poll(() => server.listening).toBe(true);
    const file = join(folder, 'config');
    writeFileSync(file, api.kubeconfig);
    const options = {
      cluster,
      server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      token: null,
      access: { from: 'kubeconfig', file, context: null },
      isStrict: false,
      requestMs: 5_000,
    } as const;
    const importing = importCluster(options, stop.signal, {
      progress: () => undefined,
      result: () => undefined,
    });
    await expect(importing).rejects.toThrow(message);
    await expect(importing).rejects.toBeInstanceOf(Interrupted);
    server.closeAllConnections();
    server.close();
  });
});
