import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { VACUOUS_POLICY } from './np704-vacuous-policy.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'cart');
const OPEN = policy('shop', 'open', 'podSelector: { matchLabels: { app: web } }, ingress: [{}]');

async function found(policies: string): Promise<string[]> {
  const all = await findingsOf(VACUOUS_POLICY, SHOP + policies);
  return all.map(({ object, path, confidence }) => [object, path, confidence].join(' '));
}

describe('NP704', () => {
  it('finds a policy that admits everything where nothing else isolates', async () => {
    expect(await found(OPEN)).toEqual(['NetworkPolicy shop/open  CERTAIN']);
  });

  it('names the direction where the policy does something in the other one', async () => {
    const half = 'podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}]';
    expect(await found(policy('shop', 'half', half))).toEqual([
      'NetworkPolicy shop/half spec.ingress CERTAIN',
    ]);
  });

  it('is content with a policy that opens what a default deny closes', async () => {
    expect(await found(OPEN + policy('shop', 'deny', 'podSelector: {}'))).toEqual([]);
  });

  it('is content where a baseline policy would come next', async () => {
    const baseline = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: { name: default }
spec: { subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }
`;
    expect(await found(OPEN + baseline)).toEqual([]);
  });

  it('is not sure where another policy may select a pod to come', async () => {
    const later = policy('shop', 'later', 'podSelector: { matchLabels: { role: db } }');
    expect(await found(OPEN + later)).toEqual(['NetworkPolicy shop/open  LIKELY']);
  });
});
