import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { OVERRIDDEN_BY_ADMIN_POLICY } from './np803-overridden-by-admin-policy.js';

const SHOP =
  namespace('shop') +
  deployment('shop', 'web') +
  deployment('shop', 'cart') +
  policy(
    'shop',
    'web',
    'podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: cart } } }], ports: [{ port: 80 }] }]',
  );
const admin = (action: string, port: number): string => `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: first }
spec:
  priority: 5
  subject: { namespaces: {} }
  ingress:
    - { action: ${action}, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: TCP, port: ${port} } }] }
`;

describe('NP803', () => {
  it('finds a rule about whose traffic an admin policy decides first', async () => {
    for (const action of ['Deny', 'Allow'])
      expect(await findingsOf(OVERRIDDEN_BY_ADMIN_POLICY, SHOP + admin(action, 80))).toMatchObject([
        { object: 'NetworkPolicy shop/web', path: 'spec.ingress[0]' },
      ]);
  });

  it('is content where some traffic is left, or passed on', async () => {
    expect(await findingsOf(OVERRIDDEN_BY_ADMIN_POLICY, SHOP + admin('Deny', 81))).toEqual([]);
    expect(await findingsOf(OVERRIDDEN_BY_ADMIN_POLICY, SHOP + admin('Pass', 80))).toEqual([]);
  });

  it('is content with a rule for everyone: addresses come past ingress rules of admin policies', async () => {
    const open = policy(
      'shop',
      'cart',
      'podSelector: { matchLabels: { app: cart } }, ingress: [{ ports: [{ port: 80 }] }]',
    );
    const rules = SHOP + open + admin('Deny', 80);
    expect(await findingsOf(OVERRIDDEN_BY_ADMIN_POLICY, rules)).toHaveLength(1);
  });
});
