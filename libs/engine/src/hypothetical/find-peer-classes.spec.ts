import {
  ANY_TRAFFIC,
  type CaveatCode,
  DEFAULT_PEER_SCOPE,
  type EndpointSelection,
  formatTraffic,
  type PeerScope,
} from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { reachableFrom, whoCanReach } from '../questions/who-can-reach.js';

/** Namespace shop has pods web and db, pay (team=payments) has pod ledger, empty has none. */
const CLUSTER = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Namespace
metadata: { name: pay, labels: { team: payments } }
---
apiVersion: v1
kind: Namespace
metadata: { name: empty }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
spec: { containers: [{ name: db, ports: [{ name: sql, containerPort: 5432 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
---
apiVersion: v1
kind: Pod
metadata: { name: ledger, namespace: pay, labels: { app: ledger } }
`;

const DB: EndpointSelection = { kind: 'pod', namespace: 'shop', name: 'db' };

function policy(namespace: string, spec: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: ${namespace} }
spec: ${spec}
`;
}

function ingressOfDb(from: string): string {
  return policy(
    'shop',
    `{ podSelector: { matchLabels: { app: db } }, ingress: [{ from: ${from} }] }`,
  );
}

interface Asking {
  readonly peers?: Partial<PeerScope>;
  readonly question?: typeof whoCanReach;
  readonly endpoint?: EndpointSelection;
  readonly isEnforced?: boolean;
}

async function ask(
  policies: string,
  { peers = {}, question = whoCanReach, endpoint = DB, isEnforced = true }: Asking = {},
): Promise<{ rows: string[]; caveats: CaveatCode[] }> {
  const { analysis } = await analyseFiles([{ path: 'all.yaml', text: CLUSTER + policies }]);
  const asked = question(analysis, {
    endpoint,
    traffic: ANY_TRAFFIC,
    groupBy: 'WORKLOAD',
    peers: { ...DEFAULT_PEER_SCOPE, external: false, hypothetical: true, ...peers },
    page: { offset: 0, limit: 100 },
    isExplained: true,
    isEnforced,
  });
  if (!asked.ok) throw new Error(asked.problem.message);
  const { rows, caveats } = asked.answer;
  return {
    rows: rows.flatMap(({ source, destination, traffic }) => {
      const peer = question === whoCanReach ? source : destination;
      return peer.kind === 'hypothetical' ? [`${peer.text}: ${formatTraffic(traffic)}`] : [];
    }),
    caveats: caveats.map(({ code }) => code),
  };
}

describe('pods that do not exist', () => {
  it.each<[title: string, policies: string, rows: string[]]>([
    ['are the entire cluster where nothing isolates', '', ['the entire cluster: All']],
    [
      'are left out where a pod of the snapshot shows the same',
      ingressOfDb('[{ podSelector: { matchLabels: { app: web } } }]'),
      [],
    ],
    [
      'are named where nobody has the labels',
      ingressOfDb('[{ podSelector: { matchLabels: { role: admin } } }]'),
      ['any pod with role=admin in namespace shop: All'],
    ],
    [
      'are those of namespaces with labels, existing and new',
      ingressOfDb('[{ namespaceSelector: { matchLabels: { team: payments } } }]'),
      ['any pod in namespaces with team=payments: All'],
    ],
    [
      'are those of a namespace that does not exist',
      ingressOfDb('[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ops } } }]'),
      ['any pod in namespaces with kubernetes.io/metadata.name=ops: All'],
    ],
    [
      'leave out namespaces whose own policies keep them from sending',
      policy('empty', '{ podSelector: {}, policyTypes: [Egress] }'),
      ['any pod in any namespace but empty: All'],
    ],
    [
      'leave out what an admin policy denies',
      `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: guests }
spec:
  priority: 1
  subject: { namespaces: {} }
  ingress:
    - action: Deny
      from: [{ namespaces: { matchLabels: { team: guests } } }]
`,
      ['any pod in namespaces with team!=guests: All'],
    ],
    [
      'are split by what they may send',
      ingressOfDb('[{ namespaceSelector: {} }]') +
        `---
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: only-sql }
spec:
  tier: Admin
  priority: 1
  subject: { pods: { podSelector: { matchLabels: { role: batch } } } }
  egress:
    - action: Accept
      to: [{ namespaces: {} }]
      protocols: [{ tcp: { destinationPort: { number: 5432 } } }]
    - action: Deny
      to: [{ namespaces: {} }]
`,
      [
        'any pod with role=batch in any namespace: TCP 5432',
        'any pod with role!=batch in any namespace: All',
      ],
    ],
    [
      'are put together over namespaces in which nobody has the labels',
      ingressOfDb('[{ namespaceSelector: {}, podSelector: { matchLabels: { role: scraper } } }]') +
        policy('pay', '{ podSelector: {}, policyTypes: [Egress] }'),
      ['any pod with role=scraper in any namespace but pay: All'],
    ],
    [
      'are none where only addresses are let in, since they have none',
      ingressOfDb('[{ ipBlock: { cidr: 0.0.0.0/0 } }]'),
      [],
    ],
  ])('%s', async (_, policies, rows) => {
    expect((await ask(policies)).rows.sort()).toEqual([...rows].sort());
  });

  it('are named where nobody but the endpoint itself has the labels', async () => {
    const alone = ingressOfDb('[{ podSelector: { matchLabels: { app: db } } }]');
    expect((await ask(alone)).rows).toEqual(['any pod with app=db in namespace shop: All']);
    expect((await ask(alone, { peers: { self: true } })).rows).toEqual([
      'any pod with app=db in namespace shop: All',
    ]);
  });

  it('are named where those who have the labels are denied for their addresses', async () => {
    const denied = `---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: not-there }
spec:
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: shop } } }
  egress: [{ action: Deny, to: [{ networks: [10.0.0.0/8] }] }]
`;
    const closed = policy(
      'late',
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }',
    );
    const pod = `---
apiVersion: v1
kind: Pod
metadata: { name: old, namespace: late }
status: { podIP: 10.1.1.1 }
`;
    const { rows } = await ask(denied + closed + pod, { question: reachableFrom });
    expect(rows).toEqual(['the entire cluster: All']);
  });

  it('may have an address that a rule lets in: the answer says so', async () => {
    const { caveats } = await ask(ingressOfDb('[{ ipBlock: { cidr: 0.0.0.0/0 } }]'));
    expect(caveats).toContain('POD_ADDRESS_UNKNOWN');
  });

  it('are those of the namespaces asked for', async () => {
    const peers = { namespaces: ['empty', 'nowhere'] };
    expect((await ask('', { peers })).rows).toEqual(['any pod in namespace empty: All']);
  });

  it('are destinations as well, whose ports nobody knows', async () => {
    const egress = `{
      podSelector: {},
      policyTypes: [Egress],
      egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: http }, { port: 443 }] }],
    }`;
    const { rows, caveats } = await ask(policy('shop', egress), { question: reachableFrom });
    expect(rows).toEqual(['the entire cluster: TCP 443']);
    expect(caveats).toContain('NAMED_PORT_UNRESOLVED');
  });

  it('are the entire cluster where nothing enforces policies', async () => {
    const closed = policy('shop', '{ podSelector: {}, policyTypes: [Ingress, Egress] }');
    expect((await ask(closed)).rows).toEqual([]);
    expect((await ask(closed, { isEnforced: false })).rows).toEqual(['the entire cluster: All']);
    const endpoint: EndpointSelection = {
      kind: 'hypotheticalPod',
      pod: { namespace: 'shop', namespaceLabels: {}, labels: {}, ports: [] },
    };
    expect((await ask(closed, { endpoint })).rows).toEqual([]);
    const supposed = await ask(closed, { endpoint, isEnforced: false });
    expect(supposed.rows).toEqual(['the entire cluster: All']);
  });

  it('are on a page of their own between pods and addresses', async () => {
    const { analysis } = await analyseFiles([{ path: 'all.yaml', text: CLUSTER }]);
    const kinds = [0, 1, 2, 3].map((offset) => {
      const asked = whoCanReach(analysis, {
        endpoint: DB,
        traffic: ANY_TRAFFIC,
        groupBy: 'WORKLOAD',
        peers: { ...DEFAULT_PEER_SCOPE, hypothetical: true },
        page: { offset, limit: 1 },
        isExplained: false,
        isEnforced: true,
      });
      if (!asked.ok) throw new Error(asked.problem.message);
      expect(asked.answer.totalCount).toBe(4);
      return asked.answer.rows.map(({ source }) => source.kind);
    });
    expect(kinds).toEqual([['workload'], ['workload'], ['hypothetical'], ['external']]);
  });
});
