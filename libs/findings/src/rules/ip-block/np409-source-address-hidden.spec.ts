import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { SOURCE_ADDRESS_HIDDEN as RULE } from './np409-source-address-hidden.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const service = (spec: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ${spec}, selector: { app: web }, ports: [{ port: 443, targetPort: 8443 }] }
`;
const LOAD_BALANCER = service('type: LoadBalancer');
const INGRESS = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 443 } } } }
`;
const block = (cidr: string, ports = ''): string =>
  `{ from: [{ ipBlock: { cidr: ${cidr} } }], ports: [${ports}] }`;
const ingress = (...rules: readonly string[]): string =>
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { app: web } }, ingress: [${rules.join(', ')}]`,
  );
const OFFICE = block('198.50.100.0/24');

describe('NP409', () => {
  it('finds a block that nodes hide clients from', async () => {
    for (const spec of ['type: LoadBalancer', 'type: NodePort', 'externalIPs: [192.0.2.1]'])
      expect(await findingsOf(RULE, SHOP + service(spec) + ingress(OFFICE))).toMatchObject([
        {
          path: 'spec.ingress[0].from[0]',
          severity: 'HIGH',
          confidence: 'LIKELY',
          message: expect.stringContaining('Service shop/web'),
        },
      ]);
  });

  it('finds one that an ingress controller hides them from', async () => {
    expect(
      await findingsOf(RULE, SHOP + service('type: ClusterIP') + INGRESS + ingress(OFFICE)),
    ).toHaveLength(1);
  });

  it.each([
    ['Local', SHOP + service('type: LoadBalancer, externalTrafficPolicy: Local') + ingress(OFFICE)],
    ['pods that nobody publishes', SHOP + service('type: ClusterIP') + ingress(OFFICE)],
    ['private addresses', SHOP + LOAD_BALANCER + ingress(block('10.0.0.0/8'))],
    ['everybody', SHOP + LOAD_BALANCER + ingress(block('0.0.0.0/0'))],
    ['another rule that lets everybody in', SHOP + LOAD_BALANCER + ingress(OFFICE, '{}')],
    [
      'ports that the Service does not lead to',
      SHOP + LOAD_BALANCER + ingress(block('198.50.100.0/24', '{ port: 9090 }')),
    ],
  ])('is content with %s', async (_, manifests) => {
    expect(await findingsOf(RULE, manifests)).toEqual([]);
  });

  it('is content with a block that has the nodes', async () => {
    const profile = { nodeCidrs: ['198.50.100.9/32'] };
    expect(await findingsOf(RULE, SHOP + LOAD_BALANCER + ingress(OFFICE), { profile })).toEqual([]);
  });
});
