import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namedFindings,
  namespace,
  policy,
} from '../../findings.test-support.js';
import { MISSING_POLICY_TYPES } from './np106-missing-policy-types.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const EGRESS = 'podSelector: {}, egress: [{ ports: [{ port: 443 }] }]';

describe('NP106', () => {
  it('tells once of policies that leave the same out, with what is in effect as the fix', async () => {
    const text =
      SHOP + policy('shop', 'a', 'podSelector: {}') + policy('shop', 'b', 'podSelector: {}');
    expect(await namedFindings(MISSING_POLICY_TYPES, text)).toMatchObject([
      {
        name: 'NetworkPolicy shop/a',
        finding: {
          severity: 'LOW',
          objects: [0, 1],
          fix: { edits: [{ op: 'set', path: ['spec', 'policyTypes'], value: ['Ingress'] }] },
        },
      },
    ]);
  });

  it('is graver where egress rules alone deny all ingress', async () => {
    const [found] = await namedFindings(MISSING_POLICY_TYPES, SHOP + policy('shop', 'a', EGRESS));
    expect(found?.finding).toMatchObject({
      severity: 'MEDIUM',
      confidence: 'LIKELY',
      fix: { edits: [{ value: ['Ingress', 'Egress'] }] },
    });
  });

  it('is not where something else isolates ingress as well', async () => {
    const closed = policy('shop', 'deny', 'podSelector: {}, policyTypes: [Ingress]');
    const text = SHOP + closed + policy('shop', 'a', EGRESS);
    expect(await findingsOf(MISSING_POLICY_TYPES, text)).toMatchObject([{ severity: 'LOW' }]);
  });

  it('is content with policyTypes, and leaves an empty egress to NP108', async () => {
    const text =
      policy('shop', 'a', 'podSelector: {}, policyTypes: [Ingress]') +
      policy('shop', 'b', 'podSelector: {}, egress: []');
    expect(await findingsOf(MISSING_POLICY_TYPES, SHOP + text)).toEqual([]);
  });
});
