import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NOT_ISOLATED_EGRESS } from './np502-not-isolated-egress.js';

const SHOP = namespace('shop') + deployment('shop', 'web');

describe('NP502', () => {
  it('finds a workload whose policy is about ingress alone', async () => {
    const ingress = policy('shop', 'deny', 'podSelector: {}');
    expect(await findingsOf(NOT_ISOLATED_EGRESS, SHOP + ingress)).toMatchObject([
      { object: 'Deployment shop/web', severity: 'LOW' },
    ]);
  });

  it('is content with a policy for egress', async () => {
    const egress = policy('shop', 'deny', 'podSelector: {}, policyTypes: [Egress]');
    expect(await findingsOf(NOT_ISOLATED_EGRESS, SHOP + egress)).toEqual([]);
  });
});
