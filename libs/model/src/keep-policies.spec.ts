import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../test/support/analyse.js';
import { keepPolicies } from './keep-policies.js';
import { SnapshotView } from './snapshot-view.js';

const policy = (namespace: string, name: string): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name, labels: { is: name } },
  spec: { podSelector: { matchLabels: { app: name } } },
});
const admin = {
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'AdminNetworkPolicy',
  metadata: { name: 'admin' },
  spec: { priority: 1, subject: { namespaces: {} }, ingress: [] },
};
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop', name: 'web' } };

async function reduced(...kept: readonly string[]): Promise<[SnapshotView, SnapshotView]> {
  const objects = [pod, policy('shop', 'a'), policy('shop', 'b'), policy('data', 'c'), admin];
  const { view, index } = (await analyseObjects(objects)).analysis;
  const segments = keepPolicies(index.segments, (i) => kept.includes(view.policy(i).name));
  return [view, new SnapshotView(segments)];
}

const policies = (view: SnapshotView): object[] =>
  Array.from({ length: view.policyCount }, (_, i) => {
    const { kind, name, labels, spec } = view.policy(i);
    return { kind, name, labels, subject: spec.subject };
  });

function hashes(view: SnapshotView): string[] {
  const namespaces = Array.from(
    { length: view.namespaceCount },
    (_, i) => `${view.namespaceName(i)} ${view.segmentHash(i)}`,
  );
  return [...namespaces, String(view.clusterHash)];
}

describe('keepPolicies', () => {
  it('keeps some policies as they are, and every other object', async () => {
    const [whole, some] = await reduced('b', 'admin');
    expect(policies(some)).toEqual(
      policies(whole).filter((one) => 'name' in one && ['b', 'admin'].includes(String(one.name))),
    );
    expect(some.policyCount).toBe(2);
    expect(some.pod(0)).toEqual(whole.pod(0));
    expect(some.namespaceCount).toBe(whole.namespaceCount);
  });

  it('changes the hashes of those segments that lose some, and no others', async () => {
    const [whole, some] = await reduced('a', 'b', 'admin');
    const [before, after] = [hashes(whole), hashes(some)];
    const others = after.filter((one) => !before.includes(one));
    expect(others).toEqual([expect.stringMatching(/^data /)]);
  });
});
