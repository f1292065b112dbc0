import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { INTERNET_EGRESS as RULE } from './np402-internet-egress.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const egress = (rule: string): string =>
  policy('shop', 'web', `podSelector: {}, policyTypes: [Egress], egress: [${rule}]`);
const INTERNET = 'to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }]';

describe('NP402', () => {
  it('finds the internet', async () => {
    expect(await findingsOf(RULE, SHOP + egress(`{ ${INTERNET} }`))).toMatchObject([
      { path: 'spec.egress[0]', severity: 'MEDIUM', confidence: 'LIKELY' },
    ]);
    expect(
      await findingsOf(RULE, SHOP + egress(`{ ${INTERNET}, ports: [{ port: 443 }] }`)),
    ).toMatchObject([{ severity: 'MEDIUM', confidence: 'POSSIBLE' }]);
  });

  it('is mild to DNS', async () => {
    expect(
      await findingsOf(RULE, SHOP + egress('{ ports: [{ port: 53, protocol: UDP }] }')),
    ).toMatchObject([{ severity: 'LOW' }]);
  });

  it('knows what an admin policy denies before', async () => {
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: no-internet }
spec:
  tier: Admin
  priority: 1
  subject: { namespaces: {} }
  egress: [{ action: Deny, to: [{ networks: [0.0.0.0/0, "::/0"] }] }]
`;
    expect(await findingsOf(RULE, SHOP + egress('{}') + admin)).toEqual([]);
  });

  it('is content with few addresses, pods, and no isolation', async () => {
    expect(
      await findingsOf(RULE, SHOP + egress('{ to: [{ ipBlock: { cidr: 8.8.8.8/32 } }] }')),
    ).toEqual([]);
    expect(await findingsOf(RULE, SHOP + egress('{ to: [{ podSelector: {} }] }'))).toEqual([]);
    expect(await findingsOf(RULE, SHOP)).toEqual([]);
  });
});
