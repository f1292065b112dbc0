import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { UNPROTECTED_NEWCOMER } from './np507-unprotected-newcomer.js';

const BASE =
  namespace('shop') +
  deployment('shop', 'web') +
  policy('shop', 'web', 'podSelector: { matchLabels: { app: web } }');
const HEAD = BASE + deployment('shop', 'cart');

describe('NP507', () => {
  it('finds a new workload that alone has no policy', async () => {
    expect(await findingsOf(UNPROTECTED_NEWCOMER, HEAD, { base: BASE })).toMatchObject([
      { object: 'Deployment shop/cart', severity: 'HIGH' },
    ]);
  });

  it('is content with an old one, with one among others, and without a state before', async () => {
    expect(await findingsOf(UNPROTECTED_NEWCOMER, HEAD, { base: HEAD })).toEqual([]);
    expect(await findingsOf(UNPROTECTED_NEWCOMER, HEAD)).toEqual([]);
    const more = HEAD + deployment('shop', 'mail');
    expect(await findingsOf(UNPROTECTED_NEWCOMER, more, { base: BASE })).toEqual([]);
  });
});
