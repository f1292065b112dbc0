import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { PORT_NOT_DECLARED as RULE } from './np302-port-not-declared.js';

const DECLARED =
  namespace('shop') + deployment('shop', 'web', '', ', ports: [{ containerPort: 8080 }]');
const ingress = (port: string, selector = 'matchLabels: { app: web }'): string =>
  policy('shop', 'web', `podSelector: { ${selector} }, ingress: [{ ports: [${port}] }]`);

describe('NP302', () => {
  it('finds a number that no container declares, and one of another protocol', async () => {
    expect(await findingsOf(RULE, DECLARED + ingress('{ port: 8081 }'))).toMatchObject([
      { path: 'spec.ingress[0].ports[0]', severity: 'INFO', confidence: 'POSSIBLE' },
    ]);
    expect(
      await findingsOf(RULE, DECLARED + ingress('{ port: 8080, protocol: UDP }')),
    ).toHaveLength(1);
  });

  it.each([
    ['a declared number', DECLARED + ingress('{ port: 8080 }')],
    [
      'pods that declare none',
      namespace('shop') + deployment('shop', 'web') + ingress('{ port: 8081 }'),
    ],
    ['a policy for whoever there is', DECLARED + ingress('{ port: 8081 }', '')],
    ['a range', DECLARED + ingress('{ port: 9000, endPort: 9010 }')],
    ['rules without pods', namespace('shop') + ingress('{ port: 8081 }')],
  ])('says nothing of %s', async (_, manifests) => {
    expect(await findingsOf(RULE, manifests)).toEqual([]);
  });

  it('says nothing where some of the pods declare none', async () => {
    const bare = deployment('shop', 'old', ', team: a').replaceAll('app: old', 'app: web');
    expect(await findingsOf(RULE, DECLARED + bare + ingress('{ port: 8081 }'))).toEqual([]);
  });
});
