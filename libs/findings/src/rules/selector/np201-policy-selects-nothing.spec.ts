import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { POLICY_SELECTS_NOTHING } from './np201-policy-selects-nothing.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const selecting = (labels: string): string =>
  SHOP + policy('shop', 'web', `podSelector: { matchLabels: { ${labels} } }, ingress: [{}]`);

describe('NP201', () => {
  it('finds a policy whose labels no workload has', async () => {
    expect(await findingsOf(POLICY_SELECTS_NOTHING, selecting('app: wep'))).toMatchObject([
      { object: 'NetworkPolicy shop/web', path: 'spec.podSelector', severity: 'HIGH' },
    ]);
  });

  it('is content with a template that has them, and with an empty selector', async () => {
    expect(await findingsOf(POLICY_SELECTS_NOTHING, selecting('app: web'))).toEqual([]);
    expect(
      await findingsOf(
        POLICY_SELECTS_NOTHING,
        namespace('empty') + policy('empty', 'deny', 'podSelector: {}, policyTypes: [Ingress]'),
      ),
    ).toEqual([]);
  });

  it('judges equal policies in each namespace by the pods there', async () => {
    const spec = 'podSelector: { matchLabels: { app: web } }, ingress: [{}]';
    const other = namespace('other') + deployment('other', 'api') + policy('other', 'web', spec);
    for (const all of [selecting('app: web') + other, other + selecting('app: web')])
      expect(await findingsOf(POLICY_SELECTS_NOTHING, all)).toMatchObject([
        { object: 'NetworkPolicy other/web' },
      ]);
  });

  it('is information in a part of a cluster', async () => {
    const found = await findingsOf(POLICY_SELECTS_NOTHING, selecting('app: wep'), {
      isComplete: false,
    });
    expect(found).toMatchObject([{ severity: 'INFO' }]);
  });
});
