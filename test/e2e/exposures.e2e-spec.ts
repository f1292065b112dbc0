import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineOf, QueryServer } from './query-server.js';

const MANIFESTS = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: main, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop, labels: { app: api } }
spec: { containers: [{ name: main }] }
---
apiVersion: v1
kind: Pod
metadata:
  name: controller
  namespace: edge
  labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }
spec: { containers: [{ name: main }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, labels: { team: a } }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.7
  selector: { app: web }
  ports: [{ name: main, port: 80, targetPort: http, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 9090 }] }
---
apiVersion: v1
kind: Service
metadata: { name: alias, namespace: shop }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec: { rules: [{ host: api.example.com, http: { paths: [{ path: /, backend: { service: { name: api, port: { number: 80 } } } }] } }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 8080 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }]
`;

let server: QueryServer;
let id: string;
beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('shop', 'shop.yaml', MANIFESTS);
});
afterAll(() => server.close());

describe('Services', () => {
  it('are listed with where they lead', async () => {
    const { services, service } = await server.snapshot(
      id,
      `services(first: 10, namespace: "shop") { totalCount nodes { name type } }
       service(namespace: "shop", name: "web") {
         id stableKey displayName labels selector clusterIPs headless
         location { path startLine } namespace { name } workloads { name }
         ports { name servicePort targetPort nodePort protocol resolvedPodPorts }
       }`,
    );
    expect(services).toEqual({
      totalCount: 3,
      nodes: [
        { name: 'alias', type: 'ExternalName' },
        { name: 'api', type: 'ClusterIP' },
        { name: 'web', type: 'LoadBalancer' },
      ],
    });
    const { id: global, ...described } = service;
    expect(described).toEqual({
      stableKey: 'service:shop/web',
      displayName: 'shop/web (Service)',
      labels: { team: 'a' },
      selector: 'app=web',
      clusterIPs: ['10.96.0.7'],
      headless: false,
      location: { path: 'shop.yaml', startLine: lineOf(MANIFESTS, 'kind: Service') - 1 },
      namespace: { name: 'shop' },
      workloads: [{ name: 'web' }],
      ports: [
        {
          name: 'main',
          servicePort: 80,
          targetPort: 'http',
          nodePort: 30080,
          protocol: 'TCP',
          resolvedPodPorts: [8080],
        },
      ],
    });
    const { node } = await server.data(
      'query ($id: ID!) { node(id: $id) { __typename ... on Service { name } } }',
      { id: global },
    );
    expect(node).toEqual({ __typename: 'Service', name: 'web' });
    const { workload } = await server.snapshot(
      id,
      'workload(namespace: "shop", name: "web") { services { name } }',
    );
    expect(workload.services).toEqual([{ name: 'web' }]);
  });

  it('are endpoints: their ports are those of the pods', async () => {
    const { open, closed, who } = await server.snapshot(
      id,
      `open: canReach(from: { pod: { namespace: "shop", name: "api" } }, to: { service: { namespace: "shop", name: "web" } }, traffic: { protocol: TCP, port: 80 }) {
         verdict allowed { text }
       }
       closed: canReach(from: { pod: { namespace: "shop", name: "web" } }, to: { service: { namespace: "shop", name: "api" } }, traffic: { protocol: TCP, port: 80 }) {
         verdict explanation { ingress { nearMisses { reason detail } } }
       }
       who: whoCanReach(target: { service: { namespace: "shop", name: "web" } }) {
         nodes { destination { __typename displayName } traffic { text } }
       }`,
    );
    expect(open).toEqual({
      verdict: 'ALLOWED',
      allowed: { text: 'TCP 8080' },
    });
    expect(closed.verdict).toBe('DENIED');
    expect(closed.explanation.ingress.nearMisses).toEqual([
      {
        reason: 'SERVICE_PORT_USED',
        detail: expect.stringContaining('port TCP 80 of Service shop/api') as string,
      },
    ]);
    expect(who.nodes[0]).toEqual({
      destination: { __typename: 'Service', displayName: 'shop/web (Service)' },
      traffic: { text: 'TCP 8080' },
    });
  });

  it('say why they cannot be asked about', async () => {
    const ask = (name: string, port: number) =>
      server.refusal(
        id,
        `canReach(from: { internet: true }, to: { service: { namespace: "shop", name: "${name}" } }, traffic: { protocol: TCP, port: ${String(port)} }) { verdict }`,
      );
    expect(await ask('web', 8080)).toMatchObject({
      reason: 'INVALID',
      argument: 'traffic',
      message: expect.stringContaining('main TCP 80 (to http)') as string,
    });
    expect(await ask('alias', 80)).toMatchObject({
      reason: 'INVALID',
      message: expect.stringContaining('db.example.com') as string,
    });
    expect(await ask('wep', 80)).toMatchObject({
      reason: 'NOT_FOUND',
      message: expect.stringContaining('Did you mean shop/web') as string,
    });
  });

  it('have addresses where nobody answers', async () => {
    const { canReach } = await server.snapshot(
      id,
      `canReach(from: { pod: { namespace: "shop", name: "api" } }, to: { cidr: "10.96.0.7" }, traffic: { protocol: TCP, port: 80 }) { caveats { code docsUrl } }`,
    );
    expect(canReach.caveats).toContainEqual({
      code: 'SERVICE_ADDRESS',
      docsUrl: '/docs/caveats#service_address',
    });
  });
});

describe('exposures', () => {
  it('say who is reached, from where, on which path', async () => {
    const { exposures } = await server.snapshot(
      id,
      `exposures(filter: { direction: INGRESS, atLeast: INTERNET, namespaces: ["shop"] }) {
         totalCount
         nodes {
           workload { name } level isolated traffic { text }
           publishedBy { __typename name }
           causedBy { policy { name } rule { path } }
           paths { kind status reason traffic { text } hosts service { name } route { name status } via { displayName } }
         }
       }`,
    );
    expect(exposures.totalCount).toBe(2);
    const [api, web] = exposures.nodes;
    expect(web).toMatchObject({
      workload: { name: 'web' },
      level: 'INTERNET',
      isolated: true,
      traffic: { text: 'TCP 8080' },
      publishedBy: [{ __typename: 'Service', name: 'web' }],
      causedBy: [{ policy: { name: 'web' }, rule: { path: 'spec.ingress[0]' } }],
    });
    expect(web.paths).toMatchObject([
      { kind: 'DIRECT_ADDRESS', status: 'OPEN' },
      { kind: 'LOAD_BALANCER', status: 'OPEN', service: { name: 'web' } },
      { kind: 'NODE_PORT', status: 'OPEN', service: { name: 'web' } },
    ]);
    expect(api).toMatchObject({
      traffic: { text: 'None' },
      publishedBy: [{ __typename: 'Route', name: 'api' }],
      paths: [
        {
          kind: 'INGRESS',
          status: 'BLOCKED',
          reason: expect.stringContaining('isolated by NetworkPolicy shop/api') as string,
          hosts: ['api.example.com'],
          route: { name: 'api', status: 'BLOCKED' },
          via: { displayName: 'edge/controller (Pod)' },
        },
      ],
    });
  });

  it('are filtered and paged', async () => {
    const counts = async (filter: string): Promise<number> =>
      (await server.snapshot(id, `exposures(filter: { ${filter} }) { totalCount }`)).exposures
        .totalCount as number;
    expect(await counts('direction: INGRESS, atLeast: INTERNET, published: true')).toBe(2);
    expect(await counts('direction: INGRESS, atLeast: INTERNET, published: false')).toBe(1);
    expect(await counts('direction: INGRESS, atLeast: INTERNET, isolated: false')).toBe(1);
    const { exposures } = await server.snapshot(
      id,
      'exposures(first: 1) { nodes { workload { name } } pageInfo { endCursor hasNextPage } }',
    );
    expect(exposures.pageInfo.hasNextPage).toBe(true);
    const { exposures: next } = await server.snapshot(
      id,
      `exposures(first: 100, after: "${String(exposures.pageInfo.endCursor)}") { totalCount nodes { level } caveats { code } }`,
    );
    expect(next.nodes).toHaveLength(next.totalCount - 1);
  });
});

describe('routes of many workloads', () => {
  it('are asked about together, however many a page has', async () => {
    const count = 90;
    const many = Array.from({ length: count }, (_, i) =>
      MANIFESTS.split('---\n')
        .filter(
          (text) => /kind: (?:Pod|Service|Ingress)\n/.test(text) && text.includes('name: api'),
        )
        .map((text) => text.replace('namespace: shop', `namespace: shop-${String(i)}`))
        .join('---\n'),
    ).join('---\n');
    const snapshot = await server.upload('many', 'many.yaml', many);
    const { exposures } = await server.snapshot(
      snapshot,
      `exposures(first: 100, filter: { direction: INGRESS, atLeast: INTERNET, published: true }) { nodes { paths { route { status } } } }`,
    );
    expect(exposures.nodes).toHaveLength(count);
    expect(exposures.nodes[count - 1].paths).toEqual([
      { route: null },
      { route: { status: 'OPEN' } },
    ]);
  });
});

describe('routes', () => {
  it('say where they lead and whether anything arrives', async () => {
    const { routes } = await server.snapshot(
      id,
      `routes { totalCount nodes { id name kind hosts status reason servedBy { name } location { startLine } backends { name port status service { name } } } }`,
    );
    expect(routes.totalCount).toBe(1);
    const [route] = routes.nodes;
    expect(route).toMatchObject({
      name: 'api',
      kind: 'INGRESS',
      hosts: ['api.example.com'],
      status: 'BLOCKED',
      reason: expect.stringContaining('isolated by NetworkPolicy shop/api') as string,
      servedBy: [{ name: 'controller' }],
      location: { startLine: lineOf(MANIFESTS, 'kind: Ingress') - 1 },
      backends: [{ name: 'api', port: '80', status: 'BLOCKED', service: { name: 'api' } }],
    });
    const { node } = await server.data(
      'query ($id: ID!) { node(id: $id) { ... on Route { status } } }',
      { id: route.id },
    );
    expect(node).toEqual({ status: 'BLOCKED' });
  });
});
