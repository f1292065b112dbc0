import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, lineOf, QueryServer } from './query-server.js';

const SHOP = fixture('shop.yaml');
let server: QueryServer;
let id: string;

beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('shop', 'shop.yaml', SHOP);
});
afterAll(() => server.close());

function snapshot(selection: string): Promise<GraphqlAnswer['data']> {
  return server.snapshot(id, selection);
}

/** Code, reason and argument of the error that a selection gives. */
async function failure(selection: string): Promise<unknown> {
  const { code, reason, argument } = await server.refusal(id, selection);
  return { code, reason, argument };
}

async function names(field: string): Promise<string[]> {
  const { found } = await snapshot(`found: ${field} { nodes { name } }`);
  return (found.nodes as { name: string }[]).map(({ name }) => name);
}

describe('namespaces', () => {
  it('are listed by name, with labels, place and isolation', async () => {
    const { namespaces } = await snapshot(`namespaces { totalCount nodes {
      __typename name stableKey displayName labels declared
      location { path startLine documentIndex }
      defaultIsolation { ingress egress ingressPolicies { name } egressPolicies { name } }
    } }`);
    expect(namespaces.totalCount).toBe(3);
    expect(namespaces.nodes[2]).toEqual({
      __typename: 'Namespace',
      name: 'shop',
      stableKey: 'namespace:shop',
      displayName: 'shop',
      labels: { team: 'shop', 'kubernetes.io/metadata.name': 'shop' },
      declared: true,
      location: { path: 'shop.yaml', startLine: lineOf(SHOP, 'apiVersion'), documentIndex: 0 },
      defaultIsolation: {
        ingress: true,
        egress: false,
        ingressPolicies: [{ name: 'default-deny' }],
        egressPolicies: [],
      },
    });
  });

  it('are filtered by labels and by isolation', async () => {
    expect(await names('namespaces(filter: { labels: "tier in (storage)" })')).toEqual(['data']);
    expect(await names('namespaces(filter: { notIsolated: INGRESS })')).toEqual([
      'data',
      'monitoring',
    ]);
  });

  it('are found by name, and have their workloads and policies', async () => {
    const { namespace, none } = await snapshot(`
      namespace(name: "data") { workloads { nodes { name } } policies { totalCount nodes { name } } }
      none: namespace(name: "nowhere") { name }`);
    expect(namespace).toEqual({
      workloads: { nodes: [{ name: 'postgres' }] },
      policies: { totalCount: 1, nodes: [{ name: 'postgres-clients' }] },
    });
    expect(none).toBeNull();
  });
});

describe('workloads', () => {
  it('have all that is known of them', async () => {
    const { workload } = await snapshot(`workload(namespace: "data", name: "postgres") {
      __typename stableKey displayName kind labels hostNetwork namespace { name }
      containerPorts { name port protocol } location { startLine }
      pods { totalCount nodes { name displayName ips nodeName phase workload { name } namespace { name } } }
      isolation { ingress egress ingressPolicies { name } egressPolicies { name } }
      policies(direction: EGRESS) { nodes { name } }
    }`);
    expect(workload).toEqual({
      __typename: 'Workload',
      stableKey: 'workload:data/StatefulSet/postgres',
      displayName: 'data/postgres (StatefulSet)',
      kind: 'STATEFUL_SET',
      labels: { app: 'postgres' },
      hostNetwork: false,
      namespace: { name: 'data' },
      containerPorts: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
      location: { startLine: lineOf(SHOP, 'kind: StatefulSet') - 1 },
      pods: {
        totalCount: 2,
        nodes: [
          {
            name: 'postgres-0',
            displayName: 'data/postgres-0',
            ips: ['10.1.0.10', 'fd00:1::10'],
            nodeName: 'node-a',
            phase: 'Running',
            workload: { name: 'postgres' },
            namespace: { name: 'data' },
          },
          expect.objectContaining({ name: 'postgres-1' }),
        ],
      },
      isolation: {
        ingress: true,
        egress: true,
        ingressPolicies: [{ name: 'postgres-clients' }],
        egressPolicies: [{ name: 'postgres-clients' }],
      },
      policies: { nodes: [{ name: 'postgres-clients' }] },
    });
  });

  const filters: [filter: string, names: string[]][] = [
    ['namespaces: ["data", "monitoring"]', ['postgres', 'scraper']],
    ['namespaces: ["nowhere"]', []],
    ['labels: "app in (cart,catalog)"', ['cart', 'catalog']],
    ['kinds: [CRON_JOB, STATEFUL_SET]', ['postgres', 'report']],
    ['search: "Cat"', ['catalog']],
    ['notIsolated: INGRESS', ['scraper']],
    ['notIsolated: EGRESS, search: "cart"', []],
  ];
  it.each(filters)('are filtered by %s', async (filter, expected) => {
    expect(await names(`workloads(filter: { ${filter} })`)).toEqual(expected);
  });

  it('are told apart by kind when the name is not enough', async () => {
    const { job } = await snapshot(
      'job: workload(namespace: "shop", name: "report", kind: CRON_JOB) { kind }',
    );
    expect(job).toEqual({ kind: 'CRON_JOB' });
    expect(await failure('workload(namespace: "shop", name: "report") { kind }')).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'INVALID',
      argument: 'kind',
    });
  });

  it('are null when there is none', async () => {
    const { none } = await snapshot('none: workload(namespace: "shop", name: "x") { kind }');
    expect(none).toBeNull();
  });
});

describe('pods', () => {
  it('are those of the manifests, not those that templates promise', async () => {
    expect(await names('pods')).toEqual(['postgres-0', 'postgres-1']);
  });

  const filters: [filter: string, names: string[]][] = [
    ['ip: "fd00:1::10"', ['postgres-0']],
    ['ip: "FD00:0001::0010"', ['postgres-0']],
    ['ip: "10.1.0.12"', []],
    ['labels: "statefulset.kubernetes.io/pod-name=postgres-1"', ['postgres-1']],
    ['namespaces: ["shop"]', []],
  ];
  it.each(filters)('are filtered by %s', async (filter, expected) => {
    expect(await names(`pods(filter: { ${filter} })`)).toEqual(expected);
  });

  it.each(['10.1.0', '10.1.0.10/32', '010.1.0.10'])('no pod has the address %s', async (ip) => {
    expect(await failure(`pods(filter: { ip: "${ip}" }) { totalCount }`)).toEqual({
      code: 'BAD_USER_INPUT',
      reason: 'INVALID',
      argument: 'filter.ip',
    });
  });
});

describe('policies', () => {
  it('say in plain words what they do, and where they stand', async () => {
    const { policy } = await snapshot(`policy(namespace: "shop", name: "catalog-clients") {
      __typename kind stableKey directions summary labels namespace { name } location { startLine endLine }
      subjects { nodes { name } } selectedPods { totalCount }
    }`);
    expect(policy).toEqual({
      __typename: 'Policy',
      kind: 'NETWORK_POLICY',
      stableKey: 'policy:shop/NetworkPolicy/catalog-clients',
      directions: ['INGRESS'],
      summary:
        'Applies to pods with app=catalog in shop. Ingress: TCP 9000 from pods with app=frontend in this namespace (shop); or TCP 9100-9110 from pods with app=scraper in namespaces with purpose=monitoring.',
      labels: {},
      namespace: { name: 'shop' },
      location: {
        startLine: lineOf(SHOP, 'name: catalog-clients') - 3,
        endLine: lineOf(SHOP, '{ port: 9100, endPort: 9110 }'),
      },
      subjects: { nodes: [{ name: 'catalog' }] },
      selectedPods: { totalCount: 0 },
    });
  });

  it('list their rules with places, traffic and peers', async () => {
    const { policy } = await snapshot(`policy(namespace: "shop", name: "catalog-clients") {
      rules { path direction action location { path startLine } traffic { text isAll ranges { protocol from to } }
        namedPorts { name }
        peers { path summary cidrs matchedWorkloadCount matchedWorkloads { nodes { name } } location { startLine } } }
    }`);
    expect(policy.rules[1]).toEqual({
      path: 'spec.ingress[1]',
      direction: 'INGRESS',
      action: 'ALLOW',
      location: {
        path: 'shop.yaml',
        startLine: lineOf(SHOP, 'namespaceSelector: { matchLabels: { purpose') - 1,
      },
      traffic: {
        text: 'TCP 9100-9110',
        isAll: false,
        ranges: [{ protocol: 'TCP', from: 9100, to: 9110 }],
      },
      namedPorts: [],
      peers: [
        {
          path: 'spec.ingress[1].from[0]',
          summary: 'pods with app=scraper in namespaces with purpose=monitoring',
          cidrs: [],
          matchedWorkloadCount: 1,
          matchedWorkloads: { nodes: [{ name: 'scraper' }] },
          location: { startLine: lineOf(SHOP, 'namespaceSelector: { matchLabels: { purpose') },
        },
      ],
    });
  });

  it('show ports by name apart from ranges, and what an ipBlock leaves out', async () => {
    const { policy } = await snapshot(`policy(namespace: "shop", name: "frontend-public") {
      labels rules { traffic { text isEmpty ranges { from to } } namedPorts { name protocol } peers { cidrs except summary } }
    }`);
    expect(policy).toEqual({
      labels: { owner: 'web' },
      rules: [
        {
          traffic: { text: 'TCP 8443,http', isEmpty: false, ranges: [{ from: 8443, to: 8443 }] },
          namedPorts: [{ name: 'http', protocol: 'TCP' }],
          peers: [
            {
              cidrs: ['0.0.0.0/0'],
              except: ['10.0.0.0/8'],
              summary: '0.0.0.0/0 except 10.0.0.0/8',
            },
          ],
        },
      ],
    });
  });

  it('know the pods that they select', async () => {
    const { policy } = await snapshot(
      'policy(namespace: "data", name: "postgres-clients") { directions selectedPods(first: 1) { totalCount nodes { name } pageInfo { hasNextPage } } }',
    );
    expect(policy).toEqual({
      directions: ['INGRESS', 'EGRESS'],
      selectedPods: {
        totalCount: 2,
        nodes: [{ name: 'postgres-0' }],
        pageInfo: { hasNextPage: true },
      },
    });
  });

  const filters: [filter: string, names: string[]][] = [
    ['selectsNothing: true', ['nobody']],
    ['namespaces: ["data"]', ['postgres-clients']],
    ['selects: { workload: { namespace: "shop", name: "cart" } }', ['cart-egress', 'default-deny']],
    ['selects: { pod: { namespace: "data", name: "postgres-1" } }', ['postgres-clients']],
    ['kinds: [NETWORK_POLICY], namespaces: ["data"]', ['postgres-clients']],
    ['kinds: []', []],
  ];
  it.each(filters)('are filtered by %s', async (filter, expected) => {
    expect(await names(`policies(filter: { ${filter} })`)).toEqual(expected);
  });

  it('are null when there is none, and need a namespace', async () => {
    const { none } = await snapshot('none: policy(namespace: "shop", name: "x") { name }');
    expect(none).toBeNull();
    expect(await failure('policy(name: "default-deny") { name }')).toMatchObject({
      reason: 'INVALID',
      argument: 'namespace',
    });
    expect(
      await failure('policies(filter: { selects: { namespace: "shop" } }) { totalCount }'),
    ).toMatchObject({ reason: 'INVALID', argument: 'filter.selects' });
  });
});

describe('paging', () => {
  it('walks every workload once', async () => {
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { workloads } = await snapshot(
        `workloads(first: 3 ${after}) { totalCount edges { cursor node { name } } pageInfo { hasNextPage endCursor } }`,
      );
      expect(workloads.totalCount).toBe(7);
      for (const { node } of workloads.edges) seen.push(node.name as string);
      if (workloads.pageInfo.hasNextPage !== true) break;
      after = `, after: "${String(workloads.pageInfo.endCursor)}"`;
    }
    expect(seen).toEqual([
      'postgres',
      'scraper',
      'cart',
      'catalog',
      'frontend',
      'report',
      'report',
    ]);
  });

  const refused: [args: string, reason: string, argument: string][] = [
    ['first: 0', 'PAGE_SIZE', 'first'],
    ['first: 101', 'PAGE_SIZE', 'first'],
    ['first: -3', 'PAGE_SIZE', 'first'],
    ['after: "bm9uc2Vuc2U"', 'CURSOR', 'after'],
    ['after: ""', 'CURSOR', 'after'],
    ['filter: { labels: "app in web" }', 'INVALID', 'filter.labels'],
  ];
  it.each(refused)('refuses (%s)', async (args, reason, argument) => {
    expect(await failure(`workloads(${args}) { totalCount }`)).toEqual({
      code: 'BAD_USER_INPUT',
      reason,
      argument,
    });
  });
});

describe('node', () => {
  const NODE = `query ($id: ID!) { node(id: $id) { id __typename ... on KubernetesObject { name } } }`;

  it('finds objects again by their ids', async () => {
    const { workload, policy, pods, namespace } = await snapshot(`
      workload(namespace: "shop", name: "cart") { id } policy(namespace: "shop", name: "nobody") { id }
      pods(first: 1) { nodes { id } } namespace(name: "shop") { id }`);
    const expected: [object: { id: string }, type: string, name: string][] = [
      [workload, 'Workload', 'cart'],
      [policy, 'Policy', 'nobody'],
      [pods.nodes[0], 'Pod', 'postgres-0'],
      [namespace, 'Namespace', 'shop'],
    ];
    for (const [object, __typename, name] of expected) {
      expect((await server.data(NODE, object)).node).toEqual({ ...object, __typename, name });
    }
  });

  it('is null for an object that the snapshot does not have', async () => {
    const [, uuid] = Buffer.from(id, 'base64url').toString().split(':');
    const beyond = Buffer.from(`Workload:${String(uuid)}:7`).toString('base64url');
    expect((await server.data(NODE, { id: beyond })).node).toBeNull();
  });
});
