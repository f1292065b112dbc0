import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { CONTRADICTORY_SELECTOR } from './np210-contradictory-selector.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const selecting = (selector: string): string =>
  SHOP + policy('shop', 'web', `podSelector: { ${selector} }`);
const not = (operator: string, values = ''): string =>
  `matchLabels: { app: web }, matchExpressions: [{ key: app, operator: ${operator}${values} }]`;

describe('NP210', () => {
  it('finds requirements that exclude each other', async () => {
    for (const selector of [
      not('NotIn', ', values: [web]'),
      not('In', ', values: [api]'),
      not('DoesNotExist'),
    ])
      expect(await findingsOf(CONTRADICTORY_SELECTOR, selecting(selector))).toMatchObject([
        { path: 'spec.podSelector', severity: 'HIGH', confidence: 'CERTAIN' },
      ]);
  });

  it('finds them in a peer, for namespaces as well', async () => {
    expect(
      await findingsOf(
        CONTRADICTORY_SELECTOR,
        SHOP +
          policy(
            'shop',
            'web',
            'podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: a }, matchExpressions: [{ key: team, operator: DoesNotExist }] } }] }]',
          ),
      ),
    ).toMatchObject([{ path: 'spec.ingress[0].from[0]' }]);
  });

  it('is silent where labels can satisfy all of them', async () => {
    for (const selector of [
      not('NotIn', ', values: [api]'),
      not('In', ', values: [web, api]'),
      not('Exists'),
      'matchLabels: { app: ghost }',
    ])
      expect(await findingsOf(CONTRADICTORY_SELECTOR, selecting(selector))).toEqual([]);
  });
});
