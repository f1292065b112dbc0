import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { DNS_ONE_PROTOCOL as RULE } from './np307-dns-one-protocol.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const DNS = namespace('kube-system') + deployment('kube-system', 'coredns', ', k8s-app: kube-dns');
const egress = (name: string, ports: string, to = '{ namespaceSelector: {} }'): string =>
  policy(
    'shop',
    name,
    `podSelector: {}, policyTypes: [Egress], egress: [{ to: [${to}], ports: [${ports}] }]`,
  );
const UDP = '{ port: 53, protocol: UDP }';
const TCP = '{ port: 53, protocol: TCP }';

describe('NP307', () => {
  it.each([
    ['with the servers', SHOP + DNS],
    ['without them', SHOP],
  ])('finds UDP alone, %s', async (_, cluster) => {
    expect(await findingsOf(RULE, cluster + egress('dns', UDP))).toMatchObject([
      { path: 'spec.egress[0].ports[0]', severity: 'LOW' },
    ]);
  });

  it('finds TCP alone, which is worse', async () => {
    expect(await findingsOf(RULE, SHOP + DNS + egress('dns', TCP))).toMatchObject([
      { severity: 'MEDIUM' },
    ]);
  });

  it.each([
    ['both', egress('dns', `${UDP}, ${TCP}`)],
    ['both, by two policies', egress('a', UDP) + egress('b', TCP)],
    [
      'everything to the servers by another policy',
      egress('a', UDP) +
        policy('shop', 'b', 'podSelector: {}, policyTypes: [Egress], egress: [{}]'),
    ],
    ['neither', egress('web', '{ port: 443 }')],
    [
      'no isolation',
      policy('shop', 'a', 'podSelector: {}, ingress: [{ ports: [{ port: 53, protocol: UDP }] }]'),
    ],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + DNS + rules)).toEqual([]);
  });

  it('takes TCP to others than the servers for something else', async () => {
    const elsewhere = egress('b', TCP, '{ podSelector: {} }');
    expect(await findingsOf(RULE, SHOP + DNS + egress('a', UDP) + elsewhere)).toHaveLength(1);
  });
});
