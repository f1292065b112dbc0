import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NOT_ENFORCED } from './np801-not-enforced.js';

const SHOP =
  namespace('shop') + deployment('shop', 'web') + policy('shop', 'deny', 'podSelector: {}');

describe('NP801', () => {
  it('finds policies that nothing enforces', async () => {
    const profile = { enforcement: 'NONE', isEnforced: false } as const;
    expect(await findingsOf(NOT_ENFORCED, SHOP, { profile })).toMatchObject([
      { object: 'NetworkPolicy shop/deny', severity: 'CRITICAL' },
    ]);
  });

  it('is silent where that is not known', async () => {
    const profile = { enforcement: 'UNKNOWN', isEnforced: null } as const;
    expect(await findingsOf(NOT_ENFORCED, SHOP, { profile })).toEqual([]);
  });
});
