import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { SERVICE_PORT_INSTEAD_OF_POD_PORT as RULE } from './np301-service-port-instead-of-pod-port.js';

const service = (ports: string, more = ''): string => `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { ${more} selector: { app: web }, ports: [${ports}] }
`;
const PORTS = ', ports: [{ name: http, containerPort: 8080 }]';
const SHOP =
  namespace('shop') + deployment('shop', 'web', '', PORTS) + deployment('shop', 'client');
const FROM = 'from: [{ podSelector: { matchLabels: { app: client } } }]';
const ingress = (ports: string, more = ''): string =>
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { app: web } }, ingress: [{ ${FROM}, ports: [${ports}] }${more}]`,
  );
const MAPPED = service('{ port: 80, targetPort: http }');

describe('NP301', () => {
  it('finds the port of a Service in an ingress rule', async () => {
    const found = await findingsOf(RULE, SHOP + MAPPED + ingress('{ port: 80 }'));
    expect(found).toMatchObject([
      {
        object: 'NetworkPolicy shop/web',
        path: 'spec.ingress[0].ports[0]',
        severity: 'HIGH',
        confidence: 'CERTAIN',
      },
    ]);
    expect(found[0]!.message).toContain('8080');
  });

  it('finds it in an egress rule', async () => {
    const egress = policy(
      'shop',
      'client',
      'podSelector: { matchLabels: { app: client } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 80 }] }]',
    );
    expect(await findingsOf(RULE, SHOP + MAPPED + egress)).toMatchObject([
      { object: 'NetworkPolicy shop/client', path: 'spec.egress[0].ports[0]' },
    ]);
  });

  it('is less sure where the pods declare nothing', async () => {
    const bare = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'client');
    const mapped = service('{ port: 80, targetPort: 8080 }');
    expect(await findingsOf(RULE, bare + mapped + ingress('{ port: 80 }'))).toMatchObject([
      { confidence: 'LIKELY' },
    ]);
  });

  it.each([
    ['the port of the pods', ingress('{ port: 8080 }'), MAPPED],
    ['both ports, in one rule', ingress('{ port: 80 }, { port: 8080 }'), MAPPED],
    [
      'both ports, in two rules',
      ingress('{ port: 80 }', `, { ${FROM}, ports: [{ port: http }] }`),
      MAPPED,
    ],
    [
      'both ports, in two policies',
      ingress('{ port: 80 }') + policy('shop', 'all', 'podSelector: {}, ingress: [{}]'),
      MAPPED,
    ],
    ['another protocol', ingress('{ port: 80, protocol: UDP }'), MAPPED],
    [
      'a Service that maps nothing',
      ingress('{ port: 8080 }'),
      service('{ port: 8080, targetPort: http }'),
    ],
    [
      'a headless Service',
      ingress('{ port: 80 }'),
      service('{ port: 80, targetPort: http }', 'clusterIP: None,'),
    ],
    [
      'a port that another port of the Service leads to',
      ingress('{ port: 80 }'),
      service('{ name: a, port: 80, targetPort: http }, { name: b, port: 81, targetPort: 80 }'),
    ],
    [
      'a Service of other pods',
      ingress('{ port: 80 }'),
      MAPPED.replace('app: web }, ports', 'app: other }, ports'),
    ],
  ])('is content with %s', async (_, rules, services) => {
    expect(await findingsOf(RULE, SHOP + services + rules)).toEqual([]);
  });

  it('still finds it where only others may use the port of the pods', async () => {
    const others = ingress(
      '{ port: 80 }',
      ', { from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }',
    );
    expect(await findingsOf(RULE, SHOP + MAPPED + others)).toHaveLength(1);
  });
});
