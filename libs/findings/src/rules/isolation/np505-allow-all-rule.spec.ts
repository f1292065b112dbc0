import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { ALLOW_ALL_RULE } from './np505-allow-all-rule.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const FROM = '{ from: [{ podSelector: { matchLabels: { app: web } } }] }';
const ALL = policy('shop', 'all', 'podSelector: {}, ingress: [{}]');

describe('NP505', () => {
  it('finds a rule beside which the others do nothing', async () => {
    const both = policy('shop', 'p', `podSelector: {}, ingress: [${FROM}, {}]`);
    expect(await findingsOf(ALLOW_ALL_RULE, SHOP + both)).toMatchObject([
      { object: 'NetworkPolicy shop/p', path: 'spec.ingress[1]' },
    ]);
  });

  it('finds one that silences the rules of another policy for the same pods', async () => {
    const web = policy(
      'shop',
      'web',
      `podSelector: { matchLabels: { app: web } }, ingress: [${FROM}]`,
    );
    expect(await findingsOf(ALLOW_ALL_RULE, SHOP + ALL + web)).toMatchObject([
      { object: 'NetworkPolicy shop/all', path: 'spec.ingress[0]' },
    ]);
  });

  it('is content with one that opens what a default deny closes, and with policies for other pods', async () => {
    expect(
      await findingsOf(ALLOW_ALL_RULE, SHOP + ALL + policy('shop', 'deny', 'podSelector: {}')),
    ).toEqual([]);
    const cart = policy(
      'shop',
      'cart',
      `podSelector: { matchLabels: { app: cart } }, ingress: [${FROM}]`,
    );
    expect(await findingsOf(ALLOW_ALL_RULE, SHOP + ALL + cart)).toEqual([]);
  });
});
