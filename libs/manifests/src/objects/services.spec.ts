import type { SnapshotContent } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { found, read, viewOf } from '../manifests.test-support.js';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, labels: { team: a } }
`;

/** The spec of the one Service of some manifests. */
async function specOf(...texts: readonly string[]) {
  const content = await read(texts.join('---\n'));
  expect(content.problems).toEqual([]);
  const { snapshot } = viewOf(content);
  expect(snapshot.services.count).toBe(1);
  return snapshot.services.at(0).spec;
}

const slice = (name: string, managedBy: string, ip: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${name}
  namespace: shop
  labels:
    kubernetes.io/service-name: web
    endpointslice.kubernetes.io/managed-by: ${managedBy}
addressType: IPv4
endpoints: [{ addresses: [${ip}], targetRef: { kind: Pod, name: web-1 } }]
ports: [{ name: http, port: 8080 }]
`;

const ENDPOINTS = `
apiVersion: v1
kind: Endpoints
metadata: { name: web, namespace: shop }
subsets: [{ addresses: [{ ip: 192.0.2.9 }], ports: [{ port: 5432 }] }]
`;

describe('Services', () => {
  it('keep what tells where their ports lead, with the defaults of the API server', async () => {
    const text = `${SERVICE}spec:
  selector: { app: web }
  clusterIP: 10.96.0.7
  ports: [{ name: http, port: 80, targetPort: web }, { name: dns, protocol: UDP, port: 53 }]
`;
    expect(await specOf(text)).toEqual({
      type: 'ClusterIP',
      headless: false,
      clusterIPs: ['10.96.0.7'],
      selector: [{ key: 'app', operator: 'In', values: ['web'] }],
      ports: [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 'web', nodePort: null },
        { name: 'dns', protocol: 'UDP', port: 53, targetPort: 53, nodePort: null },
      ],
      externalName: null,
      externalIPs: [],
      loadBalancerIPs: [],
      sourceRanges: [],
      endpoints: [],
    });
  });

  it('keep how they are reached from outside', async () => {
    const text = `${SERVICE}spec:
  type: LoadBalancer
  selector: { app: web }
  externalIPs: [203.0.113.7]
  loadBalancerSourceRanges: ['198.51.100.0/24 ']
  ports: [{ port: 443, nodePort: 30443 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.9 }, { hostname: lb.example.com }] } }
`;
    const { type, externalIPs, loadBalancerIPs, sourceRanges, ports } = await specOf(text);
    expect([type, externalIPs, loadBalancerIPs]).toEqual([
      'LoadBalancer',
      ['203.0.113.7'],
      ['203.0.113.9'],
    ]);
    expect([sourceRanges, ports[0]!.nodePort]).toEqual([['198.51.100.0/24'], 30443]);
  });

  it('tell whether pods see the addresses of their clients', async () => {
    const text = (policy: string): string =>
      `${SERVICE}spec: { type: NodePort, externalTrafficPolicy: ${policy}, ports: [{ port: 80 }] }`;
    expect((await specOf(text('Local'))).externalTrafficPolicy).toBe('Local');
    expect(await specOf(text('Cluster'))).not.toHaveProperty('externalTrafficPolicy');
    expect(await specOf(text("''"))).not.toHaveProperty('externalTrafficPolicy');
  });

  it('are headless without an address, and an alias has no selector', async () => {
    const headless = await specOf(`${SERVICE}spec: { clusterIP: None, selector: { a: b } }`);
    expect([headless.headless, headless.clusterIPs]).toEqual([true, []]);
    const alias = await specOf(
      `${SERVICE}spec: { type: ExternalName, externalName: db.example.com, selector: { a: b } }`,
    );
    expect([alias.externalName, alias.selector]).toEqual(['db.example.com', null]);
  });

  it('are located, and come back from their columns', async () => {
    const content = await read(`${SERVICE}spec: { ports: [{ port: 80 }] }`);
    const { snapshot, sources } = viewOf(content);
    expect(snapshot.services.find(snapshot.findNamespace('shop'), 'web')).toBe(0);
    expect(snapshot.services.find(snapshot.findNamespace('shop'), 'wex')).toBe(-1);
    expect(snapshot.services.at(0)).toMatchObject({ name: 'web', labels: { team: 'a' } });
    expect(sources.locate('SERVICE', 0)).toMatchObject({ path: 'a.yaml', startLine: 1 });
  });
});

describe('what stands behind a Service', () => {
  const bare = `${SERVICE}spec: { ports: [{ name: http, port: 80 }] }\n`;

  it('is kept of a Service without selector: slices rather than Endpoints', async () => {
    const { endpoints } = await specOf(bare, slice('web-a', 'me', '192.0.2.1'), ENDPOINTS);
    expect(endpoints).toEqual([
      {
        addresses: [{ ip: '192.0.2.1', pod: 'web-1' }],
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      },
    ]);
    expect((await specOf(bare, ENDPOINTS)).endpoints).toEqual([
      {
        addresses: [{ ip: '192.0.2.9', pod: null }],
        ports: [{ name: null, port: 5432, protocol: 'TCP' }],
      },
    ]);
  });

  it('is dropped where a selector says it', async () => {
    const selecting = `${SERVICE}spec: { selector: { a: b }, ports: [{ port: 80 }] }\n`;
    const kept = await specOf(selecting, slice('web-a', 'me', '192.0.2.1'), ENDPOINTS);
    expect(kept.endpoints).toEqual([]);
    const managed = slice('web-a', 'endpointslice-controller.k8s.io', '192.0.2.1');
    expect((await specOf(bare, managed)).endpoints).toEqual([]);
  });
});

describe('what is wrong with a Service', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ['spec: {}', 'spec.ports'],
    ['spec: { type: Magic, ports: [{ port: 80 }] }', 'spec.type'],
    ['spec: { ports: [{ port: 0 }] }', 'spec.ports[0].port'],
    ['spec: { ports: [{ port: 80 }, { port: 81, name: a }] }', 'spec.ports[0].name'],
    ['spec: { ports: [{ port: 80, name: A }] }', 'spec.ports[0].name'],
    ['spec: { ports: [{ port: 80, name: a }, { port: 80, name: b }] }', 'spec.ports[1]'],
    ['spec: { ports: [{ port: 80, targetPort: 70000 }] }', 'spec.ports[0].targetPort'],
    [
      'spec: { ports: [{ port: 80, targetPort: no-such-name-at-all }] }',
      'spec.ports[0].targetPort',
    ],
    ['spec: { externalTrafficPolicy: local, ports: [{ port: 80 }] }', 'spec.externalTrafficPolicy'],
    ['spec: { type: ExternalName }', 'spec.externalName'],
    ['spec: { type: NodePort, clusterIP: None, ports: [{ port: 80 }] }', 'spec.clusterIP'],
    ['spec: { clusterIP: 10.0.0, ports: [{ port: 80 }] }', 'spec.clusterIP'],
    [
      'spec: { loadBalancerSourceRanges: [x], ports: [{ port: 80 }] }',
      'spec.loadBalancerSourceRanges[0]',
    ],
  ];

  it.each(CASES)('%s', async (spec, field) => {
    const content: SnapshotContent = await read(`${SERVICE}${spec}\n`);
    expect(found(content)).toEqual([['INVALID_OBJECT', field, 4]]);
    expect(content.stats.objects).toBe(0);
  });

  it('is no concern of its neighbours, and a template is said to be one', async () => {
    const content = await read(
      `${SERVICE}spec: { ports: [{ port: '{{ .Values.port }}' }] }\n---\n${SERVICE}spec: { ports: [{ port: 1 }] }`,
    );
    expect(found(content)).toEqual([['TEMPLATE', 'spec.ports[0].port', 4]]);
    expect(viewOf(content).snapshot.services.count).toBe(1);
  });
});
