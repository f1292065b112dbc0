import { type AccessChange, formatTraffic, type SnapshotDiff } from '@portolan/model';
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

async function diff(base: readonly object[], head: readonly object[]): Promise<SnapshotDiff> {
  const [before, after] = [await analyseObjects(base), await analyseObjects(head)];
  return diffSnapshots(before.analysis, after.analysis, OPTIONS);
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
