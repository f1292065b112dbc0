import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { EMPTY_EGRESS_WITHOUT_TYPE } from './np108-empty-egress-without-type.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const found = (spec: string, more = '') =>
  findingsOf(
    EMPTY_EGRESS_WITHOUT_TYPE,
    SHOP + more + policy('shop', 'web', `podSelector: {}, ${spec}`),
  );

describe('NP108', () => {
  it.each(['egress: []', 'egress:', 'ingress: [{}], egress: []'])('finds %s', async (spec) => {
    expect(await found(spec)).toMatchObject([
      { object: 'NetworkPolicy shop/web', path: 'spec.egress', severity: 'HIGH' },
    ]);
  });

  it('finds it where there is no pod yet', async () => {
    const text = policy('empty', 'deny', 'podSelector: {}, egress: []');
    expect(await findingsOf(EMPTY_EGRESS_WITHOUT_TYPE, text)).toMatchObject([{ severity: 'HIGH' }]);
  });

  it('is milder where another policy denies egress', async () => {
    const closed = policy('shop', 'deny', 'podSelector: {}, policyTypes: [Egress]');
    expect(await found('egress: []', closed)).toMatchObject([{ severity: 'LOW' }]);
  });

  it.each([
    'policyTypes: [Egress], egress: []',
    'policyTypes: [Ingress], egress: []',
    'ingress: []',
    'egress: [{}]',
  ])('is content with %s', async (spec) => {
    expect(await found(spec)).toEqual([]);
  });
});
