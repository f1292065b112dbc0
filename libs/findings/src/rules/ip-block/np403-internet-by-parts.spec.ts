import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { INTERNET_BY_PARTS as RULE } from './np403-internet-by-parts.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const rule = (cidrs: readonly string[], ports = ''): string =>
  `{ from: [${cidrs.map((cidr) => `{ ipBlock: { cidr: "${cidr}" } }`).join(', ')}]${ports} }`;
const ingress = (rules: readonly string[], name = 'web'): string =>
  policy('shop', name, `podSelector: {}, ingress: [${rules.join(', ')}]`);
/** All /8 but some. */
const without = (...missing: readonly number[]): string[] =>
  Array.from({ length: 256 }, (_, i) => i)
    .filter((i) => !missing.includes(i))
    .map((i) => `${String(i)}.0.0.0/8`);

describe('NP403', () => {
  it('finds two halves', async () => {
    expect(
      await findingsOf(RULE, SHOP + ingress([rule(['0.0.0.0/1', '128.0.0.0/1'])])),
    ).toMatchObject([{ path: 'spec.ingress[0].from[0]', severity: 'HIGH', confidence: 'CERTAIN' }]);
    expect(await findingsOf(RULE, SHOP + ingress([rule(['2000::/4', '3000::/4'])]))).toHaveLength(
      1,
    );
  });

  it('finds them in two policies, and names the other', async () => {
    const [found] = await findingsOf(
      RULE,
      SHOP + ingress([rule(['0.0.0.0/1'])], 'a') + ingress([rule(['128.0.0.0/1'])], 'b'),
    );
    expect(found).toMatchObject({
      object: 'NetworkPolicy shop/a',
      message: expect.stringContaining('NetworkPolicy shop/b'),
    });
  });

  it('lets four /8 be missing, and no more', async () => {
    expect(await findingsOf(RULE, SHOP + ingress([rule(without(1, 2, 3, 4))]))).toHaveLength(1);
    expect(await findingsOf(RULE, SHOP + ingress([rule(without(1, 2, 3, 4, 5))]))).toEqual([]);
    // Of private addresses nothing is missed.
    expect(
      await findingsOf(RULE, SHOP + ingress([rule(without(1, 2, 3, 4, 10, 127, 224))])),
    ).toHaveLength(1);
  });

  it.each([
    ['one that says so', [rule(['0.0.0.0/0', '128.0.0.0/1'])]],
    ['rules without peers', ['{}']],
    [
      'halves for other ports',
      [
        rule(['0.0.0.0/1'], ', ports: [{ port: 80 }]'),
        rule(['128.0.0.0/1'], ', ports: [{ port: 443 }]'),
      ],
    ],
    ['half of it', [rule(['0.0.0.0/1'])]],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + ingress(rules))).toEqual([]);
  });

  it('finds halves whose ports have some in common', async () => {
    const rules = [rule(['0.0.0.0/1'], ', ports: [{ port: 80 }]'), rule(['128.0.0.0/1'])];
    expect(await findingsOf(RULE, SHOP + ingress(rules))).toHaveLength(1);
  });

  it('takes exceptions for what they are', async () => {
    const part =
      '{ from: [{ ipBlock: { cidr: 0.0.0.0/1, except: [32.0.0.0/3] } }, { ipBlock: { cidr: 128.0.0.0/1 } }] }';
    expect(await findingsOf(RULE, SHOP + ingress([part]))).toEqual([]);
  });
});
