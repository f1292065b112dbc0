import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { IP_BLOCK_SERVICE_ADDRESS as RULE } from './np405-ip-block-service-address.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: 10.96.0.7, selector: { app: db }, ports: [{ port: 5432 }] }
`;
const block = (cidr: string, except = ''): string =>
  `[{ ipBlock: { cidr: ${cidr}, except: [${except}] } }]`;
const egress = (to: string): string =>
  policy('shop', 'p', `podSelector: {}, policyTypes: [Egress], egress: [{ to: ${to} }]`);
const profile = { serviceCidrs: ['10.96.0.0/12'] };

describe('NP405', () => {
  it('finds the address of a Service, and names it', async () => {
    expect(await findingsOf(RULE, SHOP + SERVICE + egress(block('10.96.0.7/32')))).toMatchObject([
      {
        path: 'spec.egress[0].to[0]',
        severity: 'MEDIUM',
        message: expect.stringContaining('Service shop/db'),
      },
    ]);
  });

  it('finds blocks within the range of Services, in both directions', async () => {
    for (const cidr of ['10.96.0.0/12', '10.100.0.1/32'])
      expect(await findingsOf(RULE, SHOP + egress(block(cidr)), { profile })).toHaveLength(1);
    const ingress = policy(
      'shop',
      'p',
      `podSelector: {}, ingress: [{ from: ${block('10.96.0.0/16')} }]`,
    );
    expect(await findingsOf(RULE, SHOP + ingress, { profile })).toHaveLength(1);
  });

  it.each([
    ['blocks with more than Services', block('10.0.0.0/8')],
    ['the outside', block('0.0.0.0/0')],
    ['the neighbour of a Service', block('10.95.0.7/32')],
    ['exceptions', block('10.90.0.0/28', '10.90.0.7/32')],
  ])('is content with %s', async (_, to) => {
    const other = SERVICE.replace('10.96.0.7', '10.90.0.7');
    expect(
      await findingsOf(RULE, SHOP + SERVICE + other.replace('name: db', 'name: o') + egress(to), {
        profile,
      }),
    ).toEqual([]);
  });

  it('is content where the endpoints are admitted as well', async () => {
    const api = `---
apiVersion: v1
kind: Service
metadata: { name: kubernetes, namespace: default }
spec: { clusterIP: 10.96.0.1, ports: [{ name: https, port: 443 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: kubernetes, namespace: default }
subsets: [{ addresses: [{ ip: 172.18.0.2 }], ports: [{ name: https, port: 6443 }] }]
`;
    const both = (...cidrs: readonly string[]): string =>
      egress(`[${cidrs.map((cidr) => `{ ipBlock: { cidr: ${cidr} } }`).join(', ')}]`);
    expect(await findingsOf(RULE, SHOP + api + both('10.96.0.1/32', '172.18.0.2/32'))).toEqual([]);
    expect(await findingsOf(RULE, SHOP + api + both('10.96.0.1/32', '172.18.0.3/32'))).toHaveLength(
      1,
    );
    const pods = '{ podSelector: { matchLabels: { app: db } } }';
    const rule = egress(`[{ ipBlock: { cidr: 10.96.0.7/32 } }, ${pods}]`);
    expect(await findingsOf(RULE, SHOP + SERVICE + deployment('shop', 'db') + rule)).toEqual([]);
  });
});
