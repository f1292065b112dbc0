import {
  type AccessPage,
  ANY_TRAFFIC,
  DEFAULT_PEER_SCOPE,
  type EndpointSelection,
  formatTraffic,
  type PolicySwitches,
  type TrafficQuery,
} from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import type { Analysis } from '../analysis.js';
import { diffSnapshots } from '../diff/diff-snapshots.js';
import { allowedAccess, exportAccess, exportCaveats } from './allowed-access.js';
import { canReach } from './can-reach.js';
import { explanationText } from './explanation-text.js';
import { reachableFrom, whoCanReach } from './who-can-reach.js';

const pod = (name: string, ip: string, spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec,
  status: { podIPs: [{ ip }] },
});
const policy = (spec: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ...spec },
});
const admin = {
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'no-telnet' },
  spec: {
    tier: 'Admin',
    priority: 1,
    subject: { namespaces: { matchLabels: { team: 'a' } } },
    egress: [
      {
        action: 'Deny',
        to: [{ networks: ['0.0.0.0/0'] }],
        protocols: [{ tcp: { destinationPort: { number: 23 } } }],
      },
    ],
  },
};
const PODS = [pod('db', '10.1.0.1'), pod('web', '10.1.0.2')];
const CLOSED = [...PODS, policy({ ingress: [] }), admin];

const endpoint = (name: string): EndpointSelection => ({ kind: 'pod', namespace: 'shop', name });
const TCP_80: TrafficQuery = { protocol: 'TCP', port: 80, endPort: null, portName: null };

async function analyse(
  objects: readonly object[],
  switches: Partial<PolicySwitches> = {},
): Promise<Analysis> {
  return (await analyseObjects(objects, switches)).analysis;
}

function reach(analysis: Analysis, isEnforced: boolean, traffic: TrafficQuery = TCP_80) {
  const ends = { from: endpoint('web'), to: endpoint('db') };
  const asked = canReach(analysis, { ...ends, traffic, isEnforced });
  if (!asked.ok) throw new Error(asked.problem.message);
  return asked.answer;
}

const codes = ({ caveats }: Pick<AccessPage, 'caveats'>): string[] =>
  caveats.map(({ code }) => code);

describe('where nothing enforces policies', () => {
  it('everything passes, and what policies say is told beside it', async () => {
    const analysis = await analyse(CLOSED);
    const answer = reach(analysis, false);
    expect(answer).toMatchObject({
      verdict: 'ALLOWED',
      verdictIfEnforced: 'DENIED',
      allowed: [{ protocol: 'TCP', from: 80, to: 80 }],
      denied: [],
      explanation: { ingress: { verdict: 'DENIED', reason: 'DENIED_BY_ISOLATION' } },
    });
    expect(explanationText(analysis, answer)).toContain(
      'Nothing in this cluster enforces policies. If they were enforced: **DENIED**.',
    );
    expect(reach(analysis, true)).toMatchObject({ verdict: 'DENIED', verdictIfEnforced: 'DENIED' });
  });

  it('all lists have everything, for no other reason', async () => {
    const analysis = await analyse(CLOSED);
    const page = { offset: 0, limit: 10 };
    const common = {
      traffic: ANY_TRAFFIC,
      groupBy: 'POD',
      peers: DEFAULT_PEER_SCOPE,
      page,
    } as const;
    const pages = [
      whoCanReach(analysis, {
        ...common,
        endpoint: endpoint('db'),
        isExplained: true,
        isEnforced: false,
      }),
      reachableFrom(analysis, {
        ...common,
        endpoint: endpoint('web'),
        isExplained: true,
        isEnforced: false,
      }),
      allowedAccess(analysis, {
        ...common,
        from: endpoint('web'),
        to: endpoint('db'),
        crossNamespace: false,
        isEnforced: false,
      }),
    ].map((asked) => {
      if (!asked.ok) throw new Error(asked.problem.message);
      return asked.answer;
    });
    for (const { rows } of pages) {
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map(({ traffic }) => formatTraffic(traffic))).toEqual(rows.map(() => 'All'));
      const reasons = rows.flatMap((row) => [row.egressReason?.code, row.ingressReason?.code]);
      expect(new Set(reasons)).not.toContain('NOT_ISOLATED');
      expect(reasons).toContain('NOT_ENFORCED');
    }
    expect(pages.flatMap(codes)).toEqual([]);
    const exported = { groupBy: 'POD', isEnforced: false } as const;
    const texts = [...exportAccess(analysis, exported)].map(({ traffic }) =>
      formatTraffic(traffic),
    );
    expect(new Set(texts)).toEqual(new Set(['All']));
    expect(exportCaveats(analysis, exported)).toEqual([]);
  });

  it('other protocols pass as well', async () => {
    const analysis = await analyse(CLOSED);
    const icmp = { ...ANY_TRAFFIC, protocol: 'OTHER' } as const;
    const answer = reach(analysis, false, icmp);
    expect(answer).toMatchObject({ verdict: 'ALLOWED', verdictIfEnforced: 'UNKNOWN' });
    expect(codes(answer)).toContain('NON_IP_PROTOCOL_UNDEFINED');
  });

  it('a diff still shows what policies open', async () => {
    const [base, head] = [await analyse(CLOSED), await analyse(PODS)];
    const options = {
      namespaces: null,
      includeAddedAndRemovedWorkloads: true,
      groupBy: 'POD',
    } as const;
    expect(diffSnapshots(base, head, options).summary.opened).toBeGreaterThan(0);
  });
});

describe('switches', () => {
  const block = policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.0/16' } }] }] });

  it('tell of blocks that match no pods, where they have pods', async () => {
    const near = await analyse([...PODS, block], { ipBlockMatchesPods: false });
    const answer = reach(near, true);
    expect(answer.verdict).toBe('DENIED');
    expect(codes(answer)).toEqual(['IP_BLOCK_MATCHES_PODS']);
    expect(answer.caveats[0]?.message).toContain('not to match');
    expect(answer.explanation.ingress.nearMisses).toMatchObject([{ reason: 'IP_BLOCK_OF_POD' }]);
    const elsewhere = policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.9.0.0/16' } }] }] });
    const far = await analyse([...PODS, elsewhere], { ipBlockMatchesPods: false });
    expect(codes(reach(far, true))).toEqual([]);
    expect(codes({ caveats: exportCaveats(near, { isEnforced: true }) })).toContain(
      'IP_BLOCK_MATCHES_PODS',
    );
  });

  it('tell of pods and nodes that policies come between', async () => {
    const agent = pod('web', '192.168.0.1', { hostNetwork: true, nodeName: 'n' });
    const objects = [pod('db', '10.1.0.1', { nodeName: 'n' }), agent, policy({ ingress: [] })];
    const local = reach(await analyse(objects), true);
    expect(local.verdict).toBe('ALLOWED');
    expect(codes(local)).toContain('NODE_LOCAL_ALWAYS_ALLOWED');
    const apart = reach(await analyse(objects, { allowNodeToLocalPods: false }), true);
    expect(apart.verdict).toBe('DENIED');
    expect(
      apart.caveats.find(({ code }) => code === 'NODE_LOCAL_ALWAYS_ALLOWED')?.message,
    ).toContain('subject to policies');
    const distinct = reach(await analyse(objects, { hostNetworkPods: 'POD' }), true);
    expect(distinct.verdict).toBe('DENIED');
    expect(codes(distinct)).toEqual(['HOST_NETWORK']);
  });

  it('may let other protocols pass', async () => {
    const icmp = { ...ANY_TRAFFIC, protocol: 'OTHER' } as const;
    expect(reach(await analyse(CLOSED), true, icmp).verdict).toBe('UNKNOWN');
    const answer = reach(await analyse(CLOSED, { otherProtocols: 'ALLOWED' }), true, icmp);
    expect(answer).toMatchObject({
      verdict: 'ALLOWED',
      explanation: { ingress: { verdict: 'ALLOWED', reason: 'NOT_GOVERNED' } },
    });
    const told = answer.caveats.find(({ code }) => code === 'NON_IP_PROTOCOL_UNDEFINED');
    expect(told?.message).toContain('taken to pass');
  });
});
