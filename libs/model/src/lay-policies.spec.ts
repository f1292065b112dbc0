import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../test/support/analyse.js';
import { type LaidPolicies, layPolicies } from './lay-policies.js';
import { SnapshotView } from './snapshot-view.js';

const pod = (namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name: 'web', labels: { app: 'web' } },
});
const policy = (namespace: string, name: string, app: string): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name, labels: { is: name } },
  spec: { podSelector: { matchLabels: { app } } },
});
const admin = (name: string): object => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: { priority: 1, subject: { namespaces: {} }, ingress: [] },
});

const PODS = [pod('shop'), pod('data'), policy('shop', 'a', 'web'), policy('shop', 'own', 'web')];
const OTHERS = [
  policy('shop', 'a', 'db'),
  policy('shop', 'own', 'web'),
  policy('shop', 'z', 'web'),
  policy('data', 'b', 'web'),
  policy('gone', 'c', 'web'),
  admin('admin'),
];

async function lay(
  objects: readonly object[],
  others: readonly object[],
  how: LaidPolicies,
  isLaid = (): boolean => true,
): Promise<{ before: SnapshotView; after: SnapshotView }> {
  const [one, other] = [await analyseObjects(objects), await analyseObjects(others)];
  const { segments } = one.analysis.index;
  const laid = layPolicies(segments, other.analysis.index.segments, isLaid, how);
  return { before: one.analysis.view, after: new SnapshotView(laid) };
}

function policies(view: SnapshotView): string[] {
  return Array.from({ length: view.policyCount }, (_, i) => {
    const { namespace, name, labels, spec } = view.policy(i);
    const where = namespace < 0 ? '' : view.namespaceName(namespace);
    const app = spec.subject.podSelector.flatMap(({ values }) => values).join();
    return `${where}/${name} ${app} ${labels.is ?? ''}`.trim();
  });
}

describe('layPolicies', () => {
  it('puts policies of another snapshot in the place of its own, where their namespace is there', async () => {
    const { before, after } = await lay(PODS, OTHERS, 'INSTEAD');
    expect(policies(after)).toEqual([
      'data/b web b',
      'shop/a db a',
      'shop/own web own',
      'shop/z web z',
      '/admin',
    ]);
    expect(after.namespaceCount).toBe(before.namespaceCount);
    expect([after.pod(0), after.pod(1)]).toEqual([before.pod(0), before.pod(1)]);
  });

  it('puts them beside its own: the same once, another of the same name under another one', async () => {
    const { after } = await lay(PODS, OTHERS, 'BESIDE');
    expect(policies(after)).toEqual([
      'data/b web b',
      'shop/a web a',
      'shop/a (laid) db a',
      'shop/own web own',
      'shop/z web z',
      '/admin',
    ]);
  });

  it('leaves nothing of its own where nothing is laid instead, and everything beside', async () => {
    const none = (): boolean => false;
    expect(policies((await lay(PODS, OTHERS, 'INSTEAD', none)).after)).toEqual([]);
    const { before, after } = await lay(PODS, OTHERS, 'BESIDE', none);
    expect(policies(after)).toEqual(policies(before));
    expect(after.segmentHash(1)).toBe(before.segmentHash(1));
  });

  it('names what was laid in the hashes of the segments that change', async () => {
    const one = await lay(PODS, [policy('shop', 'z', 'web')], 'BESIDE');
    const other = await lay(PODS, [policy('shop', 'z', 'db')], 'BESIDE');
    const hash = (view: SnapshotView, name: string): string =>
      view.segmentHash(view.findNamespace(name));
    expect(hash(one.after, 'data')).toBe(hash(one.before, 'data'));
    expect(
      new Set([one.before, one.after, other.after].map((view) => hash(view, 'shop'))).size,
    ).toBe(3);
  });
});
