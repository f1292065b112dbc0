import { formatTraffic, keepPolicies } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import { Analysis } from '../analysis.js';
import { buildIndex } from '../build/build-index.js';
import { comparePermissions, type PermissionRelation } from './compare-permissions.js';
import { LISTED_COUNTEREXAMPLES } from './compare-policies.js';

const pod = (name: string, spec: object = {}, status: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels: { app: name } },
  spec,
  status,
});
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  status: { addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] },
};
const selects = (app: string): object => ({ podSelector: { matchLabels: { app } } });
const tcp = (port: number): object[] => [{ port }];

function policy(name: string, app: string, spec: object): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', name },
    spec: { ...selects(app), ...spec },
  };
}

function admin(name: string, kind: string, rules: object): object {
  const priority = kind === 'AdminNetworkPolicy' ? { priority: 1 } : {};
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind,
    metadata: { name },
    spec: { ...priority, subject: { namespaces: {} }, ...rules },
  };
}

const toNamed = (name: string, domain: string): object =>
  admin(name, 'AdminNetworkPolicy', {
    egress: [
      {
        action: 'Allow',
        to: [{ domainNames: [domain] }],
        ports: [{ portNumber: { protocol: 'TCP', port: 443 } }],
      },
      { action: 'Deny', to: [{ networks: ['0.0.0.0/0', '::/0'] }] },
    ],
  });

const POLICIES = [
  policy('db-from-web-5432', 'db', { ingress: [{ from: [selects('web')], ports: tcp(5432) }] }),
  policy('db-from-web', 'db', { ingress: [{ from: [selects('web')] }] }),
  policy('db-closed', 'db', { policyTypes: ['Ingress'] }),
  policy('web-to-db-5432', 'web', {
    policyTypes: ['Egress'],
    egress: [{ to: [selects('db')], ports: tcp(5432) }],
  }),
  policy('web-closed-egress', 'web', { policyTypes: ['Egress'] }),
  policy('web-from-10', 'web', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
  policy('web-from-everywhere', 'web', {
    ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
  }),
  policy('web-from-10-1', 'web', { ingress: [{ from: [{ ipBlock: { cidr: '10.1.0.0/16' } }] }] }),
  policy('db-from-node', 'db', {
    ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.1/32' } }], ports: tcp(80) }],
  }),
  admin('allow-8080', 'AdminNetworkPolicy', {
    ingress: [
      {
        action: 'Allow',
        from: [{ namespaces: {} }],
        ports: [{ portNumber: { protocol: 'TCP', port: 8080 } }],
      },
    ],
  }),
  admin('pass-all', 'AdminNetworkPolicy', {
    ingress: [{ action: 'Pass', from: [{ namespaces: {} }] }],
  }),
  admin('default', 'BaselineAdminNetworkPolicy', {
    ingress: [
      {
        action: 'Allow',
        from: [{ namespaces: {} }],
        ports: [{ portNumber: { protocol: 'TCP', port: 9090 } }],
      },
      { action: 'Deny', from: [{ namespaces: {} }] },
    ],
  }),
  toNamed('to-api', 'api.example.com'),
  toNamed('to-any', '*.example.com'),
  toNamed('to-deep', '*.eu.example.com'),
];

async function compare(
  a: readonly string[],
  b: readonly string[],
  kind: 'PERMITS' | 'FORBIDS',
  pods: readonly object[] = [pod('web'), pod('db')],
): Promise<PermissionRelation> {
  const { analysis } = await analyseObjects([...pods, ...POLICIES]);
  const { index, view } = analysis;
  const only = (names: readonly string[]): Analysis =>
    new Analysis(
      buildIndex(keepPolicies(index.segments, (i) => names.includes(view.policy(i).name))),
    );
  return comparePermissions(only(a), only(b), kind);
}

const rows = ({ counterexamples }: PermissionRelation): string[] =>
  counterexamples.map(({ source, destination, onlyA, onlyB, both }) => {
    const name = ({ ref }: typeof source): string =>
      ref.kind === 'workload' ? ref.name : ref.kind === 'external' ? ref.cidrs.join() : ref.kind;
    const traffic = [...onlyA, ...both];
    expect(onlyB).toEqual([]);
    return `${name(source)} → ${name(destination)} ${formatTraffic(traffic)}`;
  });

describe('permits and forbids', () => {
  it.each([
    { a: [], b: [], permits: [], forbids: [] },
    { a: [], b: ['db-closed'], permits: [], forbids: [] },
    // What is open because no policy selects it is not asked for; nor is what a set denies.
    { a: ['db-closed'], b: ['db-closed'], permits: [], forbids: [] },
    {
      a: ['db-from-web-5432'],
      b: ['db-closed'],
      permits: ['web → db TCP 5432'],
      forbids: [],
    },
    {
      a: ['db-from-web-5432'],
      b: ['db-from-web'],
      permits: [],
      forbids: ['web → db TCP 5432'],
    },
    {
      a: ['db-from-web'],
      b: ['db-from-web-5432'],
      permits: ['web → db TCP 1-5431,5433-65535; UDP all; SCTP all'],
      forbids: ['web → db TCP 5432'],
    },
    // One end allows by a rule, the other says nothing.
    { a: ['web-to-db-5432'], b: ['db-closed'], permits: ['web → db TCP 5432'], forbids: [] },
    // The other end denies: nothing is permitted.
    { a: ['web-to-db-5432', 'db-closed'], b: ['db-closed'], permits: [], forbids: [] },
    { a: ['db-from-web', 'web-closed-egress'], b: [], permits: [], forbids: [] },
    {
      a: ['db-from-web', 'web-to-db-5432'],
      b: [],
      permits: [],
      forbids: ['web → db TCP 5432'],
    },
    {
      a: ['web-from-10'],
      b: ['web-from-10-1'],
      permits: [
        '10.0.0.0/16,10.2.0.0/15,10.4.0.0/14,10.8.0.0/13,10.16.0.0/12,10.32.0.0/11,10.64.0.0/10,10.128.0.0/9 → web All',
      ],
      forbids: ['10.1.0.0/16 → web All'],
    },
    // Tiers: what a rule passes on and nobody decides is open, not permitted.
    { a: ['pass-all'], b: ['db-closed'], permits: [], forbids: [] },
    {
      a: ['allow-8080'],
      b: ['db-closed'],
      permits: ['web → db TCP 8080'],
      forbids: ['db → web TCP 8080'],
    },
    {
      a: ['default'],
      b: ['db-closed'],
      permits: ['web → db TCP 9090'],
      forbids: ['db → web TCP 9090'],
    },
  ])('of $a and $b', async ({ a, b, permits, forbids }) => {
    const found = await compare(a, b, 'PERMITS');
    expect(rows(found)).toEqual(permits);
    expect(found).toMatchObject({
      holds: permits.length === 0,
      counterexampleCount: permits.length,
    });
    expect(rows(await compare(a, b, 'FORBIDS'))).toEqual(forbids);
  });

  it.each([
    { a: 'to-api', b: 'to-api', permits: true, forbids: false },
    { a: 'to-api', b: 'to-any', permits: true, forbids: false },
    { a: 'to-any', b: 'to-api', permits: false, forbids: false },
    { a: 'to-deep', b: 'to-any', permits: true, forbids: false },
    { a: 'to-any', b: 'to-deep', permits: false, forbids: false },
    { a: 'to-api', b: 'to-deep', permits: false, forbids: true },
  ])('compares domain names: $a and $b', async ({ a, b, permits, forbids }) => {
    expect((await compare([a], [b], 'PERMITS')).holds).toBe(permits);
    const found = await compare([a], [b], 'FORBIDS');
    expect(found.holds).toBe(forbids);
    expect(found.caveats.map(({ code }) => code)).toContain('DOMAIN_NAMES_NOT_RESOLVED');
  });

  it('takes what a node lets pass as allowed by every set', async () => {
    const pods = [
      node,
      pod('db', { nodeName: 'n1' }),
      pod('host', { nodeName: 'n1', hostNetwork: true }, { podIPs: [{ ip: '192.168.0.1' }] }),
    ];
    const sets = [['db-from-node'], ['db-closed']] as const;
    const permits = await compare(...sets, 'PERMITS', pods);
    expect(permits.holds).toBe(true);
    expect(permits.caveats.map(({ code }) => code)).toContain('NODE_LOCAL_ALWAYS_ALLOWED');
    expect(rows(await compare(...sets, 'FORBIDS', pods))).toEqual([
      'host → db TCP 80',
      '192.168.0.1/32 → db TCP 80',
    ]);
    const elsewhere = [node, pod('db'), ...pods.slice(2)];
    expect(rows(await compare(...sets, 'PERMITS', elsewhere))).toEqual([
      'host → db TCP 80',
      '192.168.0.1/32 → db TCP 80',
    ]);
    expect((await compare(...sets, 'FORBIDS', elsewhere)).holds).toBe(true);
  });

  it('counts all, and lists the riskiest first up to a limit', async () => {
    const clients = Array.from({ length: 60 }, (_, i) => pod(`client-${i}`));
    const found = await compare(
      ['allow-8080', 'web-from-everywhere'],
      ['db-closed', 'web-from-10-1'],
      'PERMITS',
      [...clients, pod('web'), pod('db')],
    );
    // To db come 60 clients and web; to web 60 clients, db, and addresses.
    expect(found.counterexampleCount).toBe(61 + 61 + 1);
    expect(found.counterexamples).toHaveLength(LISTED_COUNTEREXAMPLES);
    expect(found.counterexamples[0]?.source.ref).toMatchObject({ includesInternet: true });
  });
});
