import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { METADATA_SERVICE_REACHABLE as RULE } from './np407-metadata-service-reachable.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const egress = (rules: string, name = 'p'): string =>
  policy('shop', name, `podSelector: {}, policyTypes: [Egress], egress: [${rules}]`);
const to = (cidr: string, except = '', ports = ''): string =>
  `{ to: [{ ipBlock: { cidr: "${cidr}", except: [${except}] } }], ports: [${ports}] }`;

describe('NP407', () => {
  it('finds blocks that have the service', async () => {
    for (const rule of [
      to('0.0.0.0/0'),
      to('169.0.0.0/8', '169.1.0.0/24'),
      to('::/0'),
      to('0.0.0.0/0', '', '{ port: 80 }'),
    ])
      expect(await findingsOf(RULE, SHOP + egress(rule))).toMatchObject([
        {
          object: 'NetworkPolicy shop/p',
          path: 'spec.egress[0].to[0]',
          severity: 'HIGH',
          confidence: 'LIKELY',
        },
      ]);
  });

  it('is milder where the rule has no peers, or names the service', async () => {
    expect(await findingsOf(RULE, SHOP + egress('{}'))).toMatchObject([
      { severity: 'MEDIUM', confidence: 'POSSIBLE' },
    ]);
    expect(await findingsOf(RULE, SHOP + egress(to('169.254.169.254/32')))).toMatchObject([
      { severity: 'LOW' },
    ]);
  });

  it('finds it in the policy that admits what another one excepts', async () => {
    const excepting = egress(to('0.0.0.0/0', '169.254.0.0/16'), 'a');
    expect(await findingsOf(RULE, SHOP + excepting)).toEqual([]);
    expect(await findingsOf(RULE, SHOP + excepting + egress(to('160.0.0.0/4'), 'b'))).toMatchObject(
      [{ object: 'NetworkPolicy shop/b' }],
    );
  });

  it('wants all of its addresses to be excepted', async () => {
    const [found] = await findingsOf(RULE, SHOP + egress(to('0.0.0.0/0', '169.254.169.254/32')));
    expect(found?.message).toContain('169.254.170.2');
    expect(found?.message).not.toContain('169.254.169.254');
    expect(
      await findingsOf(
        RULE,
        SHOP + egress(to('0.0.0.0/0', '169.254.169.254/32, 169.254.170.2/32')),
      ),
    ).toEqual([]);
    expect(await findingsOf(RULE, SHOP + egress(to('::/0', 'fd00:ec2::254/128')))).toEqual([]);
  });

  it('is content with other ports, other addresses and pods', async () => {
    expect(
      await findingsOf(
        RULE,
        SHOP + egress('{ ports: [{ port: 53, protocol: UDP }, { port: 443 }] }'),
      ),
    ).toEqual([]);
    expect(await findingsOf(RULE, SHOP + egress(to('169.254.169.253/32')))).toEqual([]);
    expect(await findingsOf(RULE, SHOP + egress('{ to: [{ namespaceSelector: {} }] }'))).toEqual(
      [],
    );
  });

  it('tells of pods without isolation once, and not of those on the network of their node', async () => {
    const host = deployment('shop', 'agent').replace(
      'spec: { containers',
      'spec: { hostNetwork: true, containers',
    );
    expect(await findingsOf(RULE, SHOP + deployment('shop', 'db') + host)).toMatchObject([
      { object: 'Deployment shop/db', severity: 'LOW', confidence: 'POSSIBLE', occurrences: 2 },
    ]);
  });
});
