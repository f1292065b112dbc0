import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { LABEL_NEAR_MISS } from './np204-label-near-miss.js';

const SHOP = namespace('shop') + deployment('shop', 'frontend') + deployment('shop', 'worker-1');
const from = (labels: string): string =>
  SHOP +
  policy(
    'shop',
    'web',
    `podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { ${labels} } } }] }]`,
  );

describe('NP204', () => {
  it('finds a value with a typing error', async () => {
    const found = await findingsOf(LABEL_NEAR_MISS, from('app: fronted'));
    expect(found).toMatchObject([
      { path: 'spec.ingress[0].from[0]', severity: 'HIGH', confidence: 'LIKELY' },
    ]);
    expect(found[0]!.message).toContain('app=frontend');
  });

  it('finds the value under another key', async () => {
    expect(await findingsOf(LABEL_NEAR_MISS, from('k8s-app: frontend'))).toHaveLength(1);
  });

  it('finds it in the subject, and in a namespaceSelector', async () => {
    expect(
      await findingsOf(
        LABEL_NEAR_MISS,
        SHOP + policy('shop', 'web', 'podSelector: { matchLabels: { app: fronted } }'),
      ),
    ).toMatchObject([{ path: 'spec.podSelector' }]);
    expect(
      await findingsOf(
        LABEL_NEAR_MISS,
        SHOP +
          namespace('ops', 'team: platform') +
          policy(
            'shop',
            'web',
            'podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: platfrom } } }] }]',
          ),
      ),
    ).toMatchObject([{ path: 'spec.ingress[0].from[0]' }]);
  });

  it('is silent of the next of a series, of other words, and of a label in use elsewhere', async () => {
    expect(await findingsOf(LABEL_NEAR_MISS, from('app: worker-2'))).toEqual([]);
    expect(await findingsOf(LABEL_NEAR_MISS, from('app: backend'))).toEqual([]);
    expect(
      await findingsOf(LABEL_NEAR_MISS, from('app: fronted') + deployment('other', 'fronted')),
    ).toEqual([]);
  });
});
