import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { INTERNET_INGRESS as RULE } from './np401-internet-ingress.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const ingress = (rule: string, name = 'web'): string =>
  policy('shop', name, `podSelector: { matchLabels: { app: web } }, ingress: [${rule}]`);
const blocks = (...cidrs: string[]): string =>
  ingress(`{ from: [${cidrs.map((cidr) => `{ ipBlock: { cidr: "${cidr}" } }`).join(', ')}] }`);
const service = (type: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: ${type}, selector: { app: web }, ports: [{ port: 80 }] }
`;

describe('NP401', () => {
  it('finds the internet in a block', async () => {
    for (const cidr of ['0.0.0.0/0', '::/0', '2000::/3', '8.0.0.0/8'])
      expect(await findingsOf(RULE, SHOP + blocks(cidr))).toMatchObject([
        {
          object: 'NetworkPolicy shop/web',
          path: 'spec.ingress[0]',
          severity: 'HIGH',
          confidence: 'LIKELY',
        },
      ]);
  });

  it('is less sure where nobody wrote of addresses', async () => {
    expect(await findingsOf(RULE, SHOP + ingress('{}'))).toMatchObject([
      { severity: 'MEDIUM', confidence: 'POSSIBLE' },
    ]);
  });

  it('is mild to what is published', async () => {
    for (const type of ['LoadBalancer', 'NodePort'])
      expect(await findingsOf(RULE, SHOP + blocks('0.0.0.0/0') + service(type))).toMatchObject([
        {
          severity: 'LOW',
          confidence: 'POSSIBLE',
          message: expect.stringContaining('Service shop/web'),
        },
      ]);
    expect(await findingsOf(RULE, SHOP + blocks('0.0.0.0/0') + service('ClusterIP'))).toMatchObject(
      [{ severity: 'HIGH' }],
    );
  });

  it('is mild to ingress controllers', async () => {
    const nginx = deployment(
      'shop',
      'web',
      ', app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller',
    );
    expect(await findingsOf(RULE, namespace('shop') + nginx + ingress('{}'))).toMatchObject([
      { severity: 'LOW' },
    ]);
  });

  it('adds up the blocks of a rule', async () => {
    expect(await findingsOf(RULE, SHOP + blocks('8.0.0.0/9'))).toEqual([]);
    expect(await findingsOf(RULE, SHOP + blocks('8.0.0.0/9', '8.128.0.0/9'))).toHaveLength(1);
    // The same addresses twice are not more.
    expect(await findingsOf(RULE, SHOP + blocks('8.0.0.0/9', '8.0.0.0/9', '8.64.0.0/10'))).toEqual(
      [],
    );
  });

  it.each([
    ['private networks', blocks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7')],
    ['somebody’s networks', blocks('8.8.8.8/32', '9.9.0.0/16', '2a00:1450::/32')],
    ['pods', ingress('{ from: [{ namespaceSelector: {} }] }')],
    [
      'a rule for pods that are not there',
      policy('shop', 'p', 'podSelector: { matchLabels: { app: later } }, ingress: [{}]'),
    ],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + rules)).toEqual([]);
  });

  it('leaves pods that nobody isolates to NP501', async () => {
    expect(await findingsOf(RULE, SHOP)).toEqual([]);
  });
});
