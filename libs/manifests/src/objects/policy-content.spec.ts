import { type Direction, type PolicySpec, readColumnBlock, SOURCE_COLUMNS } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { found, read, viewOf } from '../manifests.test-support.js';

const WEB = [{ key: 'app', operator: 'In', values: ['web'] }];
const ALL_PODS = { kind: 'pods', namespaceSelector: [], podSelector: [] };
const NOTHING_SET = { peers: [ALL_PODS], ports: null };

describe('what is stored of cluster-scoped policies', () => {
  it('is a ClusterNetworkPolicy with all of its fields', async () => {
    const content = await read(`apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: all, labels: {team: net}}
spec:
  tier: Baseline
  priority: 1000
  subject: {pods: {podSelector: {matchLabels: {app: web}}}}
  ingress:
  - name: first
    action: Accept
    from:
    - pods: {namespaceSelector: {matchLabels: {app: web}}, podSelector: {}}
    protocols:
    - tcp: {destinationPort: {number: 80}}
    - udp: {destinationPort: {range: {start: 1, end: 9}}}
    - destinationNamedPort: http
  egress:
  - action: Accept
    to:
    - networks: [10.1.0.0/8, 'FD00:0::/8', 10.0.0.0/8]
    - nodes: {matchLabels: {app: web}}
    - domainNames: ['*.A.io', b.io.]
  - action: Pass
    to: [{namespaces: {}}]
`);
    const { snapshot } = viewOf(content);
    expect(snapshot.policy(0)).toEqual({
      index: 0,
      kind: 'CLUSTER_NETWORK_POLICY',
      namespace: -1,
      name: 'all',
      labels: { team: 'net' },
      spec: {
        tier: 'BASELINE',
        priority: 1000,
        subject: { namespaceSelector: [], podSelector: WEB },
        directions: ['INGRESS', 'EGRESS'],
        ingress: [
          {
            name: 'first',
            action: 'ALLOW',
            peers: [{ kind: 'pods', namespaceSelector: WEB, podSelector: [] }],
            ports: [
              { protocol: 'TCP', port: 80, endPort: null },
              { protocol: 'UDP', port: 1, endPort: 9 },
              { protocol: null, port: 'http', endPort: null },
            ],
          },
        ],
        egress: [
          {
            name: null,
            action: 'ALLOW',
            peers: [
              { kind: 'networks', cidrs: ['10.0.0.0/8', 'fd00::/8'], except: [] },
              { kind: 'nodes', selector: WEB },
              { kind: 'domainNames', names: ['*.a.io', 'b.io'] },
            ],
            ports: null,
          },
          { name: null, action: 'PASS', ...NOTHING_SET },
        ],
      },
    });
    expect(found(content)).toEqual([['CIDR_HOST_BITS', 'spec.egress[0].to[0].networks[0]', 20]]);
  });

  it('is an AdminNetworkPolicy with its defaults', async () => {
    const spec = await specOf('AdminNetworkPolicy', {
      priority: 0,
      subject: { namespaces: { matchLabels: { app: 'web' } } },
      ingress: [
        {
          name: '',
          action: 'Deny',
          from: [{ namespaces: {} }],
          ports: [
            { portNumber: { port: 80 } },
            { portRange: { start: 8, end: 9 } },
            { portRange: { protocol: 'SCTP', start: 8, end: 8 } },
            { namedPort: 'dns' },
          ],
        },
        { action: 'Allow', from: [{ pods: { podSelector: {} } }], ports: [] },
      ],
    });
    expect(spec).toEqual({
      tier: 'ADMIN',
      priority: 0,
      subject: { namespaceSelector: WEB, podSelector: [] },
      directions: ['INGRESS'],
      ingress: [
        {
          name: null,
          action: 'DENY',
          peers: [ALL_PODS],
          ports: [
            { protocol: 'TCP', port: 80, endPort: null },
            { protocol: 'TCP', port: 8, endPort: 9 },
            { protocol: 'SCTP', port: 8, endPort: 8 },
            { protocol: null, port: 'dns', endPort: null },
          ],
        },
        { name: null, action: 'ALLOW', ...NOTHING_SET },
      ],
      egress: [],
    });
  });

  it('is a BaselineAdminNetworkPolicy with its tier, and no priority', async () => {
    const subject = { namespaces: {} };
    const egress = [{ action: 'Deny', to: [{ namespaces: {} }] }];
    expect(await specOf('BaselineAdminNetworkPolicy', { subject, egress })).toEqual({
      tier: 'BASELINE',
      priority: null,
      subject: { namespaceSelector: [], podSelector: [] },
      directions: ['EGRESS'],
      ingress: [],
      egress: [{ name: null, action: 'DENY', ...NOTHING_SET }],
    });
    expect((await specOf('BaselineAdminNetworkPolicy', { subject })).directions).toEqual([]);
  });
});

describe('what is not known fails closed', () => {
  const UNKNOWN = { kind: 'unknown' };
  const http = { tcp: { destinationPort: { number: 80 } } };
  const HTTP = { protocol: 'TCP', port: 80, endPort: null };
  it.each<[string, object, object]>([
    [
      'a peer of a rule that allows',
      { action: 'Accept', from: [{ namespaces: {} }, { x: 1 }], protocols: [http] },
      { action: 'ALLOW', peers: [ALL_PODS, UNKNOWN], ports: [HTTP] },
    ],
    [
      'a peer of a rule that denies',
      { action: 'Deny', from: [{ x: 1 }, { namespaces: {} }], protocols: [http] },
      { action: 'DENY', peers: [UNKNOWN, ALL_PODS], ports: [HTTP] },
    ],
    [
      'a peer of a rule that passes',
      { action: 'Pass', from: [{ x: 1 }], protocols: [http] },
      { action: 'DENY', peers: [UNKNOWN], ports: [HTTP] },
    ],
    [
      'no peer of a rule that passes',
      { action: 'Pass', from: [{ namespaces: {}, x: 1 }] },
      { action: 'PASS', ...NOTHING_SET },
    ],
    [
      'an older shape of namespaces, which is none',
      { action: 'Pass', from: [{ namespaces: { sameLabels: ['a'] } }] },
      { action: 'PASS', ...NOTHING_SET },
    ],
    [
      'a protocol of a rule that allows',
      { action: 'Accept', from: [{ namespaces: {} }], protocols: [{ icmp: {} }, http] },
      { action: 'ALLOW', peers: [ALL_PODS], ports: [HTTP] },
    ],
    [
      'all protocols of a rule that allows',
      {
        action: 'Accept',
        from: [{ namespaces: {} }],
        protocols: [{ icmp: {} }, { tcp: { x: 1 } }],
      },
      { action: 'ALLOW', peers: [ALL_PODS], ports: [] },
    ],
    [
      'a protocol of a rule that denies',
      { action: 'Deny', from: [{ namespaces: {} }], protocols: [http, { icmp: {} }] },
      { action: 'DENY', ...NOTHING_SET },
    ],
    [
      'a protocol of a rule that passes',
      { action: 'Pass', from: [{ namespaces: {} }], protocols: [{ icmp: {} }] },
      { action: 'DENY', ...NOTHING_SET },
    ],
    [
      'no protocol of a rule that passes',
      { action: 'Pass', from: [{ namespaces: {} }], protocols: [http] },
      { action: 'PASS', peers: [ALL_PODS], ports: [HTTP] },
    ],
  ])('%s', async (_, rule, expected) => {
    const subject = { namespaces: {} };
    const fields = { tier: 'Admin', priority: 1, subject, ingress: [rule] };
    const { ingress } = await specOf('ClusterNetworkPolicy', fields);
    expect(ingress).toEqual([{ name: null, ...expected }]);
  });
});

describe('lines of cluster-scoped policies', () => {
  const TEXT = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: lines
spec:
  tier: Admin
  priority: 1
  subject:
    namespaces: {}
  egress:
  - action: Deny
    to:
    - namespaces: {}
  ingress:
  - action: Accept
    protocols:
    - tcp: {destinationPort: {number: 1}}
    - icmp: {}
    - udp: {destinationPort: {number: 2}}
    from:
    - namespaces: {}
    - pods:
        podSelector: {}
  - action: Deny
    from:
    - namespaces: {}
    protocols:
    - tcp: {destinationPort: {number: 1}}
    - icmp: {}
  - action: Pass
    from:
    - serviceAccounts: {}
    protocols:
    - tcp: {destinationPort: {number: 1}}
`;
  it('are found by rule and peer', async () => {
    const { sources } = viewOf(await read(TEXT));
    const lineOf = (direction: Direction, rule: number, peer: number | null) =>
      sources.locateRule({ policy: 0, direction, rule, peer })?.startLine;
    expect(sources.locate('POLICY', 0)).toMatchObject({ startLine: 1, endLine: 34 });
    expect([lineOf('EGRESS', 0, null), lineOf('EGRESS', 0, 0)]).toEqual([11, 13]);
    expect([0, 1].map((peer) => lineOf('INGRESS', 0, peer))).toEqual([21, 22]);
    expect([0, 1, 2].map((rule) => lineOf('INGRESS', rule, null))).toEqual([15, 24, 30]);
    expect([1, 2].map((rule) => lineOf('INGRESS', rule, 0))).toEqual([26, 32]);
    expect(sources.locateSubject(0)).toMatchObject({ startLine: 8, endLine: 8 });
  });

  it('are those of the parts that are stored', async () => {
    const { parts } = await read(TEXT);
    const { columns } = readColumnBlock(SOURCE_COLUMNS, parts[0]!.sources.bytes);
    expect([...columns.policyLines]).toEqual([
      ...[15, 21, 22, 17, 19],
      ...[24, 26],
      ...[30, 32, 34],
      ...[11, 13],
      8,
    ]);
  });

  it('are told with what is not known', async () => {
    expect(found(await read(TEXT))).toEqual([
      ['UNSUPPORTED_FIELD', 'spec.ingress[0].protocols[1].icmp', 18],
      ['UNSUPPORTED_FIELD', 'spec.ingress[1].protocols[1].icmp', 29],
      ['UNSUPPORTED_FIELD', 'spec.ingress[2].from[0].serviceAccounts', 32],
    ]);
  });

  it('are those of `ports` in v1alpha1', async () => {
    const { parts } = await read(`apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: {name: default}
spec:
  subject: {namespaces: {}}
  ingress:
  - action: Allow
    from:
    - namespaces: {}
    ports:
    - portNumber:
        port: 80
    - namedPort: dns
`);
    const { columns } = readColumnBlock(SOURCE_COLUMNS, parts[0]!.sources.bytes);
    expect([...columns.policyLines]).toEqual([7, 9, 11, 13, 5]);
  });
});

async function specOf(kind: string, spec: object): Promise<PolicySpec> {
  const apiVersion = 'policy.networking.k8s.io/v1';
  const object = { apiVersion, kind, metadata: { name: 'default' }, spec };
  return viewOf(await read(JSON.stringify(object))).snapshot.policy(0).spec;
}
