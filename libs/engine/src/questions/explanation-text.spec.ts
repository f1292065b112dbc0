import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import { canReach } from './can-reach.js';
import { explanationText } from './explanation-text.js';

const API_VERSION = 'policy.networking.k8s.io/v1alpha2';

function pod(namespace: string, name: string): object {
  const spec = { containers: [{ name: 'main' }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name }, spec };
}

function admin(name: string, priority: number, rules: object): object {
  const spec = { tier: 'Admin', priority, subject: { namespaces: {} }, ...rules };
  return { apiVersion: API_VERSION, kind: 'ClusterNetworkPolicy', metadata: { name }, spec };
}

async function explain(objects: readonly object[], to: string): Promise<string> {
  const { analysis } = await analyseObjects([pod('a', 'client'), pod('b', 'server'), ...objects]);
  const asked = canReach(analysis, {
    from: { kind: 'pod', namespace: 'a', name: 'client' },
    to: to.includes('/')
      ? { kind: 'cidr', cidr: to }
      : { kind: 'pod', namespace: 'b', name: 'server' },
    traffic: { protocol: 'TCP', port: 80, endPort: 81, portName: null },
    isEnforced: true,
  });
  if (!asked.ok) throw new Error(asked.problem.message);
  return explanationText(analysis, asked.answer);
}

describe('explanationText of tiers', () => {
  const from = [{ namespaces: {} }];
  const port = (number: number): object[] => [{ tcp: { destinationPort: { number } } }];

  it('tells the rules in the order in which they are asked, then who decides', async () => {
    const isolation = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace: 'b', name: 'closed' },
      spec: { policyTypes: ['Ingress'] },
    };
    const policies = [
      admin('second', 2, { ingress: [{ action: 'Accept', from, protocols: port(80) }] }),
      admin('first', 1, {
        ingress: [{ name: 'go on', action: 'Pass', from, protocols: port(81) }],
      }),
      isolation,
    ];
    expect(await explain(policies, 'server')).toBe(
      [
        '**PARTIAL** from a/client to b/server: TCP 80 may pass, TCP 81 may not (each for at least one pair of pods).',
        '- Egress of a/client: no policy isolates it, everything may pass.',
        '- Ingress of b/server: [Admin] first, rule 1 "go on": Pass TCP 81 → [Admin] second, rule 1: Allow TCP 80 → [NetworkPolicy] b/closed: no rule admits it → allowed in part',
      ].join('\n'),
    );
  });

  it('tells what is denied, and what is not known', async () => {
    const egress = [
      { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }], protocols: port(81) },
      { action: 'Accept', to: [{ domainNames: ['example.com'] }] },
      { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
    ];
    expect(await explain([admin('out', 1, { egress })], '192.0.2.1/32')).toBe(
      [
        '**UNKNOWN** from a/client to 192.0.2.1/32: TCP 81 may not pass, whether TCP 80 may pass is not known.',
        '- Egress of a/client: [Admin] out, rule 1: Deny TCP 81 → [Admin] out, rule 2: Allow to addresses that are not known TCP 80 → [Admin] out, rule 3: Deny TCP 80 → not known',
        '- Ingress of 192.0.2.1/32: no policy governs this end (outside the cluster, hostNetwork, or another protocol).',
      ].join('\n'),
    );
  });
});
