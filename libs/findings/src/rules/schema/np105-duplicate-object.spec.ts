import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { DUPLICATE_OBJECT } from './np105-duplicate-object.js';

const closed = policy('shop', 'web', 'podSelector: {}, policyTypes: [Ingress]');
const open = policy('shop', 'web', 'podSelector: {}, policyTypes: [Ingress], ingress: [{}]');

describe('NP105', () => {
  it('finds two documents that say different things', async () => {
    expect(await findingsOf(DUPLICATE_OBJECT, closed + open)).toMatchObject([
      { object: 'NetworkPolicy shop/web', path: 'spec', severity: 'HIGH' },
    ]);
  });

  it('finds labels of a namespace that differ', async () => {
    const text = namespace('shop', 'team: a') + namespace('shop', 'team: b');
    expect(await findingsOf(DUPLICATE_OBJECT, text)).toMatchObject([
      { path: 'metadata.labels', severity: 'MEDIUM' },
    ]);
  });

  it.each([
    ['the same twice', closed + closed],
    ['the same, written otherwise', closed + policy('shop', 'web', 'podSelector: {}, ingress: []')],
    ['two namespaces', closed + open.replace('namespace: shop', 'namespace: data')],
    [
      'two Deployments that differ in nothing that policies see',
      deployment('shop', 'web') + deployment('shop', 'web', '', ', image: other'),
    ],
  ])('is content with %s', async (_, text) => {
    expect(await findingsOf(DUPLICATE_OBJECT, text)).toEqual([]);
  });
});
