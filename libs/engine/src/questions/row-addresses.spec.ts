import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import type { Analysis } from '../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { PUBLIC_CIDRS } from './public-addresses.js';
import { RowAddresses } from './row-addresses.js';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: c }] }
`;

async function analyse(egress: string): Promise<Analysis> {
  const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: out, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress], egress: ${egress} }
`;
  return (await analyseFiles([{ path: 'a.yaml', text: `${POD}---${policy}` }])).analysis;
}

const PUBLIC_IPV4 = PUBLIC_CIDRS.filter((cidr) => cidr.includes('.')).reduce(
  (sum, cidr) => sum + 2 ** (32 - Number(cidr.split('/')[1])),
  0,
);

describe('RowAddresses', () => {
  it('counts public addresses, whatever cuts them', async () => {
    const analysis = await analyse(
      '[{ to: [{ ipBlock: { cidr: 8.8.8.8/32 } }, { ipBlock: { cidr: 9.0.0.0/7 } }] }]',
    );
    const addresses = new RowAddresses(analysis);
    expect(addresses.countPublic(addresses.everywhere).ipv4).toBe(PUBLIC_IPV4);
    expect(addresses.countPublic(addresses.internet).ipv4).toBe(PUBLIC_IPV4);
    // 9.0.0.0/7 begins at 8.0.0.0.
    expect(addresses.countPublic(addresses.atomsOf(['8.0.0.0/7']))).toEqual({
      ipv4: 2 ** 25,
      ipv6: 0,
    });
    expect(addresses.countPublic(addresses.atomsOf(['8.8.8.8/32']))).toEqual({ ipv4: 1, ipv6: 0 });
  });

  it('tells what passes with each of some addresses, and with which some traffic passes', async () => {
    const analysis = await analyse(
      '[{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }, { to: [{ ipBlock: { cidr: 10.0.0.0/7 } }], ports: [{ port: 53 }] }]',
    );
    const addresses = new RowAddresses(analysis);
    const each = (cidr: string) =>
      analysis.traffic.get(addresses.withEach('EGRESS', 0, addresses.atomsOf([cidr])));
    expect(each('10.1.0.0/16')).toEqual([{ protocol: 'TCP', from: 53, to: 53 }]);
    expect(each('10.0.0.0/8')).toEqual([{ protocol: 'TCP', from: 53, to: 53 }]);
    expect(each('10.0.0.0/7')).toEqual([{ protocol: 'TCP', from: 53, to: 53 }]);
    const all = addresses.withAll('EGRESS', 0, FULL_TRAFFIC);
    expect(all).toEqual(addresses.atomsOfPeer(analysis.view.policy(0).spec.egress[0]!.peers![0]!));
    const dns = analysis.traffic.range(0, 53, 53);
    expect(addresses.withAll('EGRESS', 0, dns)).toEqual(addresses.atomsOf(['10.0.0.0/7']));
  });

  it('makes no sets of traffic that is not asked about, however many rules there are', async () => {
    const rules = Array.from(
      { length: 60 },
      (_, i) =>
        `{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.${i}.0.0/16] } }], ports: [{ port: ${1000 + 2 * i} }] }`,
    );
    const analysis = await analyse(`[${rules.join(', ')}]`);
    const addresses = new RowAddresses(analysis);
    const wanted = analysis.traffic.range(0, 1000, 1000);
    const before = analysis.traffic.size;
    const of = (cidr: string) => addresses.withEach('EGRESS', 0, addresses.atomsOf([cidr]), wanted);
    expect(of('10.0.0.0/16')).toBe(NO_TRAFFIC);
    expect(of('10.1.0.0/16')).toBe(wanted);
    expect(addresses.withAll('EGRESS', 0, wanted)).not.toHaveLength(0);
    expect(analysis.traffic.size).toBe(before);
  });

  it('names the rules that let addresses in', async () => {
    const analysis = await analyse('[{ to: [{ podSelector: {} }] }, { ports: [{ port: 443 }] }]');
    const addresses = new RowAddresses(analysis);
    expect(addresses.admitting('EGRESS', 0, addresses.internet)).toEqual([
      {
        policy: 0,
        direction: 'EGRESS',
        rule: 1,
        peer: null,
        traffic: [{ protocol: 'TCP', from: 443, to: 443 }],
      },
    ]);
  });
});
