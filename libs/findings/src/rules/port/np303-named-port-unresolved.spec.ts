import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NAMED_PORT_UNRESOLVED as RULE } from './np303-named-port-unresolved.js';

const SHOP =
  namespace('shop') +
  deployment('shop', 'web', '', ', ports: [{ name: http, containerPort: 8080 }]') +
  deployment('shop', 'dns', '', ', ports: [{ name: dns, containerPort: 53, protocol: UDP }]');
const ingress = (app: string, port: string): string =>
  policy(
    'shop',
    'p',
    `podSelector: { matchLabels: { app: ${app} } }, ingress: [{ ports: [${port}] }]`,
  );
const egress = (to: string, port: string): string =>
  policy(
    'shop',
    'p',
    `podSelector: {}, policyTypes: [Egress], egress: [{ to: [${to}], ports: [${port}] }]`,
  );

describe('NP303', () => {
  it('finds a name that no pod of the policy declares', async () => {
    expect(await findingsOf(RULE, SHOP + ingress('web', '{ port: htp }'))).toMatchObject([
      { path: 'spec.ingress[0].ports[0]', severity: 'HIGH', confidence: 'CERTAIN' },
    ]);
  });

  it('finds a name that is declared with another protocol, and says with which', async () => {
    const [found] = await findingsOf(RULE, SHOP + ingress('dns', '{ port: dns }'));
    expect(found?.message).toContain('UDP 53');
  });

  it('finds a name that no pod of the peers declares', async () => {
    const web = '{ podSelector: { matchLabels: { app: web } } }';
    expect(await findingsOf(RULE, SHOP + egress(web, '{ port: dns, protocol: UDP }'))).toHaveLength(
      1,
    );
  });

  it.each([
    ['a declared name', ingress('web', '{ port: http }')],
    ['the right protocol', ingress('dns', '{ port: dns, protocol: UDP }')],
    [
      'a name that some of the pods declare',
      policy('shop', 'p', 'podSelector: {}, ingress: [{ ports: [{ port: http }] }]'),
    ],
    ['pods that are not there', ingress('later', '{ port: http }')],
    [
      'peers that are not there',
      egress('{ podSelector: { matchLabels: { app: later } } }', '{ port: http }'),
    ],
    [
      'addresses, of which NP305 tells',
      egress('{ ipBlock: { cidr: 10.0.0.0/8 } }', '{ port: http }'),
    ],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + rules)).toEqual([]);
  });

  it('is information in a part of a cluster', async () => {
    const found = await findingsOf(RULE, SHOP + ingress('web', '{ port: htp }'), {
      isComplete: false,
    });
    expect(found).toMatchObject([{ severity: 'INFO' }]);
  });
});
