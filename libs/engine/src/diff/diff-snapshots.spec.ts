import {
  type AccessChange,
  type DiffOptions,
  formatTraffic,
  type SnapshotDiff,
} from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import { diffSnapshots } from './diff-snapshots.js';

const OPTIONS = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
} as const;

/** A pod of a Deployment's ReplicaSet. */
function pod(name: string, owner: string, labels: Record<string, string>): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels,
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, controller: true },
      ],
    },
    spec: { containers: [{ name: 'main' }] },
    status: { phase: 'Running' },
  };
}

function policy(name: string, podSelector: object, rest: object): object {
  const metadata = { name, namespace: 'shop' };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector, ...rest },
  };
}

async function diff(
  base: readonly object[],
  head: readonly object[],
  options: Partial<DiffOptions> = {},
): Promise<SnapshotDiff> {
  const [before, after] = [await analyseObjects(base), await analyseObjects(head)];
  return diffSnapshots(before.analysis, after.analysis, { ...OPTIONS, ...options });
}

function text({ source, destination, opened, closed }: AccessChange): string {
  const name = ({ ref }: AccessChange['source']): string => ('name' in ref ? ref.name : ref.kind);
  return `${name(source)} → ${name(destination)}: +${formatTraffic(opened)} -${formatTraffic(closed)}`;
}

const WEB = { matchLabels: { app: 'web' } };
const web = (name: string, extra = {}): object => pod(name, 'web', { app: 'web', ...extra });
const db = pod('db-0', 'db', { app: 'db' });
const DENY = policy('deny', {}, { policyTypes: ['Ingress'] });

describe('diffSnapshots', () => {
  it('finds nothing when pods were replaced by others of the same labels', async () => {
    const old = [DENY, db, web('web-a', { 'pod-template-hash': '1' })];
    const found = await diff(old, [DENY, db, web('web-b', { 'pod-template-hash': '2' })]);
    expect(found.equivalent).toBe(true);
    expect(
      found.objectChanges.map(({ change, displayName }) => `${change} ${displayName}`),
    ).toEqual(['CHANGED shop/web (StatefulSet)', 'REMOVED Pod shop/web-a', 'ADDED Pod shop/web-b']);
  });

  it('finds nothing in who uses the API, and whom the API server calls', async () => {
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'robot' },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'shop' }],
    };
    const service = { namespace: 'shop', name: 'web' };
    const webhook = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'web' },
      webhooks: [{ name: 'w', clientConfig: { service } }],
    };
    const found = await diff([DENY, db, web('web-0')], [DENY, db, web('web-0'), binding, webhook]);
    expect(found.equivalent).toBe(true);
    expect([found.changes, found.objectChanges]).toEqual([[], []]);
  });

  it('shows what one pod of a workload gained, though another had it before', async () => {
    const open = policy('canary', { matchLabels: { track: 'canary' } }, { ingress: [{}] });
    const found = await diff(
      [DENY, open, db, web('web-0', { track: 'canary' }), web('web-1')],
      [DENY, open, db, web('web-0', { track: 'canary' }), web('web-1', { track: 'canary' })],
    );
    expect(found.changes.map(text)).toContain('db → web: +All -None');
    expect(found.changes[0]?.causedBy.map((i) => found.objectChanges[i]?.displayName)).toContain(
      'Pod shop/web-1',
    );
  });

  it('shows what a new pod of other labels exchanges with its own workload', async () => {
    const open = policy(
      'canary',
      { matchLabels: { track: 'canary' } },
      { ingress: [{ from: [{ podSelector: WEB }] }] },
    );
    const found = await diff(
      [DENY, open, web('web-0')],
      [DENY, open, web('web-0'), web('web-1', { track: 'canary' })],
    );
    expect(found.changes.map(text)).toEqual(['web → web: +All -None']);
  });

  it('does not take a second replica for an opening', async () => {
    const found = await diff([web('web-0')], [web('web-0'), web('web-1')]);
    expect(found.equivalent).toBe(true);
  });

  it('shows what a new replica may exchange with the others, which such pods could not before', async () => {
    const among = policy('among', WEB, { ingress: [{ from: [{ podSelector: WEB }] }] });
    const found = await diff([DENY, web('web-0')], [DENY, among, web('web-0'), web('web-1')]);
    expect(found.changes.map(text)).toEqual(['web → web: +All -None']);
    expect(causesOf(found, 0)).toEqual(['NetworkPolicy shop/among']);
  });

  it('by namespace, takes no pod of another workload for a replica', async () => {
    const options = { groupBy: 'NAMESPACE' } as const;
    const api = pod('api-0', 'api', { app: 'api' });
    const found = await diff([web('web-0')], [web('web-0'), api], options);
    expect(found.changes.map(text)).toContain('shop → shop: +All -None');
    const scaled = await diff([web('web-0')], [web('web-0'), web('web-1')], options);
    expect(scaled.equivalent).toBe(true);
  });

  it('tells replaced pods apart by the labels that policies look at, and by no others', async () => {
    const open = policy('canary', { matchLabels: { track: 'canary' } }, { ingress: [{}] });
    const pods = (version: string): object[] => [
      web(`web-a-${version}`, { track: 'canary', version }),
      web(`web-b-${version}`, { track: 'stable', version }),
    ];
    const found = await diff([DENY, open, db, ...pods('1')], [DENY, open, db, ...pods('2')]);
    expect(found.equivalent).toBe(true);
  });

  it('leaves workloads without pods, and those of other namespaces, out of what lost isolation', async () => {
    const job = (phase: string): object => ({
      ...pod('job-0', 'job', { app: 'job' }),
      status: { phase },
    });
    const ended = await diff([DENY, db, job('Running')], [DENY, db, job('Succeeded')]);
    expect(ended.newlyUnprotected).toEqual([]);
    const elsewhere = await diff([DENY, db], [db], { namespaces: ['other'] });
    expect(elsewhere).toMatchObject({ equivalent: true, newlyUnprotected: [] });
  });

  it('names the policy that closed, and the traffic that is left', async () => {
    const only80 = policy('only-80', WEB, { ingress: [{ ports: [{ port: 80 }] }] });
    const found = await diff([db, web('web-0')], [db, web('web-0'), only80]);
    const change = found.changes.find(
      ({ source }) => 'name' in source.ref && source.ref.name === 'db',
    );
    expect(change).toMatchObject({
      kind: 'CLOSED',
      after: [{ protocol: 'TCP', from: 80, to: 80 }],
    });
    expect(change?.causedBy.map((i) => found.objectChanges[i]?.displayName)).toEqual([
      'NetworkPolicy shop/only-80',
    ]);
    expect(found.newlyUnprotected).toEqual([]);
  });

  it('tells pods apart that stand for workloads of one name', async () => {
    const workload = (kind: string, apiVersion: string, app: string): object => ({
      apiVersion,
      kind,
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app } },
        template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'main' }] } },
      },
    });
    const both = [workload('Deployment', 'apps/v1', 'web'), workload('Job', 'batch/v1', 'job')];
    const closed = policy('closed', WEB, { policyTypes: ['Ingress'] });
    for (const groupBy of ['POD', 'WORKLOAD'] as const) {
      const [before, after] = [
        await analyseObjects([...both, db, closed]),
        await analyseObjects([...both, db]),
      ];
      const found = diffSnapshots(before.analysis, after.analysis, { ...OPTIONS, groupBy });
      expect(found.summary).toMatchObject({ opened: 4, closed: 0 });
    }
  });

  it('notices that a pod came to another owner', async () => {
    const admits = policy(
      'admits',
      { matchLabels: { app: 'db' } },
      { ingress: [{ from: [{ podSelector: WEB }] }] },
    );
    const found = await diff(
      [admits, db, pod('one', 'a', { app: 'web' }), pod('two', 'b', { app: 'other' })],
      [admits, db, pod('one', 'b', { app: 'web' }), pod('two', 'b', { app: 'other' })],
    );
    expect(found.changes.map(text)).toContain('b → db: +All -None');
    expect(found.objectChanges.find(({ kind }) => kind === 'POD')?.fields).toEqual(['owner']);
  });

  it('tells which workloads lost all isolation', async () => {
    const found = await diff([DENY, db, web('web-0')], [db, web('web-0')]);
    expect(found.summary).toMatchObject({
      newlyUnprotected: 2,
      internetIngressOpened: 2,
      closed: 0,
    });
  });
});

describe('diffSnapshots, pods and their nodes', () => {
  const on = (nodeName: string, one: object, hostNetwork = false): object => ({
    ...one,
    spec: { nodeName, hostNetwork, containers: [{ name: 'main' }] },
  });
  const node = (name: string, address: string): object => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }] },
  });
  const LOCKED = policy('locked', {}, { policyTypes: ['Ingress', 'Egress'] });
  const NODES = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')];
  const agent = on('n1', pod('agent-0', 'agent', { app: 'agent' }), true);

  it('shows that a pod came to the node of a hostNetwork pod', async () => {
    const found = await diff(
      [LOCKED, ...NODES, agent, on('n2', db)],
      [LOCKED, ...NODES, agent, on('n1', db)],
    );
    expect(found.changes.map(text)).toEqual(
      expect.arrayContaining([
        'agent → db: +All -None',
        'db → agent: +All -None',
        'external → db: +All -None',
        'external → db: +None -All',
      ]),
    );
    expect(found.changes).toHaveLength(6);
    for (const at of found.changes.keys()) expect(causesOf(found, at)).toEqual(['Pod shop/db-0']);
    expect(found.caveats.map(({ code }) => code)).toContain('NODE_LOCAL_ALWAYS_ALLOWED');
  });

  it('names a node whose address changed', async () => {
    const found = await diff(
      [LOCKED, node('n1', '192.168.0.1'), on('n1', db)],
      [LOCKED, node('n1', '192.168.0.9'), on('n1', db)],
    );
    expect(found.changes.map(text).sort()).toEqual([
      'db → external: +All -None',
      'db → external: +None -All',
      'external → db: +All -None',
      'external → db: +None -All',
    ]);
    expect(causesOf(found, 0)).toEqual(['n1']);
  });

  it('takes no replaced pod for an opening because of the node that it came to', async () => {
    const daemons = ['n1', 'n2'].map((name) =>
      on(name, pod(`agent-${name}`, 'agent', { app: 'agent' }), true),
    );
    const found = await diff(
      [LOCKED, ...NODES, ...daemons, on('n1', web('web-a'))],
      [LOCKED, ...NODES, ...daemons, on('n2', web('web-b'))],
    );
    expect(found.equivalent).toBe(true);
  });

  it('counts what policies allow to those pods of a workload that share no node', async () => {
    const pods = [agent, on('n1', web('web-0')), on('n2', web('web-1'))];
    const found = await diff([LOCKED, ...NODES, ...pods], [...NODES, ...pods]);
    const change = found.changes.find((one) => text(one).startsWith('agent → web'));
    expect(change).toMatchObject({ kind: 'OPENED' });
    const local = await diff(
      [LOCKED, ...NODES, agent, on('n1', web('web-0'))],
      [...NODES, agent, on('n1', web('web-0'))],
    );
    expect(local.changes.filter((one) => text(one).includes('agent'))).toEqual([]);
  });
});

/** Names of the object changes behind the change at a position. */
function causesOf({ changes, objectChanges }: SnapshotDiff, at: number): string[] {
  return changes[at]!.causedBy.map((cause) => objectChanges[cause]!.displayName);
}
