import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { EXCEPT_HAS_NO_EFFECT as RULE } from './np406-except-has-no-effect.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'db');
const egress = (name: string, rules: string, selector = ''): string =>
  policy('shop', name, `podSelector: { ${selector} }, policyTypes: [Egress], egress: [${rules}]`);
const to = (cidr: string, except = '', ports = ''): string =>
  `{ to: [{ ipBlock: { cidr: "${cidr}", except: [${except}] } }], ports: [${ports}] }`;
const PRIVATE = to('0.0.0.0/0', '10.0.0.0/8');

describe('NP406', () => {
  it('finds an exception that another policy admits', async () => {
    expect(
      await findingsOf(RULE, SHOP + egress('a', PRIVATE) + egress('b', to('10.0.0.0/8'))),
    ).toMatchObject([
      {
        object: 'NetworkPolicy shop/a',
        path: 'spec.egress[0].to[0]',
        severity: 'HIGH',
        confidence: 'CERTAIN',
        message: expect.stringContaining('NetworkPolicy shop/b'),
      },
    ]);
  });

  it.each([
    ['a rule of the same policy', egress('a', `${PRIVATE}, ${to('10.0.0.0/7')}`)],
    ['a rule without peers', egress('a', `${PRIVATE}, {}`)],
    [
      'two halves',
      egress('a', PRIVATE) + egress('b', to('10.0.0.0/9')) + egress('c', to('10.128.0.0/9')),
    ],
    ['one address', egress('a', to('10.0.0.0/8', '10.0.0.1/32')) + egress('b', to('10.0.0.1/32'))],
    ['IPv6', egress('a', to('::/0', 'fd00::/8')) + egress('b', to('fc00::/7'))],
    [
      'the rest of the ports',
      egress('a', to('0.0.0.0/0', '10.0.0.0/8', '{ port: 80 }, { port: 443 }')) +
        egress('b', to('10.0.0.0/8', '', '{ port: 80 }')) +
        egress('c', to('10.0.0.0/8', '', '{ port: 443 }')),
    ],
  ])('finds one that is admitted by %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + rules)).toMatchObject([{ severity: 'HIGH' }]);
  });

  it('counts each exception by itself', async () => {
    const found = await findingsOf(
      RULE,
      SHOP +
        egress('a', to('0.0.0.0/0', '10.0.0.0/8, 192.168.0.0/16')) +
        egress('b', to('192.168.0.0/16')),
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain('192.168.0.0/16');
  });

  it('is milder where a wider block admits some ports of it', async () => {
    expect(
      await findingsOf(
        RULE,
        SHOP + egress('a', PRIVATE) + egress('b', to('0.0.0.0/0', '', '{ port: 443 }')),
      ),
    ).toMatchObject([{ severity: 'MEDIUM', confidence: 'POSSIBLE' }]);
  });

  it.each([
    ['an exception from the exception', egress('a', PRIVATE) + egress('b', to('10.1.2.3/32'))],
    [
      'all of it but one address',
      egress('a', PRIVATE) + egress('b', to('10.0.0.0/8', '10.0.0.1/32')),
    ],
    ['one half', egress('a', PRIVATE) + egress('b', to('10.0.0.0/9'))],
    [
      'some ports of it',
      egress('a', PRIVATE) + egress('b', to('10.0.0.0/8', '', '{ port: 5432 }')),
    ],
    [
      'DNS to everybody',
      egress('a', PRIVATE) + egress('b', '{ ports: [{ port: 53, protocol: UDP }] }'),
    ],
    [
      'other ports',
      egress('a', to('0.0.0.0/0', '10.0.0.0/8', '{ port: 443 }')) +
        egress('b', to('10.0.0.0/8', '', '{ port: 80 }')),
    ],
    ['the same exception', egress('a', PRIVATE) + egress('b', PRIVATE)],
    [
      'pods, whatever addresses they have',
      egress('a', PRIVATE) + egress('b', '{ to: [{ namespaceSelector: {} }] }'),
    ],
    [
      'policies of other pods',
      egress('a', PRIVATE, 'matchLabels: { app: web }') +
        egress('b', to('10.0.0.0/8'), 'matchLabels: { app: db }'),
    ],
  ])('is content with %s', async (_, rules) => {
    expect(await findingsOf(RULE, SHOP + rules)).toEqual([]);
  });

  it('tells that it holds for some of the pods', async () => {
    const [found] = await findingsOf(
      RULE,
      SHOP + egress('a', PRIVATE) + egress('b', to('10.0.0.0/8'), 'matchLabels: { app: db }'),
    );
    expect(found?.message).toContain('some of the pods');
  });

  it('never keeps silent about what it has not judged', async () => {
    const names = Array.from({ length: 240 }, (_, i) => `p${String(100 + i)}`);
    const others = (name: string): string =>
      `matchExpressions: [{ key: app, operator: NotIn, values: [${name}] }]`;
    const each = names.map((name, i) =>
      egress(name, to('10.0.0.0/8', `10.1.${i}.0/24`, `{ port: ${1000 + 2 * i} }`), others(name)),
    );
    const pods = names.map((name) => deployment('shop', name)).join('');
    const messages: string[] = [];
    for (const name of ['p101', 'p339']) {
      const opens = to('10.1.0.0/24', '', '{ port: 1000 }');
      const open = egress('open', opens, `matchLabels: { app: ${name} }`);
      const [found, ...more] = await findingsOf(
        RULE,
        namespace('shop') + pods + each.join('') + open,
      );
      expect(more).toEqual([]);
      expect(found).toMatchObject({ object: 'NetworkPolicy shop/p100' });
      messages.push(found!.message);
    }
    expect(messages.some((message) => message.includes('for some of the pods alone'))).toBe(true);
    expect(messages.some((message) => message.includes('rules add up'))).toBe(true);
  });
});
