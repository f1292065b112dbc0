import { describe, expect, it } from 'vitest';
import { findingsOf, namespace, policy } from '../../findings.test-support.js';
import { WIDE_PORT_RANGE as RULE } from './np310-wide-port-range.js';

const range = (from: number, to: number): string =>
  namespace('shop') +
  policy(
    'shop',
    'a',
    `podSelector: {}, ingress: [{ ports: [{ port: ${String(from)}, endPort: ${String(to)} }] }]`,
  );

describe('NP310', () => {
  it('finds more than 1000 ports', async () => {
    expect(await findingsOf(RULE, range(1, 1001))).toMatchObject([
      { path: 'spec.ingress[0].ports[0]', severity: 'LOW', confidence: 'POSSIBLE' },
    ]);
    expect(await findingsOf(RULE, range(1, 1000))).toEqual([]);
  });

  it('is information where ports are taken for each call', async () => {
    expect(await findingsOf(RULE, range(30000, 32767))).toMatchObject([{ severity: 'INFO' }]);
  });

  it('is content with a port, and with rules that deny', async () => {
    expect(await findingsOf(RULE, range(80, 80))).toEqual([]);
    const deny = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: no }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress: [{ action: Deny, from: [{ namespaces: {} }], ports: [{ portRange: { protocol: TCP, start: 1, end: 65535 } }] }]
`;
    expect(await findingsOf(RULE, namespace('shop') + deny)).toEqual([]);
  });
});
