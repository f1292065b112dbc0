import type {
  LabelSelector,
  PolicyPeer,
  PolicyRule,
  PolicySpec,
  Requirement,
  RuleAction,
} from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { policySummary } from './policy-summary.js';

const WEB: Requirement = { key: 'app', operator: 'In', values: ['web'] };
const PROD: Requirement = { key: 'env', operator: 'In', values: ['prod'] };
const POLICY = { index: 0, name: 'p', labels: {} } as const;
const ANY_TRAFFIC: PolicyRule = { name: null, action: 'ALLOW', peers: null, ports: null };

/** Of a NetworkPolicy of the namespace `shop`, which selects all its pods. */
function summary(spec: Partial<PolicySpec>): string {
  const whole: PolicySpec = {
    tier: 'NETWORK_POLICY',
    priority: null,
    subject: { namespaceSelector: null, podSelector: [] },
    directions: ['INGRESS'],
    ingress: [],
    egress: [],
    ...spec,
  };
  return policySummary({ ...POLICY, kind: 'NETWORK_POLICY', namespace: 0, spec: whole }, 'shop');
}

/** Of a ClusterNetworkPolicy of priority 10, which selects all pods of namespaces with env=prod. */
function clusterSummary(spec: Partial<PolicySpec>): string {
  const whole: PolicySpec = {
    tier: 'ADMIN',
    priority: 10,
    subject: { namespaceSelector: [PROD], podSelector: [] },
    directions: [],
    ingress: [],
    egress: [],
    ...spec,
  };
  const kind = 'CLUSTER_NETWORK_POLICY';
  return policySummary({ ...POLICY, kind, namespace: -1, spec: whole }, null);
}

function rule(action: RuleAction, ...peers: PolicyPeer[]): PolicyRule {
  return { name: null, action, peers, ports: [{ protocol: 'TCP', port: 80, endPort: null }] };
}

function pods(namespaceSelector: LabelSelector | null, podSelector: LabelSelector): PolicyPeer {
  return { kind: 'pods', namespaceSelector, podSelector };
}

function networks(cidrs: string[], except: string[] = []): PolicyPeer {
  return { kind: 'networks', cidrs, except };
}

describe('policySummary of a NetworkPolicy', () => {
  it('says that a direction without rules allows nothing', () => {
    expect(summary({})).toBe('Applies to all pods in shop. Ingress: nothing is allowed.');
  });

  it('says nothing about rules of a direction that the policy does not govern', () => {
    expect(summary({ egress: [ANY_TRAFFIC] })).not.toContain('Egress');
  });

  it('tells the three reaches of a pod peer apart', () => {
    const text = (namespaceSelector: LabelSelector | null): string =>
      summary({ ingress: [rule('ALLOW', pods(namespaceSelector, [WEB]))] });
    expect(text(null)).toContain('TCP 80 from pods with app=web in this namespace (shop).');
    expect(text([])).toContain('TCP 80 from pods with app=web in every namespace.');
    expect(text([PROD])).toContain('TCP 80 from pods with app=web in namespaces with env=prod.');
  });

  it('names what an ipBlock leaves out', () => {
    const egress = [rule('ALLOW', networks(['10.0.0.0/8'], ['10.1.0.0/16'])), ANY_TRAFFIC];
    expect(summary({ directions: ['INGRESS', 'EGRESS'], egress })).toContain(
      'Egress: TCP 80 to 10.0.0.0/8 except 10.1.0.0/16; or all traffic to anywhere, in and outside the cluster.',
    );
  });

  it('counts peers beyond the fourth', () => {
    const blocks = [1, 2, 3, 4, 5, 6].map((i) => networks([`10.${String(i)}.0.0/16`]));
    expect(summary({ ingress: [rule('ALLOW', ...blocks)] })).toContain(
      '10.4.0.0/16 and 2 more peers.',
    );
  });
});

describe('policySummary of admin and baseline policies', () => {
  it('says the tier, the priority, and what the rules do, in their order', () => {
    const ingress = [
      rule('DENY', pods([PROD], [WEB])),
      { ...rule('PASS', pods([], [])), ports: null },
    ];
    expect(clusterSummary({ directions: ['INGRESS'], ingress })).toBe(
      'Admin policy of priority 10. Applies to all pods in namespaces with env=prod. ' +
        'Ingress: denies TCP 80 from pods with app=web in namespaces with env=prod; ' +
        'then passes all traffic from all pods in every namespace.',
    );
  });

  it('says whom a peer that is not known stands for in a rule that denies', () => {
    const egress = [rule('DENY', { kind: 'unknown' })];
    expect(clusterSummary({ directions: ['EGRESS'], egress })).toContain(
      'Egress: denies TCP 80 to everybody (a peer of a kind that is not known).',
    );
  });

  it('says when no port of a rule is known', () => {
    const egress = [{ ...rule('ALLOW', pods([], [])), ports: [] }];
    expect(clusterSummary({ directions: ['EGRESS'], egress })).toContain(
      'Egress: allows no traffic to all pods in every namespace.',
    );
  });

  it('says when a baseline policy applies at all, and that a policy may have no rules', () => {
    const subject = { namespaceSelector: [], podSelector: [WEB] };
    expect(clusterSummary({ tier: 'BASELINE', priority: null, subject })).toBe(
      'Baseline policy. Applies to pods with app=web in every namespace, where no NetworkPolicy isolates them. It has no rules.',
    );
    expect(clusterSummary({ tier: 'BASELINE', priority: 0 })).toContain(
      'Baseline policy of priority 0.',
    );
  });

  const peers: [peer: PolicyPeer, text: string][] = [
    [networks(['10.0.0.0/8', 'fd00::/8']), '10.0.0.0/8, fd00::/8'],
    [
      networks([1, 2, 3, 4, 5].map((i) => `10.${String(i)}.0.0/16`)),
      '10.1.0.0/16, 10.2.0.0/16, 10.3.0.0/16, 10.4.0.0/16 and 1 more networks',
    ],
    [{ kind: 'nodes', selector: [] }, 'the addresses of all nodes'],
    [{ kind: 'nodes', selector: [PROD] }, 'the addresses of nodes with env=prod'],
    [{ kind: 'domainNames', names: ['*.example.com', 'a.org'] }, '*.example.com, a.org'],
    [{ kind: 'unknown' }, 'nobody (a peer of a kind that is not known)'],
  ];
  it.each(peers)('says what %j is', (peer, text) => {
    expect(clusterSummary({ directions: ['EGRESS'], egress: [rule('ALLOW', peer)] })).toContain(
      `Egress: allows TCP 80 to ${text}.`,
    );
  });
});
