import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../test/support/analyse.js';
import { haveSamePods } from './same-pods.js';
import type { Segment } from './segment-records.js';

const pod = (name: string, labels: object, rest: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels },
  ...rest,
});
const policy = (name: string): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'shop', name, labels: { is: name } },
  spec: { podSelector: {} },
});

async function segmentOf(...objects: readonly object[]): Promise<Segment> {
  return (await analyseObjects(objects)).analysis.view.segment(0);
}

const WEB = pod('web', { app: 'web' });

describe('haveSamePods', () => {
  it('passes over policies', async () => {
    const [a, b] = [
      await segmentOf(WEB, policy('a')),
      await segmentOf(WEB, policy('b'), policy('c')),
    ];
    expect(haveSamePods(a, b)).toBe(true);
    expect(haveSamePods(b, a)).toBe(true);
    expect(haveSamePods(a, await segmentOf(WEB))).toBe(true);
  });

  it.each([
    ['name', pod('other', { app: 'web' })],
    ['label', pod('web', { app: 'xyz' })],
    ['label key', pod('web', { xyz: 'web' })],
    ['address', pod('web', { app: 'web' }, { status: { podIPs: [{ ip: '10.0.0.1' }] } })],
    ['node', pod('web', { app: 'web' }, { spec: { nodeName: 'n' } })],
  ])('sees another %s', async (_, other) => {
    const [a, b] = [await segmentOf(WEB, policy('a')), await segmentOf(other, policy('a'))];
    expect(haveSamePods(a, b)).toBe(false);
  });

  it('sees other labels of the namespace', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const other = { ...namespace, metadata: { name: 'shop', labels: { tier: 'front' } } };
    expect(haveSamePods(await segmentOf(WEB, namespace), await segmentOf(WEB, other))).toBe(false);
  });
});
