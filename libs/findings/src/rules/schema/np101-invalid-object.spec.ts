import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, policy } from '../../findings.test-support.js';
import { INVALID_OBJECT } from './np101-invalid-object.js';

describe('NP101', () => {
  it.each([
    [
      'a port that is none',
      'ingress: [{ ports: [{ port: 70000 }] }]',
      'spec.ingress[0].ports[0].port',
    ],
    [
      'a range that goes back',
      'ingress: [{ ports: [{ port: 80, endPort: 70 }] }]',
      'spec.ingress[0].ports[0].endPort',
    ],
    [
      'an exception outside',
      'egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [11.0.0.0/16] } }] }]',
      'spec.egress[0].to[0].ipBlock.except[0]',
    ],
  ])('finds a policy with %s', async (_, rules, path) => {
    const found = await findingsOf(
      INVALID_OBJECT,
      policy('shop', 'web', `podSelector: {}, ${rules}`),
    );
    expect(found).toMatchObject([{ object: 'NetworkPolicy shop/web', path, severity: 'HIGH' }]);
  });

  it('tells each of several objects that have the same fault', async () => {
    const bad = 'podSelector: {}, ingress: [{ ports: [{ port: 0 }] }]';
    const found = await findingsOf(
      INVALID_OBJECT,
      policy('shop', 'a', bad) + policy('shop', 'b', bad),
    );
    expect(found.map(({ object }) => object)).toEqual([
      'NetworkPolicy shop/a',
      'NetworkPolicy shop/b',
    ]);
  });

  it('finds a policy whose name the API server does not take, though it is analysed', async () => {
    const found = await findingsOf(INVALID_OBJECT, policy('shop', 'Web_1', 'podSelector: {}'));
    expect(found).toMatchObject([{ path: 'metadata.name', severity: 'HIGH' }]);
  });

  it('finds other objects as less grave', async () => {
    const broken = deployment('shop', 'web', '', ', ports: [{ containerPort: 0 }]');
    expect(await findingsOf(INVALID_OBJECT, broken)).toMatchObject([
      { object: 'Deployment shop/web', severity: 'MEDIUM' },
    ]);
  });

  it('is content with a range of one port, a generated name, and what is no object at all', async () => {
    const text = `${policy('shop', 'web', 'podSelector: {}, ingress: [{ ports: [{ port: 80, endPort: 80 }] }]')}---
apiVersion: batch/v1
kind: Job
metadata: { generateName: web-, namespace: shop }
spec: { template: { spec: {} } }
---
image: { tag: v1 }
`;
    expect(await findingsOf(INVALID_OBJECT, text)).toEqual([]);
  });
});
