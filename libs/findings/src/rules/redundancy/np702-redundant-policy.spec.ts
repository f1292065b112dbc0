import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { REDUNDANT_POLICY } from './np702-redundant-policy.js';

const SHOP =
  namespace('shop') + deployment('shop', 'web', ', tier: front') + deployment('shop', 'cart');
const FROM_CART = 'ingress: [{ from: [{ podSelector: { matchLabels: { app: cart } } }] }]';
const WEB = 'podSelector: { matchLabels: { app: web } }';
const FRONT = 'podSelector: { matchLabels: { tier: front } }';

async function found(policies: string, isComplete = true): Promise<string[]> {
  const all = await findingsOf(REDUNDANT_POLICY, SHOP + policies, { isComplete });
  return all.map(({ object, confidence }) => `${object} ${confidence}`);
}

describe('NP702', () => {
  it('finds a policy that one for more pods contains', async () => {
    expect(
      await found(
        policy('shop', 'all', `podSelector: {}, ${FROM_CART}`) +
          policy('shop', 'web', `${WEB}, ${FROM_CART}`),
      ),
    ).toEqual(['NetworkPolicy shop/web CERTAIN']);
  });

  it('says so where it holds for the pods that exist alone', async () => {
    const both =
      policy('shop', 'front', `${FRONT}, ${FROM_CART}`) +
      policy('shop', 'web', `${WEB}, ${FROM_CART}`);
    expect(await found(both)).toEqual(['NetworkPolicy shop/web LIKELY']);
    expect(await found(both, false)).toEqual([]);
  });

  it('is content with a policy that alone isolates, or admits more', async () => {
    expect(
      await found(
        policy('shop', 'all', `podSelector: {}, ${FROM_CART}`) +
          policy('shop', 'web', `${WEB}, policyTypes: [Ingress, Egress], ${FROM_CART}`),
      ),
    ).toEqual([]);
    expect(
      await found(
        policy('shop', 'deny', 'podSelector: {}') + policy('shop', 'web', `${WEB}, ${FROM_CART}`),
      ),
    ).toEqual([]);
  });

  it('leaves a default deny for the pods to come, even if every pod has a policy of its own', async () => {
    expect(
      await found(
        policy('shop', 'deny', 'podSelector: {}') +
          policy('shop', 'web', `${WEB}, ${FROM_CART}`) +
          policy('shop', 'cart', `podSelector: { matchLabels: { app: cart } }, ${FROM_CART}`),
      ),
    ).toEqual([]);
  });
});
