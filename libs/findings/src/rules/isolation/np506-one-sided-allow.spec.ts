import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { ONE_SIDED_ALLOW } from './np506-one-sided-allow.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'cart');
const pods = (app: string): string => `{ podSelector: { matchLabels: { app: ${app} } } }`;
const CALLS = policy(
  'shop',
  'web',
  `podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [${pods('cart')}], ports: [{ port: 80 }] }]`,
);
const serving = (rules: string): string =>
  policy(
    'shop',
    'cart',
    `podSelector: { matchLabels: { app: cart } }, policyTypes: [Ingress], ingress: [${rules}]`,
  );

describe('NP506', () => {
  it('finds a call that the other side denies', async () => {
    const other = serving(`{ from: [${pods('web')}], ports: [{ port: 81 }] }`);
    expect(await findingsOf(ONE_SIDED_ALLOW, SHOP + CALLS + other)).toMatchObject([
      { object: 'NetworkPolicy shop/cart', path: 'spec.ingress[0].from[0]' },
      { object: 'NetworkPolicy shop/web', path: 'spec.egress[0].to[0]' },
    ]);
  });

  it('is content where the other side admits it, or has no policy', async () => {
    expect(
      await findingsOf(ONE_SIDED_ALLOW, SHOP + CALLS + serving(`{ from: [${pods('web')}] }`)),
    ).toEqual([]);
    expect(await findingsOf(ONE_SIDED_ALLOW, SHOP + CALLS)).toEqual([]);
  });

  it('is content with a rule that names nobody in particular', async () => {
    const wide = policy(
      'shop',
      'web',
      'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }]',
    );
    expect(await findingsOf(ONE_SIDED_ALLOW, SHOP + wide + serving(''))).toEqual([]);
  });
});
