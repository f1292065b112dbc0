import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { ALL_PORTS_ADMITTED as RULE } from './np308-all-ports-admitted.js';

const SHOP =
  namespace('shop') + deployment('shop', 'web', '', ', ports: [{ containerPort: 8080 }]');
const CLIENT = 'from: [{ podSelector: { matchLabels: { app: client } } }]';
const ingress = (name: string, rule: string): string =>
  policy('shop', name, `podSelector: { matchLabels: { app: web } }, ingress: [{ ${rule} }]`);

describe('NP308', () => {
  it('tells of all such rules at once', async () => {
    expect(
      await findingsOf(RULE, SHOP + ingress('a', CLIENT) + ingress('b', CLIENT)),
    ).toMatchObject([
      {
        object: 'NetworkPolicy shop/a',
        path: 'spec.ingress[0]',
        severity: 'LOW',
        confidence: 'POSSIBLE',
        occurrences: 2,
      },
    ]);
  });

  it.each([
    ['ports', ingress('a', `${CLIENT}, ports: [{ port: 8080 }]`)],
    ['everybody, of which others tell', ingress('a', '')],
    ['a whole namespace', ingress('a', 'from: [{ podSelector: {} }]')],
    [
      'egress',
      policy(
        'shop',
        'a',
        'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }]',
      ),
    ],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + rules)).toEqual([]);
  });

  it('is content where no container declares a port', async () => {
    expect(
      await findingsOf(RULE, namespace('shop') + deployment('shop', 'web') + ingress('a', CLIENT)),
    ).toEqual([]);
  });
});
