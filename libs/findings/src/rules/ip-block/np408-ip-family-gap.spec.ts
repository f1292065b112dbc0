import { describe, expect, it } from 'vitest';
import { findingsOf, namespace, policy } from '../../findings.test-support.js';
import { IP_FAMILY_GAP as RULE } from './np408-ip-family-gap.js';

const pod = (...ips: readonly string[]): string =>
  `${namespace('shop')}---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c }] }
status: { podIPs: [${ips.map((ip) => `{ ip: "${ip}" }`).join(', ')}] }
`;
const DUAL = pod('10.0.0.7', 'fd00::7');
const egress = (name: string, cidr: string, ports = ''): string =>
  policy(
    'shop',
    name,
    `podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: "${cidr}" } }], ports: [${ports}] }]`,
  );

describe('NP408', () => {
  it('finds the outside by one family', async () => {
    for (const cidr of ['0.0.0.0/0', '::/0'])
      expect(await findingsOf(RULE, DUAL + egress('a', cidr))).toMatchObject([
        { path: 'spec.egress[0].to[0]', severity: 'MEDIUM', confidence: 'LIKELY' },
      ]);
  });

  it('finds it where the other family is for other ports', async () => {
    const rules = egress('a', '0.0.0.0/0', '{ port: 443 }') + egress('b', '::/0', '{ port: 53 }');
    expect(await findingsOf(RULE, DUAL + rules)).toHaveLength(2);
  });

  it.each([
    ['both families', DUAL, egress('a', '0.0.0.0/0') + egress('b', '::/0')],
    ['a part of the other family', DUAL, egress('a', '0.0.0.0/0') + egress('b', '2000::/3')],
    ['somebody’s network', DUAL, egress('a', '203.0.113.0/24')],
    ['pods of one family', pod('10.0.0.7'), egress('a', '0.0.0.0/0')],
    ['pods whose addresses are not known', pod(), egress('a', '0.0.0.0/0')],
  ])('is content with %s', async (_, pods, rules) => {
    expect(await findingsOf(RULE, pods + rules)).toEqual([]);
  });
});
