import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, lineOf, QueryServer } from './query-server.js';

const PATH = 'admin-policies.yaml';
const MANIFESTS = fixture(PATH);
const WEB = 'workload: { namespace: "shop", name: "web" }';
const CART = 'workload: { namespace: "shop", name: "cart" }';
const SCRAPER = 'workload: { namespace: "monitoring", name: "scraper" }';
const PROBE = 'pod: { namespace: "lab", name: "probe" }';

let server: QueryServer;
let id: string;

beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('admin', PATH, MANIFESTS);
});
afterAll(() => server.close());

function snapshot(selection: string): Promise<GraphqlAnswer['data']> {
  return server.snapshot(id, selection);
}

/** Names of policies, in the order of the list. */
async function names(field: string): Promise<string[]> {
  const { found } = await snapshot(`found: ${field} { nodes { name } }`);
  return (found.nodes as { name: string }[]).map(({ name }) => name);
}

describe('policies of every kind', () => {
  it('are listed together, those of the cluster after those of namespaces', async () => {
    expect(await names('policies')).toEqual([
      'web',
      'default',
      'lab-egress',
      'pass-monitoring',
      'someday',
    ]);
  });

  const filters: [filter: string, names: string[]][] = [
    ['kinds: [NETWORK_POLICY]', ['web']],
    ['kinds: [ADMIN_NETWORK_POLICY]', ['pass-monitoring']],
    [
      'kinds: [CLUSTER_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY]',
      ['default', 'lab-egress', 'someday'],
    ],
    ['kinds: []', []],
    ['namespaces: ["shop"]', ['web']],
    ['namespaces: ["shop"], kinds: [ADMIN_NETWORK_POLICY]', []],
    [`selects: { ${WEB} }`, ['web', 'default', 'pass-monitoring']],
    [`selects: { ${PROBE} }`, ['default', 'lab-egress']],
    [`selects: { ${PROBE} }, kinds: [CLUSTER_NETWORK_POLICY]`, ['lab-egress']],
    ['selectsNothing: true', ['someday']],
  ];
  it.each(filters)('are filtered by %s', async (filter, expected) => {
    expect(await names(`policies(filter: { ${filter} })`)).toEqual(expected);
  });

  it('are found by kind and name', async () => {
    const about = 'name stableKey kind tier priority directions namespace { name } labels';
    const { anp, banp, admin, baseline, none } = await snapshot(`
      anp: policy(kind: ADMIN_NETWORK_POLICY, name: "pass-monitoring") { ${about} }
      banp: policy(kind: BASELINE_ADMIN_NETWORK_POLICY, name: "default") { ${about} }
      admin: policy(kind: CLUSTER_NETWORK_POLICY, name: "lab-egress") { ${about} }
      baseline: policy(kind: CLUSTER_NETWORK_POLICY, name: "someday") { ${about} }
      none: policy(kind: CLUSTER_NETWORK_POLICY, name: "pass-monitoring") { name }`);
    expect(anp).toEqual({
      name: 'pass-monitoring',
      stableKey: 'policy:AdminNetworkPolicy/pass-monitoring',
      kind: 'ADMIN_NETWORK_POLICY',
      tier: 'ADMIN',
      priority: 10,
      directions: ['INGRESS'],
      namespace: null,
      labels: { owner: 'platform' },
    });
    expect(banp).toMatchObject({
      stableKey: 'policy:BaselineAdminNetworkPolicy/default',
      tier: 'BASELINE',
      priority: null,
    });
    expect(admin).toMatchObject({ tier: 'ADMIN', priority: 20, directions: ['EGRESS'] });
    expect(baseline).toMatchObject({ tier: 'BASELINE', priority: 0, directions: [] });
    expect(none).toBeNull();
  });

  it('are in no namespace, unless they are NetworkPolicies', async () => {
    const ask = (args: string): Promise<unknown> => server.refusal(id, `policy(${args}) { name }`);
    const refused = { reason: 'INVALID', argument: 'namespace' };
    expect(
      await ask('kind: ADMIN_NETWORK_POLICY, namespace: "shop", name: "pass-monitoring"'),
    ).toMatchObject(refused);
    expect(await ask('name: "web"')).toMatchObject(refused);
  });

  it('are found again by their ids', async () => {
    const { policies } = await snapshot('policies { nodes { id name } }');
    const found = await server.data(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Policy { name } } }',
      { ids: (policies.nodes as { id: string }[]).map((policy) => policy.id) },
    );
    expect(found.nodes).toEqual(policies.nodes);
  });

  it('are told of a workload that they select; only NetworkPolicies isolate it', async () => {
    const { workload } = await snapshot(`workload(namespace: "shop", name: "web") {
      policies { nodes { name } }
      isolation { ingress egress ingressPolicies { name } egressPolicies { name } }
      egress: policies(direction: EGRESS) { totalCount }
    }`);
    expect(workload).toEqual({
      policies: { nodes: [{ name: 'web' }, { name: 'default' }, { name: 'pass-monitoring' }] },
      isolation: {
        ingress: true,
        egress: false,
        ingressPolicies: [{ name: 'web' }],
        egressPolicies: [],
      },
      egress: { totalCount: 0 },
    });
    const { cart } = await snapshot(
      'cart: workload(namespace: "shop", name: "cart") { isolation { ingress ingressPolicies { name } } }',
    );
    expect(cart.isolation).toEqual({ ingress: false, ingressPolicies: [] });
  });
});

describe('an admin policy', () => {
  it('says in plain words what it does, and where it stands', async () => {
    const { policy } = await snapshot(`policy(kind: ADMIN_NETWORK_POLICY, name: "pass-monitoring") {
      summary location { path startLine endLine } subjects { nodes { name } } selectedPods { totalCount }
    }`);
    expect(policy).toEqual({
      summary:
        'Admin policy of priority 10. Applies to all pods in namespaces with zone=front. ' +
        'Ingress: allows port metrics from pods with app=scraper in namespaces with zone=ops; ' +
        'then passes TCP 8000-8999 from all pods in namespaces with zone=ops; ' +
        'then denies all traffic from all pods in namespaces with zone=lab.',
      location: {
        path: PATH,
        startLine: lineOf(MANIFESTS, 'metadata: { name: pass-monitoring') - 2,
        endLine: lineOf(MANIFESTS, '- namespaces: { matchLabels: { zone: lab } }'),
      },
      subjects: { nodes: [{ name: 'cart' }, { name: 'web' }] },
      selectedPods: { totalCount: 0 },
    });
  });

  it('lists its rules in order, with name, action, place and peers', async () => {
    const { policy } = await snapshot(`policy(kind: ADMIN_NETWORK_POLICY, name: "pass-monitoring") {
      rules { path name action direction location { startLine } traffic { text isAll isEmpty } namedPorts { name protocol }
        peers { path summary matchedWorkloadCount matchedWorkloads { nodes { name } } location { startLine } } }
    }`);
    expect(policy.rules).toEqual([
      {
        path: 'spec.ingress[0]',
        name: 'metrics',
        action: 'ALLOW',
        direction: 'INGRESS',
        location: { startLine: lineOf(MANIFESTS, '- name: metrics\n') },
        traffic: { text: 'port metrics', isAll: false, isEmpty: false },
        namedPorts: [{ name: 'metrics', protocol: null }],
        peers: [
          {
            path: 'spec.ingress[0].from[0]',
            summary: 'pods with app=scraper in namespaces with zone=ops',
            matchedWorkloadCount: 1,
            matchedWorkloads: { nodes: [{ name: 'scraper' }] },
            location: { startLine: lineOf(MANIFESTS, '- pods:\n') },
          },
        ],
      },
      expect.objectContaining({
        name: 'rest-of-monitoring',
        action: 'PASS',
        traffic: { text: 'TCP 8000-8999', isAll: false, isEmpty: false },
      }),
      expect.objectContaining({
        path: 'spec.ingress[2]',
        name: null,
        action: 'DENY',
        traffic: { text: 'All', isAll: true, isEmpty: false },
        location: { startLine: lineOf(MANIFESTS, '- action: Deny') },
      }),
    ]);
  });

  it('has networks, domain names and nodes as peers', async () => {
    const { policy } = await snapshot(`policy(kind: CLUSTER_NETWORK_POLICY, name: "lab-egress") {
      rules { action traffic { text } peers { cidrs except domainNames nodeSelector summary matchedWorkloads { nodes { name } } } }
    }`);
    const nothing = { cidrs: [], except: [], domainNames: [], nodeSelector: null };
    const none = { nodes: [] };
    expect(policy.rules).toEqual([
      {
        action: 'DENY',
        traffic: { text: 'All' },
        peers: [
          {
            ...nothing,
            cidrs: ['169.254.169.254/32'],
            summary: '169.254.169.254/32',
            matchedWorkloads: none,
          },
        ],
      },
      {
        action: 'ALLOW',
        traffic: { text: 'TCP 443' },
        peers: [
          {
            ...nothing,
            domainNames: ['*.example.com', 'example.com'],
            summary: '*.example.com, example.com',
            matchedWorkloads: none,
          },
        ],
      },
      {
        action: 'ALLOW',
        traffic: { text: 'TCP 9000-9100' },
        peers: [
          {
            ...nothing,
            nodeSelector: 'role=infra',
            summary: 'the addresses of nodes with role=infra',
            matchedWorkloads: none,
          },
        ],
      },
      {
        action: 'DENY',
        traffic: { text: 'All' },
        peers: [
          {
            ...nothing,
            cidrs: ['0.0.0.0/0', '::/0'],
            summary: '0.0.0.0/0, ::/0',
            matchedWorkloads: { nodes: [{ name: 'probe' }] },
          },
        ],
      },
      {
        action: 'PASS',
        traffic: { text: 'UDP 53; port metrics' },
        peers: [
          {
            ...nothing,
            summary: 'all pods in namespaces with zone=front',
            matchedWorkloads: { nodes: [{ name: 'cart' }, { name: 'web' }] },
          },
        ],
      },
    ]);
  });
});

describe('who can reach', () => {
  it('says which tier lets traffic pass', async () => {
    const row = `source { displayName } traffic { text } egressReason { code }
      ingressReason { code rules { policy { name kind } rule { name } traffic { text } } }`;
    const { web, scraper } = await snapshot(`
      web: whoCanReach(target: { ${WEB} }) { nodes { ${row} } }
      scraper: whoCanReach(target: { ${SCRAPER} }, peers: { external: false, namespaces: ["lab"] }) { nodes { ${row} } }`);
    expect(web.nodes).toEqual([
      {
        source: { displayName: 'monitoring/scraper (Deployment)' },
        traffic: { text: 'TCP 9090' },
        egressReason: { code: 'NOT_ISOLATED' },
        ingressReason: {
          code: 'ALLOWED_BY_ADMIN_POLICY',
          rules: [
            {
              policy: { name: 'pass-monitoring', kind: 'ADMIN_NETWORK_POLICY' },
              rule: { name: 'metrics' },
              traffic: { text: 'TCP 9090' },
            },
          ],
        },
      },
      {
        source: { displayName: 'shop/cart (Deployment)' },
        traffic: { text: 'TCP 8080' },
        egressReason: { code: 'NOT_ISOLATED' },
        ingressReason: expect.objectContaining({ code: 'ALLOWED_BY_POLICY' }),
      },
    ]);
    expect(scraper.nodes).toEqual([
      {
        source: { displayName: 'lab/probe (Pod)' },
        traffic: { text: 'UDP 53' },
        egressReason: { code: 'NOT_ISOLATED' },
        ingressReason: {
          code: 'ALLOWED_BY_BASELINE_POLICY',
          rules: [
            {
              policy: { name: 'default', kind: 'BASELINE_ADMIN_NETWORK_POLICY' },
              rule: { name: 'dns' },
              traffic: { text: 'UDP 53' },
            },
          ],
        },
      },
    ]);
  });

  it('exports the same rows', async () => {
    const [, uuid] = Buffer.from(id, 'base64url').toString().split(':');
    const { text } = await request(server.url).get(
      `/v1/snapshots/${String(uuid)}/allowed-access?format=csv`,
    );
    const lines = text.split('\r\n');
    const between = (source: string, destination: string): string[] =>
      lines.filter((line) => line.startsWith(`workload,${source},,workload,${destination},,`));
    const traffic = (found: string[]): string[] =>
      found.map((line) => line.split(',').slice(-3).join(' '));
    expect(traffic(between('monitoring,scraper,Deployment', 'shop,web,Deployment'))).toEqual([
      'TCP 9090 9090',
    ]);
    expect(traffic(between('monitoring,scraper,Deployment', 'shop,cart,Deployment'))).toEqual([
      'UDP 53 53',
      'UDP 7070 7070',
    ]);
    expect(between('lab,probe,Pod', 'shop,web,Deployment')).toEqual([]);
    expect(traffic(between('shop,web,Deployment', 'shop,cart,Deployment'))).toEqual([
      'TCP 1 65535',
      'UDP 1 65535',
      'SCTP 1 65535',
    ]);
  });
});

describe('explanations', () => {
  const MATCH =
    'peerPath traffic { text } policy { name tier } rule { path action location { path startLine } }';
  const SIDE = `verdict isolated isolatedBy { name } allowedBy { ${MATCH} } deniedBy { ${MATCH} }
    passedBy { ${MATCH} } maybeAllowedBy { ${MATCH} }`;

  async function explain(
    from: string,
    to: string,
    traffic: string,
  ): Promise<GraphqlAnswer['data']> {
    const { canReach } =
      await snapshot(`canReach(from: { ${from} }, to: { ${to} }, traffic: { ${traffic} }) {
      verdict allowed { text } denied { text } unknown { text } caveats { code }
      explanation { text egress { ${SIDE} } ingress { ${SIDE} } }
    }`);
    return canReach;
  }

  it('follow a connection that is passed to the NetworkPolicies', async () => {
    const { verdict, explanation } = await explain(SCRAPER, WEB, 'protocol: TCP, port: 8080');
    expect(verdict).toBe('DENIED');
    expect(explanation.ingress).toMatchObject({
      verdict: 'DENIED',
      isolated: true,
      isolatedBy: [{ name: 'web' }],
      allowedBy: [],
      deniedBy: [],
      passedBy: [
        {
          peerPath: 'spec.ingress[1].from[0]',
          traffic: { text: 'TCP 8080' },
          policy: { name: 'pass-monitoring', tier: 'ADMIN' },
          rule: { path: 'spec.ingress[1]', action: 'PASS' },
        },
      ],
    });
    const line = lineOf(MANIFESTS, '- name: rest-of-monitoring') + 3;
    expect(explanation.text).toContain(
      `[Admin] pass-monitoring, rule 2 "rest-of-monitoring" (${PATH}:${line}): Pass TCP 8080 → [NetworkPolicy] shop/web: no rule admits it → denied`,
    );
  });

  it('name the rule that denies, with file and line', async () => {
    const { verdict, explanation } = await explain(PROBE, WEB, 'protocol: TCP, port: 8080');
    const startLine = lineOf(MANIFESTS, '- action: Deny');
    expect(verdict).toBe('DENIED');
    expect(explanation.ingress).toMatchObject({
      verdict: 'DENIED',
      deniedBy: [
        {
          peerPath: 'spec.ingress[2].from[0]',
          traffic: { text: 'TCP 8080' },
          policy: { name: 'pass-monitoring', tier: 'ADMIN' },
          rule: { path: 'spec.ingress[2]', action: 'DENY', location: { path: PATH, startLine } },
        },
      ],
    });
    expect(explanation.text).toContain(
      `[Admin] pass-monitoring, rule 3 (${PATH}:${startLine + 2}): Deny TCP 8080 → denied`,
    );
  });

  it('name the rule of the baseline that decides', async () => {
    const dns = await explain(PROBE, SCRAPER, 'protocol: UDP, port: 53');
    expect(dns.verdict).toBe('ALLOWED');
    expect(dns.explanation.ingress).toMatchObject({
      isolated: false,
      allowedBy: [{ policy: { name: 'default', tier: 'BASELINE' }, traffic: { text: 'UDP 53' } }],
    });
    const other = await explain(PROBE, SCRAPER, 'protocol: UDP, port: 54');
    expect(other.verdict).toBe('DENIED');
    expect(other.explanation.ingress.deniedBy).toMatchObject([
      { policy: { name: 'default' }, rule: { path: 'spec.ingress[1]' } },
    ]);
  });

  it('do not decide about domain names', async () => {
    const { verdict, allowed, denied, unknown, caveats, explanation } = await explain(
      PROBE,
      'internet: true',
      'protocol: TCP, port: 443',
    );
    expect(verdict).toBe('UNKNOWN');
    expect([allowed, denied, unknown]).toEqual([
      { text: 'None' },
      { text: 'None' },
      { text: 'TCP 443' },
    ]);
    expect(caveats).toContainEqual({ code: 'DOMAIN_NAMES_NOT_RESOLVED' });
    expect(explanation.egress).toMatchObject({
      verdict: 'UNKNOWN',
      maybeAllowedBy: [{ peerPath: 'spec.egress[1].to[0]', policy: { name: 'lab-egress' } }],
    });
  });

  it('decide what domain names do not matter to', async () => {
    const port80 = await explain(PROBE, 'internet: true', 'protocol: TCP, port: 80');
    expect(port80.verdict).toBe('DENIED');
    expect(port80.explanation.egress.deniedBy[0]).toMatchObject({
      rule: { path: 'spec.egress[3]' },
    });
    const metadata = await explain(PROBE, 'cidr: "169.254.169.254"', 'protocol: TCP, port: 443');
    expect(metadata.verdict).toBe('DENIED');
    const node = await explain(PROBE, 'cidr: "192.0.2.10"', 'protocol: TCP, port: 9050');
    expect(node).toMatchObject({
      verdict: 'ALLOWED',
      explanation: { egress: { allowedBy: [{ peerPath: 'spec.egress[2].to[0]' }] } },
    });
  });
});

describe('traffic to domain names', () => {
  const toOutside = 'peers: { namespaces: [] }';
  const rows = 'nodes { destination { displayName } traffic { text } } caveats { code }';

  it('is in no list of what is allowed, which says so', async () => {
    const { reachableFrom, allowedAccess } = await snapshot(`
      reachableFrom(source: { ${PROBE} }, ${toOutside}) { ${rows} }
      allowedAccess(filter: { from: { ${PROBE} }, ${toOutside} }) { ${rows} }`);
    const node = {
      destination: { displayName: '192.0.2.10/32' },
      traffic: { text: 'TCP 9000-9100' },
    };
    for (const { nodes, caveats } of [reachableFrom, allowedAccess]) {
      expect(nodes).toEqual([node]);
      expect(caveats).toContainEqual({ code: 'DOMAIN_NAMES_NOT_RESOLVED' });
    }
  });

  it('is in a diff, as traffic that may pass', async () => {
    const without = MANIFESTS.replace("['*.example.com', example.com]", '[example.org]');
    const head = await server.upload('names', PATH, without.replace('number: 443', 'number: 8443'));
    const { diff } = await server.snapshot(
      head,
      `diff(base: { id: "${id}" }) { caveats { code }
        changes { nodes { source { displayName } opened { text } closed { text } causedBy { displayName } } } }`,
    );
    expect(diff.caveats).toContainEqual({ code: 'DOMAIN_NAMES_NOT_RESOLVED' });
    expect(diff.changes.nodes.length).toBeGreaterThan(0);
    for (const change of diff.changes.nodes) {
      expect(change).toEqual({
        source: { displayName: 'lab/probe (Pod)' },
        opened: { text: 'TCP 8443' },
        closed: { text: 'TCP 443' },
        causedBy: [{ displayName: 'ClusterNetworkPolicy lab-egress' }],
      });
    }
  });
});

describe('a diff', () => {
  it('names the admin policy that opened traffic', async () => {
    const changed = MANIFESTS.replace('- action: Deny', '- action: Allow');
    const head = await server.upload('admin', PATH, changed);
    const { diff } = await server.snapshot(
      head,
      `diff(base: { id: "${id}" }) { equivalent summary { opened closed altered }
        changes { nodes { kind source { displayName } destination { displayName } opened { text }
          causedBy { change kind displayName fields before { stableKey location { startLine } } after { ... on Policy { tier } } } } } }`,
    );
    const startLine = lineOf(MANIFESTS, 'metadata: { name: pass-monitoring') - 2;
    const causedBy = [
      {
        change: 'CHANGED',
        kind: 'POLICY',
        displayName: 'AdminNetworkPolicy pass-monitoring',
        fields: [expect.stringContaining('spec.ingress[2]')],
        before: {
          stableKey: 'policy:AdminNetworkPolicy/pass-monitoring',
          location: { startLine },
        },
        after: { tier: 'ADMIN' },
      },
    ];
    const opened = (name: string): object => ({
      kind: 'OPENED',
      source: { displayName: 'lab/probe (Pod)' },
      destination: { displayName: `shop/${name} (Deployment)` },
      opened: { text: 'All' },
      causedBy,
    });
    expect(diff).toMatchObject({
      equivalent: false,
      summary: { opened: 2, closed: 0, altered: 0 },
      changes: { nodes: [opened('cart'), opened('web')] },
    });
  });
});

describe('caveats', () => {
  async function caveats(manifests: string): Promise<string[]> {
    const other = await server.upload('caveats', 'more.yaml', `${MANIFESTS}---\n${manifests}`);
    const { canReach } = await server.snapshot(
      other,
      `canReach(from: { ${SCRAPER} }, to: { ${CART} }, traffic: { protocol: TCP, port: 80 }) { caveats { code } }`,
    );
    return (canReach.caveats as { code: string }[]).map(({ code }) => code);
  }

  it('say nothing of policies that are evaluated', async () => {
    const found = await caveats('');
    expect(found).not.toContain('UNSUPPORTED_POLICY_KIND');
    expect(found).not.toContain('UNSUPPORTED_POLICY_FIELD');
    expect(found).not.toContain('PRIORITY_AMBIGUOUS');
  });

  it('tell policies of network plugins', async () => {
    const calico = `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: deny }
spec: { selector: all() }
`;
    expect(await caveats(calico)).toContain('UNSUPPORTED_POLICY_KIND');
  });

  const admin = (priority: number, peer: string): string => `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: another }
spec:
  priority: ${priority}
  subject: { namespaces: { matchLabels: { zone: front } } }
  ingress: [{ action: Deny, from: [${peer}] }]
`;

  it('tell peers that are not known, and policies whose order is open', async () => {
    const known = '{ namespaces: { matchLabels: { zone: ops } } }';
    expect(await caveats(admin(11, known))).not.toContain('PRIORITY_AMBIGUOUS');
    expect(await caveats(admin(10, known))).toContain('PRIORITY_AMBIGUOUS');
    expect(await caveats(admin(11, '{ planets: { matchLabels: { zone: ops } } }'))).toContain(
      'UNSUPPORTED_POLICY_FIELD',
    );
  });
});
