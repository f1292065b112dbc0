import type { NetworkPolicySpec, PolicyPeer, PolicyRule, Requirement } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { policySummary } from './policy-summary.js';

const WEB: Requirement = { key: 'app', operator: 'In', values: ['web'] };
const PROD: Requirement = { key: 'env', operator: 'In', values: ['prod'] };

function summary(spec: Partial<NetworkPolicySpec>): string {
  const whole = {
    podSelector: [],
    policyTypes: ['INGRESS'],
    ingress: [],
    egress: [],
    ...spec,
  } as const;
  return policySummary({ index: 0, namespace: 0, name: 'p', labels: {}, spec: whole }, 'shop');
}

function from(...peers: PolicyPeer[]): PolicyRule {
  return { peers, ports: [{ protocol: 'TCP', port: 80, endPort: null }] };
}

describe('policySummary', () => {
  it('says that a direction without rules allows nothing', () => {
    expect(summary({})).toBe('Applies to all pods in shop. Ingress: nothing is allowed.');
  });

  it('says nothing about rules of a direction that the policy does not govern', () => {
    expect(summary({ egress: [{ peers: null, ports: null }] })).not.toContain('Egress');
  });

  it('tells the three reaches of a pod peer apart', () => {
    const pods = { kind: 'pods', podSelector: [WEB] } as const;
    const text = (namespaceSelector: Requirement[] | null): string =>
      summary({ ingress: [from({ ...pods, namespaceSelector })] });
    expect(text(null)).toContain('TCP 80 from pods with app=web in this namespace (shop).');
    expect(text([])).toContain('TCP 80 from pods with app=web in every namespace.');
    expect(text([PROD])).toContain('TCP 80 from pods with app=web in namespaces with env=prod.');
  });

  it('names what an ipBlock leaves out', () => {
    const block = { kind: 'ipBlock', cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } as const;
    const egress = [from(block), { peers: null, ports: null }];
    expect(summary({ policyTypes: ['INGRESS', 'EGRESS'], egress })).toContain(
      'Egress: TCP 80 to 10.0.0.0/8 except 10.1.0.0/16; or all traffic to anywhere, in and outside the cluster.',
    );
  });

  it('counts peers beyond the fourth', () => {
    const blocks = [1, 2, 3, 4, 5, 6].map(
      (i) => ({ kind: 'ipBlock', cidr: `10.${String(i)}.0.0/16`, except: [] }) as const,
    );
    expect(summary({ ingress: [from(...blocks)] })).toContain('10.4.0.0/16 and 2 more peers.');
  });
});
