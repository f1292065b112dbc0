import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { SENSITIVE_PORT_WIDE as RULE } from './np309-sensitive-port-wide.js';

const db = (port = 5432): string =>
  namespace('shop') + deployment('shop', 'db', '', `, ports: [{ containerPort: ${String(port)} }]`);
const ingress = (rule: string, name = 'db'): string =>
  policy('shop', name, `podSelector: { matchLabels: { app: db } }, ingress: [${rule}]`);
const BARE = namespace('shop') + deployment('shop', 'db');
const CLUSTER = 'from: [{ namespaceSelector: {} }]';

describe('NP309', () => {
  it('finds a rule that lets the whole cluster in', async () => {
    for (const rule of [
      '{}',
      `{ ${CLUSTER} }`,
      `{ ${CLUSTER}, ports: [{ port: 5432 }] }`,
      '{ ports: [{ port: 5000, endPort: 6000 }] }',
    ])
      expect(await findingsOf(RULE, db() + ingress(rule))).toMatchObject([
        { object: 'NetworkPolicy shop/db', path: 'spec.ingress[0]', severity: 'HIGH' },
      ]);
  });

  it('finds a rule that lets the internet in', async () => {
    const [found] = await findingsOf(
      RULE,
      db() + ingress('{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }'),
    );
    expect(found?.message).toContain('internet');
  });

  it('takes a rule at its word where containers declare nothing', async () => {
    expect(
      await findingsOf(RULE, BARE + ingress(`{ ${CLUSTER}, ports: [{ port: 5432 }] }`)),
    ).toHaveLength(1);
    expect(await findingsOf(RULE, BARE + ingress('{}'))).toEqual([]);
  });

  it('finds a database that nobody isolates', async () => {
    expect(await findingsOf(RULE, db())).toMatchObject([
      { object: 'Deployment shop/db', path: null, severity: 'HIGH' },
    ]);
    expect(await findingsOf(RULE, BARE)).toEqual([]);
  });

  it('is not sure of ports that metrics servers have', async () => {
    expect(await findingsOf(RULE, db(10250))).toMatchObject([
      { severity: 'LOW', confidence: 'POSSIBLE' },
    ]);
  });

  it.each([
    [
      'chosen pods',
      ingress(
        '{ from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { team: a } } }] }',
      ),
    ],
    [
      'somebody’s networks',
      ingress(
        '{ from: [{ ipBlock: { cidr: 198.51.100.0/24 } }, { ipBlock: { cidr: 8.8.8.0/24 } }] }',
      ),
    ],
    ['another port', ingress(`{ ${CLUSTER}, ports: [{ port: 8080 }] }`)],
    ['nobody', ingress('')],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, db() + rules)).toEqual([]);
  });

  it('knows what admin policies deny', async () => {
    const admin = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: no-db }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress: [{ action: Deny, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: TCP, port: 5432 } }] }]
`;
    expect(await findingsOf(RULE, db() + admin)).toEqual([]);
    expect(await findingsOf(RULE, db() + admin + ingress(`{ ${CLUSTER} }`))).toEqual([]);
  });
});
