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
});
