import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NOT_ISOLATED_INGRESS } from './np501-not-isolated-ingress.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'cart');

describe('NP501', () => {
  it('tells once of the workloads of a namespace that nothing isolates', async () => {
    expect(await findingsOf(NOT_ISOLATED_INGRESS, SHOP)).toMatchObject([
      { object: 'Deployment shop/cart', occurrences: 2 },
    ]);
  });

  it('is content with a policy, and with a baseline policy that denies', async () => {
    const closed = policy('shop', 'deny', 'podSelector: {}');
    expect(await findingsOf(NOT_ISOLATED_INGRESS, SHOP + closed)).toEqual([]);
    const baseline = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: { name: default }
spec: { subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }
`;
    expect(await findingsOf(NOT_ISOLATED_INGRESS, SHOP + baseline)).toEqual([]);
  });

  it('is not about pods that use the network of their host, or have ended', async () => {
    const others = `---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { hostNetwork: true, containers: [{ name: main }] }
---
apiVersion: v1
kind: Pod
metadata: { name: done, namespace: shop }
spec: { containers: [{ name: main }] }
status: { phase: Succeeded }
`;
    expect(await findingsOf(NOT_ISOLATED_INGRESS, namespace('shop') + others)).toEqual([]);
  });
});
