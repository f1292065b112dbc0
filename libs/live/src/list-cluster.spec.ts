import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ApiObject,
  breakOff,
  FakeApiServer,
  json,
  neverEnd,
  status,
  text,
  TOKEN,
} from './fake-api-server.test-support.js';
import { openApiServer } from './kube-config.js';
import { listCluster, type ListingPart } from './list-cluster.js';
import { ListingError } from './listing-error.js';
import { DEFAULT_LISTING_LIMITS, type ListingLimits } from './listing-limits.js';

const LIMITS: ListingLimits = {
  ...DEFAULT_LISTING_LIMITS,
  pageSize: 2,
  requestMs: 5_000,
  attempts: 3,
  firstWaitMs: 1,
  maxWaitMs: 50,
};

let api: FakeApiServer;
let folder: string;
beforeEach(async () => {
  api = await FakeApiServer.start();
  folder = mkdtempSync(join(tmpdir(), 'portolan-live-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await api.close();
});

const named = (...names: string[]): ApiObject[] => names.map((name) => ({ metadata: { name } }));
const PODS = '/api/v1/pods';

async function list(
  limits: Partial<ListingLimits> = {},
  signal = new AbortController().signal,
): Promise<ListingPart[]> {
  const file = join(folder, 'config');
  writeFileSync(file, api.kubeconfig);
  const server = openApiServer({ from: 'kubeconfig', file, context: null });
  const parts: ListingPart[] = [];
  for await (const part of listCluster(server, { ...LIMITS, ...limits }, signal)) parts.push(part);
  return parts;
}

/** The objects of a file. */
function objectsIn(parts: readonly ListingPart[], path: string): ApiObject[] {
  return parts.flatMap((part) =>
    part.type === 'FILE' && part.path === path
      ? part.content
          .toString()
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as ApiObject)
      : [],
  );
}

const podNames = (parts: readonly ListingPart[]): unknown[] =>
  objectsIn(parts, 'pods.json').map(({ metadata }) => (metadata as { name: string }).name);
const gaps = (parts: readonly ListingPart[]): string[] =>
  parts.flatMap((part) => (part.type === 'GAP' ? [part.resource] : []));

describe('listCluster', () => {
  it('gives the objects of all pages, each with what it is', async () => {
    api.serve('', 'v1', 'pods', 'Pod', named('a', 'b', 'c', 'd', 'e'));
    const parts = await list();
    expect(objectsIn(parts, 'pods.json').map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual(
      Array(5).fill(['v1', 'Pod']),
    );
    expect(podNames(parts)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(parts).toContainEqual({ type: 'LISTED', resource: 'pods', objects: 5 });
    expect(api.asked.filter((path) => path.startsWith(PODS))).toEqual([
      `${PODS}?limit=2`,
      `${PODS}?limit=2&continue=2`,
      `${PODS}?limit=2&continue=4`,
    ]);
    expect(gaps(parts)).toEqual([]);
  });

  it('never asks for Secrets and ConfigMaps', async () => {
    await list();
    expect(api.asked.filter((path) => /secret|configmap/i.test(path))).toEqual([]);
  });

  it('takes kinds in the version that the server has, and no others', async () => {
    api.serve('policy.networking.k8s.io', 'v9', 'adminnetworkpolicies', 'AdminNetworkPolicy', [
      { metadata: { name: 'a' }, spec: { priority: 1 } },
    ]);
    const parts = await list();
    expect(objectsIn(parts, 'adminnetworkpolicies.policy.networking.k8s.io.json')).toEqual([
      {
        apiVersion: 'policy.networking.k8s.io/v9',
        kind: 'AdminNetworkPolicy',
        metadata: { name: 'a' },
        spec: { priority: 1 },
      },
    ]);
    expect(api.asked.some((path) => path.includes('cilium'))).toBe(false);
  });

  it('finds policies of kinds that nobody here has heard of', async () => {
    const definition = 'foonetworkpolicies.example.com';
    api.serve(
      'apiextensions.k8s.io',
      'v1',
      'customresourcedefinitions',
      'CustomResourceDefinition',
      named(definition, 'widgets.example.com'),
    );
    api.serve('example.com', 'v2', 'foonetworkpolicies', 'FooNetworkPolicy', named('x'));
    const parts = await list();
    expect(objectsIn(parts, `${definition}.json`)).toEqual([
      { apiVersion: 'example.com/v2', kind: 'FooNetworkPolicy', metadata: { name: 'x' } },
    ]);
  });
});

describe('a list that expires', () => {
  it('is begun anew, and nothing of the first attempt is left', async () => {
    api.serve('', 'v1', 'pods', 'Pod', named('gone', 'b', 'c'));
    api.misbehave(`${PODS}?limit=2&continue=2`, (response, request) => {
      api.serve('', 'v1', 'pods', 'Pod', named('b', 'c', 'new'));
      status(410)(response, request);
    });
    expect(podNames(await list())).toEqual(['b', 'c', 'new']);
  });

  it('is asked for in one piece in the end', async () => {
    api.serve('', 'v1', 'pods', 'Pod', named('a', 'b', 'c'));
    api.misbehave(`${PODS}?limit=2&continue=2`, status(410), Infinity);
    expect(podNames(await list())).toEqual(['a', 'b', 'c']);
    expect(api.asked).toContain(PODS);
  });

  it('fails when even that expires', async () => {
    api.misbehave(PODS, status(410), Infinity);
    await expect(list()).rejects.toThrow(/pods expired 4 times/);
  });
});

describe('a kind that may not be listed', () => {
  it('is a gap, and the last file says so', async () => {
    api.serve('cilium.io', 'v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy', named('x'));
    api.forbid('/apis/cilium.io/v2/ciliumnetworkpolicies');
    const parts = await list();
    expect(gaps(parts)).toEqual(['ciliumnetworkpolicies.cilium.io']);
    const spec = { group: 'cilium.io', kind: 'CiliumNetworkPolicy', reason: '403 Forbidden' };
    expect(objectsIn(parts.slice(-1), 'not-listed.json')).toEqual([
      expect.objectContaining({ apiVersion: 'portolan/v1', kind: 'UnlistedKind', spec }),
    ]);
  });

  it('is no gap of the snapshot where access does not depend on it', async () => {
    api.serve('apiregistration.k8s.io', 'v1', 'apiservices', 'APIService', named('x'));
    api.forbid('/apis/apiregistration.k8s.io/v1/apiservices');
    const parts = await list();
    expect(gaps(parts)).toEqual(['apiservices.apiregistration.k8s.io']);
    expect(objectsIn(parts, 'not-listed.json')).toEqual([]);
  });

  it('is a gap also when that is known in the middle of it', async () => {
    api.serve('', 'v1', 'pods', 'Pod', named('a', 'b', 'c'));
    api.forbid(`${PODS}?limit=2&continue=2`);
    const parts = await list();
    expect(gaps(parts)).toEqual(['pods']);
    expect(podNames(parts)).toEqual([]);
  });

  it('is none when it is not installed, or goes away', async () => {
    api.serve('cilium.io', 'v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy', named('x'));
    api.misbehave('/apis/cilium.io/v2/ciliumnetworkpolicies', status(404), Infinity);
    expect(gaps(await list())).toEqual([]);
  });

  it('is one when every API server should have it', async () => {
    api.remove('/apis/networking.k8s.io/v1/networkpolicies');
    expect(gaps(await list())).toEqual(['networkpolicies.networking.k8s.io']);
  });
});

describe('an API server in trouble', () => {
  beforeEach(() => api.serve('', 'v1', 'pods', 'Pod', named('a', 'b', 'c')));

  it.each([
    ['too many requests', status(429, { 'retry-after': '0' })],
    ['an error', status(500)],
    ['an overload', status(503, { 'retry-after': new Date(0).toUTCString() })],
    ['a connection that breaks in the middle', breakOff],
    ['no JSON', text('<html>')],
    ['JSON that is cut', text('{"items": [')],
    ['JSON that is no object', json([])],
    [
      'a connection that is closed at once',
      (response: { destroy: () => void }) => response.destroy(),
    ],
  ])('is asked again after %s', async (_, act) => {
    api.misbehave(`${PODS}?limit=2&continue=2`, act, 2);
    expect(podNames(await list())).toEqual(['a', 'b', 'c']);
  });

  it('is asked again when an answer does not end in time', async () => {
    api.misbehave(PODS, neverEnd);
    expect(podNames(await list({ requestMs: 300 }))).toEqual(['a', 'b', 'c']);
  });

  it('is given up after some attempts', async () => {
    api.misbehave(PODS, status(503), Infinity);
    await expect(list()).rejects.toThrow(/\/api\/v1\/pods, asked 3 times: status 503/);
  });

  it('is left alone for as long as it says, but not for ever', async () => {
    api.misbehave(PODS, status(429, { 'retry-after': '86400' }));
    expect(podNames(await list())).toEqual(['a', 'b', 'c']);
  });

  it('is given up when the whole takes too long', async () => {
    api.misbehave(PODS, neverEnd, Infinity);
    await expect(list({ totalMs: 300 })).rejects.toThrow(/not ended within 0.3 s/);
  });

  it.each([
    ['unknown credentials', status(401), /does not know these credentials/],
    ['a redirect', status(302, { location: '/elsewhere' }), /status 302/],
    ['no list', json({ kind: 'PodList' }), /no list/],
    ['a page that goes in circles', json({ items: [], metadata: { continue: 'x' } }), /no list/],
    ['an endless answer', text(`"${'x'.repeat(3_000)}"`), /more than 2000 bytes/],
  ])('is not asked again after %s', async (_, act, message) => {
    api.misbehave(PODS, act, Infinity);
    const listing = list({ maxAnswerBytes: 2_000 });
    await expect(listing).rejects.toThrow(message);
    await expect(listing).rejects.toBeInstanceOf(ListingError);
    await expect(listing).rejects.not.toThrow(TOKEN);
  });

  it('is not one when it does not say what it has', async () => {
    api.misbehave('/apis', status(404));
    await expect(list()).rejects.toThrow(/no Kubernetes API server/);
    api.misbehave('/apis', status(403));
    await expect(list()).rejects.toThrow(/system:discovery/);
  });

  it('is left when nobody wants the listing any more', async () => {
    const stop = new AbortController();
    api.misbehave(PODS, (response) => {
      neverEnd(response);
      stop.abort(new Error('enough'));
    });
    await expect(list({}, stop.signal)).rejects.toThrow('enough');
  });
});
