import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, QueryServer } from './query-server.js';

let server: QueryServer;
let id: string;

beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('shop', 'shop.yaml', fixture('shop.yaml'));
});
afterAll(() => server.close());

function snapshot(selection: string): Promise<GraphqlAnswer['data']> {
  return server.snapshot(id, selection);
}

const PEERS = 'peers: { external: false, hypothetical: true }';
const ENDPOINT = `__typename stableKey displayName
  ... on PeerClass { namespaceSelector podSelector isEntireCluster }`;

describe('a pod that need not exist', () => {
  it('is let in or not, with the reasons', async () => {
    const { canReach } = await snapshot(`canReach(
      from: { hypotheticalPod: { namespace: "shop", labels: { app: "frontend", track: "canary" } } }
      to: { workload: { namespace: "shop", name: "catalog" } }
      traffic: { protocol: TCP, port: 9000 }
    ) {
      verdict
      explanation { text }
    }`);
    expect(canReach.verdict).toBe('ALLOWED');
    expect(canReach.explanation.text).toContain('NetworkPolicy shop/catalog-clients');
    expect(canReach.explanation.text).toContain(
      'Egress of a pod with app=frontend,track=canary in namespace shop',
    );
  });

  it('is named in the rows of its peers', async () => {
    const { whoCanReach } = await snapshot(`whoCanReach(
      target: { hypotheticalPod: { namespace: "shop", labels: { app: "frontend", track: "canary" } } }
      first: 1
    ) { nodes { destination { ${ENDPOINT} } } }`);
    expect(whoCanReach.nodes[0].destination).toEqual({
      __typename: 'PeerClass',
      stableKey: 'pods:kubernetes.io/metadata.name=shop:app=frontend,track=canary',
      displayName: 'a pod with app=frontend,track=canary in namespace shop',
      namespaceSelector: 'kubernetes.io/metadata.name=shop',
      podSelector: 'app=frontend,track=canary',
      isEntireCluster: false,
    });
  });

  it('may be in a new namespace, by its labels', async () => {
    const verdict = async (namespaceLabels: string): Promise<string> => {
      const { canReach } = await snapshot(`canReach(
        from: { hypotheticalPod: { namespace: "metrics", namespaceLabels: ${namespaceLabels}, labels: { app: "scraper" } } }
        to: { workload: { namespace: "shop", name: "catalog" } }
        traffic: { protocol: TCP, port: 9100 }
      ) { verdict }`);
      return canReach.verdict as string;
    };
    expect(await verdict('{ purpose: "monitoring" }')).toBe('ALLOWED');
    expect(await verdict('{ purpose: "other" }')).toBe('DENIED');
  });

  it('has peers like any other', async () => {
    const { reachableFrom } = await snapshot(`reachableFrom(
      source: { hypotheticalPod: { namespace: "shop", labels: { app: "cart" } } }
      peers: { external: false }
    ) { nodes { destination { displayName } traffic { text } egressReason { code } } }`);
    expect(reachableFrom.nodes).toContainEqual({
      destination: { displayName: 'data/postgres (StatefulSet)' },
      traffic: { text: 'TCP 5432' },
      egressReason: { code: 'ALLOWED_BY_POLICY' },
    });
  });

  it('declares ports that rules may name', async () => {
    const { canReach } = await snapshot(`canReach(
      from: { cidr: "1.2.3.4" }
      to: { hypotheticalPod: { namespace: "shop", labels: { app: "frontend" }, ports: [{ name: "http", port: 3000 }] } }
      traffic: { portName: "http" }
    ) { verdict allowed { text } }`);
    expect(canReach).toEqual({ verdict: 'ALLOWED', allowed: { text: 'TCP 3000' } });
  });

  it.each([
    ['labels that are no object', 'namespace: "shop", labels: ["app"]', 'labels'],
    ['a value that is no text', 'namespace: "shop", labels: { app: 1 }', 'labels'],
    ['a value that no label has', 'namespace: "shop", labels: { app: "a b" }', 'labels'],
    ['a key that no label has', 'namespace: "shop", labels: { _app_: "a" }', 'labels'],
    ['a namespace that cannot be', 'namespace: "Shop!", labels: {}', 'namespace'],
    [
      'labels of a namespace that has its own',
      'namespace: "shop", namespaceLabels: { a: "b" }, labels: {}',
      'namespaceLabels',
    ],
    ['a port that is none', 'namespace: "shop", labels: {}, ports: [{ port: 70000 }]', 'ports'],
    [
      'a port name that is none',
      'namespace: "shop", labels: {}, ports: [{ name: "1", port: 70 }]',
      'ports',
    ],
  ])('may not have %s', async (_, pod, argument) => {
    const { errors } = await server.ask(`{ snapshot(ref: { id: "${id}" }) {
      whoCanReach(target: { hypotheticalPod: { ${pod} } }) { totalCount }
    } }`);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'INVALID',
      argument: `target.hypotheticalPod.${argument}`,
    });
  });
});

describe('peers: { hypothetical: true }', () => {
  it('has rows for pods that rules would admit and that do not exist', async () => {
    const { whoCanReach } = await snapshot(`whoCanReach(
      target: { workload: { namespace: "shop", name: "catalog" } }, ${PEERS}
    ) {
      totalCount
      nodes { source { ${ENDPOINT} } traffic { text } ingressReason { code rules { policy { name } } } }
    }`);
    const rows = (whoCanReach.nodes as { source: { __typename: string } }[]).filter(
      ({ source }) => source.__typename === 'PeerClass',
    );
    expect(rows).toEqual([
      {
        source: {
          __typename: 'PeerClass',
          stableKey: 'pods:purpose=monitoring:app=scraper',
          displayName: 'any pod with app=scraper in namespaces with purpose=monitoring',
          namespaceSelector: 'purpose=monitoring',
          podSelector: 'app=scraper',
          isEntireCluster: false,
        },
        traffic: { text: 'TCP 9100-9110' },
        ingressReason: {
          code: 'ALLOWED_BY_POLICY',
          rules: [{ policy: { name: 'catalog-clients' } }],
        },
      },
    ]);
  });

  it('is not asked of all pairs', async () => {
    const { errors } = await server.ask(`{ snapshot(ref: { id: "${id}" }) {
      allowedAccess(filter: { ${PEERS} }) { totalCount }
    } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ argument: 'filter.peers.hypothetical' });
  });
});
