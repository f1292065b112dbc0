import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { RULES_NOT_IN_POLICY_TYPES } from './np107-rules-not-in-policy-types.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const found = (spec: string, more = '') =>
  findingsOf(
    RULES_NOT_IN_POLICY_TYPES,
    SHOP + more + policy('shop', 'web', `podSelector: {}, ${spec}`),
  );

describe('NP107', () => {
  it('finds egress rules that nobody looks at', async () => {
    expect(
      await found('policyTypes: [Ingress], egress: [{ ports: [{ port: 443 }] }]'),
    ).toMatchObject([{ object: 'NetworkPolicy shop/web', path: 'spec.egress', severity: 'HIGH' }]);
  });

  it('finds ingress rules, too', async () => {
    expect(
      await found('policyTypes: [Egress], egress: [], ingress: [{ ports: [{ port: 1 }] }]'),
    ).toMatchObject([{ path: 'spec.ingress', severity: 'HIGH' }]);
  });

  it('is milder where they allow everything to pods that nothing isolates', async () => {
    const open = 'policyTypes: [Ingress], egress: [{}]';
    expect(await found(open)).toMatchObject([{ severity: 'LOW' }]);
    const closed = policy('shop', 'deny', 'podSelector: {}, policyTypes: [Egress]');
    expect(await found(open, closed)).toMatchObject([{ severity: 'HIGH' }]);
  });

  it.each([
    'policyTypes: [Ingress, Egress], egress: [{ ports: [{ port: 443 }] }]',
    'egress: [{ ports: [{ port: 443 }] }]',
    'policyTypes: [Ingress], egress: []',
  ])('is content with %s', async (spec) => {
    expect(await found(spec)).toEqual([]);
  });
});
