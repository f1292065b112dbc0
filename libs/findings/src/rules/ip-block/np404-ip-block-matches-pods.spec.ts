import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { IP_BLOCK_MATCHES_PODS as RULE } from './np404-ip-block-matches-pods.js';

const pod = (ip: string, spec = ''): string => `---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { ${spec} containers: [{ name: c }] }
status: { podIP: ${ip} }
`;
const SHOP = namespace('shop') + deployment('shop', 'web');
const egress = (cidr: string, except = ''): string =>
  policy(
    'shop',
    'p',
    `podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr}, except: [${except}] } }] }]`,
  );

describe('NP404', () => {
  it('finds blocks of the network of pods, and of the address of one', async () => {
    const profile = { podCidrs: ['10.244.0.0/16'] };
    expect(await findingsOf(RULE, SHOP + egress('10.244.0.0/16'), { profile })).toMatchObject([
      { path: 'spec.egress[0].to[0]', severity: 'MEDIUM', confidence: 'LIKELY' },
    ]);
    expect(await findingsOf(RULE, SHOP + pod('10.244.0.7') + egress('10.244.0.7/32'))).toHaveLength(
      1,
    );
    expect(await findingsOf(RULE, SHOP + pod('10.244.0.7') + egress('10.244.0.8/32'))).toEqual([]);
  });

  it('is not sure of wide blocks', async () => {
    expect(await findingsOf(RULE, SHOP + pod('10.244.0.7') + egress('10.0.0.0/8'))).toMatchObject([
      { severity: 'LOW', confidence: 'POSSIBLE' },
    ]);
  });

  it('is content with the outside, with exceptions, and with hostNetwork pods', async () => {
    const profile = { podCidrs: ['10.244.0.0/16'] };
    expect(
      await findingsOf(RULE, SHOP + pod('10.244.0.7') + egress('0.0.0.0/0'), { profile }),
    ).toEqual([]);
    expect(
      await findingsOf(RULE, SHOP + pod('10.244.0.7') + egress('10.0.0.0/8', '10.244.0.0/16'), {
        profile,
      }),
    ).toEqual([]);
    expect(
      await findingsOf(
        RULE,
        SHOP + pod('192.168.0.7', 'hostNetwork: true,') + egress('192.168.0.0/24'),
      ),
    ).toEqual([]);
  });

  it('says what the network plugin does where it is known', async () => {
    const found = await findingsOf(RULE, SHOP + pod('10.244.0.7') + egress('10.244.0.7/32'), {
      profile: { enforcement: 'CALICO' },
    });
    expect(found).toMatchObject([{ severity: 'LOW' }]);
  });
});
