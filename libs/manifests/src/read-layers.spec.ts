import type { SnapshotContent } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from './limits.js';
import type { ManifestLayer } from './manifest-layer.js';
import { codes, viewOf } from './manifests.test-support.js';
import { readLayers } from './read-manifests.js';

const deployment = (name: string, app: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop, labels: { team: ${app} } }
spec: { selector: { matchLabels: { app: ${app} } }, template: { metadata: { labels: { app: ${app} } }, spec: { containers: [] } } }
`;
const owned = (kind: string, name: string, owner: string, hash: string): string => `
apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}
kind: ${kind}
metadata:
  name: ${name}
  namespace: shop
  labels: { app: web, pod-template-hash: "${hash}" }
  ownerReferences: [{ apiVersion: apps/v1, kind: ${owner.split('/')[0]!}, name: ${owner.split('/')[1]!}, controller: true }]
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [] } }, containers: [] }
`;
const RUNNING = [
  deployment('web', 'web'),
  owned('ReplicaSet', 'web-1', 'Deployment/web', '1'),
  owned('Pod', 'web-1-a', 'ReplicaSet/web-1', '1'),
].join('---');

function layer(text: string, rest: Partial<ManifestLayer> = {}): ManifestLayer {
  const files = [{ path: 'all.yaml', content: Buffer.from(text) }];
  return { source: { kind: 'files', files }, effect: 'ADD', ...rest };
}

const readAll = (...layers: ManifestLayer[]): Promise<SnapshotContent> =>
  readLayers(layers, DEFAULT_MANIFEST_LIMITS);

function pods(content: SnapshotContent): string[] {
  const { snapshot } = viewOf(content);
  return Array.from({ length: snapshot.podCount }, (_, i) => {
    const { name, template, labels } = snapshot.pod(i);
    return `${name}${template ? ' (template)' : ''} app=${labels.app ?? ''}`;
  });
}

describe('readLayers', () => {
  it('takes the object of the later layer, and says nothing about the earlier one', async () => {
    const content = await readAll(layer(deployment('web', 'web')), layer(deployment('web', 'new')));
    expect(pods(content)).toEqual(['web (template) app=new']);
    expect(codes(content)).toEqual([]);
  });

  it('keeps running pods under a workload whose template did not change', async () => {
    const content = await readAll(layer(RUNNING), layer(deployment('web', 'web')));
    expect(pods(content)).toEqual(['web-1-a app=web']);
  });

  it('lets a changed template stand for the pods that the old one made', async () => {
    expect(pods(await readAll(layer(RUNNING), layer(deployment('web', 'new'))))).toEqual([
      'web (template) app=new',
    ]);
  });

  it('knows the Deployment of pods whose ReplicaSet is not there', async () => {
    const pod = owned('Pod', 'web-1-a', 'ReplicaSet/web-1', '1');
    const below = layer(`${deployment('web', 'web')}---${pod}`);
    expect(pods(await readAll(below, layer(deployment('web', 'new'))))).toEqual([
      'web (template) app=new',
    ]);
  });

  it('takes away what a layer declares, with its pods', async () => {
    const content = await readAll(
      layer(`${RUNNING}---${deployment('db', 'db')}`),
      layer(deployment('web', 'web'), { effect: 'REMOVE' }),
    );
    expect(pods(content)).toEqual(['db (template) app=db']);
  });

  it.each([
    ['a namespace', { namespaces: ['shop'], labels: null }, []],
    ['another namespace', { namespaces: ['data'], labels: null }, ['web', 'db']],
    [
      'labels',
      { namespaces: null, labels: [{ key: 'team', operator: 'In', values: ['db'] }] },
      ['web'],
    ],
  ] as const)('prunes by %s', async (_, prune, left) => {
    const below = layer(`${deployment('web', 'web')}---${deployment('db', 'db')}`);
    const content = await readAll(below, layer('', { prune }));
    const { snapshot } = viewOf(content);
    const names = Array.from(
      { length: snapshot.workloadCount },
      (_, i) => snapshot.workload(i).name,
    );
    expect(names.sort()).toEqual([...left].sort());
  });

  it('keeps what the layer declares again after pruning it, with its pods', async () => {
    const prune = { namespaces: ['shop'], labels: null };
    const content = await readAll(layer(RUNNING), layer(deployment('web', 'web'), { prune }));
    expect(pods(content)).toEqual(['web-1-a app=web']);
  });
});
