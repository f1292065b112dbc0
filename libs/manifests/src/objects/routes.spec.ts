import type { RouteSpec } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { found, read, viewOf } from '../manifests.test-support.js';

const object = (apiVersion: string, kind: string, spec: string): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web, namespace: shop }
spec: ${spec}
`;
const ingress = (spec: string): string => object('networking.k8s.io/v1', 'Ingress', spec);
const gateway = (kind: string, spec: string): string =>
  object('gateway.networking.k8s.io/v1', kind, spec);
const openShift = (spec: string): string => object('route.openshift.io/v1', 'Route', spec);

async function routeOf(text: string): Promise<RouteSpec> {
  const content = await read(text);
  expect(content.problems).toEqual([]);
  return viewOf(content).snapshot.routes.at(0).spec;
}

const toWeb = { namespace: 'shop', service: 'web', port: 80 };

describe('routes', () => {
  it('of an Ingress: hosts, class, backends once each', async () => {
    const backend = 'backend: { service: { name: web, port: { number: 80 } } }';
    const text = `
  ingressClassName: nginx
  defaultBackend: { service: { name: fallback, port: { name: http } } }
  tls: [{ hosts: [a.example.com] }]
  rules:
    - host: a.example.com
      http: { paths: [{ path: /, ${backend} }, { path: /b, ${backend} }] }
    - host: b.example.com
      http: { paths: [{ path: /, ${backend} }] }`;
    expect(await routeOf(ingress(text))).toEqual({
      kind: 'INGRESS',
      hosts: ['a.example.com', 'b.example.com'],
      ingressClass: 'nginx',
      parents: [],
      tls: true,
      backends: [{ namespace: 'shop', service: 'fallback', port: 'http' }, toWeb],
    });
  });

  it('of an Ingress with its class in the annotation', async () => {
    const text = ingress('{ defaultBackend: { service: { name: web, port: { number: 80 } } } }');
    const annotated = text.replace(
      'namespace: shop',
      'namespace: shop, annotations: { kubernetes.io/ingress.class: traefik }',
    );
    expect((await routeOf(annotated)).ingressClass).toBe('traefik');
  });

  it.each([
    ['HTTPRoute', 'HTTP_ROUTE'],
    ['GRPCRoute', 'GRPC_ROUTE'],
    ['TLSRoute', 'TLS_ROUTE'],
    ['TCPRoute', 'TCP_ROUTE'],
  ])('of the Gateway API: %s', async (kind, known) => {
    const text = `
  parentRefs: [{ name: edge, namespace: infra, sectionName: https }, { kind: Service, group: '', name: mesh }]
  rules: [{ backendRefs: [{ name: web, port: 80 }, { name: other, namespace: far, port: 81 }] }]`;
    expect(await routeOf(gateway(kind, text))).toEqual({
      kind: known,
      hosts: [],
      ingressClass: null,
      parents: [{ namespace: 'infra', name: 'edge', sectionName: 'https' }],
      tls: false,
      backends: [toWeb, { namespace: 'far', service: 'other', port: 81 }],
    });
  });

  it('of OpenShift', async () => {
    const text = `
  host: web.example.com
  to: { kind: Service, name: web }
  alternateBackends: [{ kind: Service, name: next }]
  port: { targetPort: http }
  tls: { termination: edge }`;
    expect(await routeOf(openShift(text))).toMatchObject({
      kind: 'OPENSHIFT_ROUTE',
      hosts: ['web.example.com'],
      tls: true,
      backends: [
        { service: 'web', port: 'http' },
        { service: 'next', port: 'http' },
      ],
    });
  });

  it('have group and kind', async () => {
    const foreign = object('serving.knative.dev/v1', 'Route', '{}');
    const content = await read(foreign);
    expect(viewOf(content).snapshot.routes.count).toBe(0);
    expect(content.skippedKinds).toEqual([
      { group: 'serving.knative.dev', kind: 'Route', count: 1 },
    ]);
  });

  it('of one name and several kinds stand side by side, with their places', async () => {
    const route = '{ rules: [{ backendRefs: [{ name: web, port: 80 }] }] }';
    const content = await read(
      [gateway('TCPRoute', route), gateway('HTTPRoute', route)].join('---'),
    );
    const { snapshot, sources } = viewOf(content);
    expect([0, 1].map((i) => snapshot.routes.at(i).spec.kind)).toEqual(['HTTP_ROUTE', 'TCP_ROUTE']);
    expect(sources.locate('ROUTE', 0)!.startLine).toBe(7);
  });
});

describe('Gateways and ReferenceGrants', () => {
  it('say which routes are taken, and which references are granted', async () => {
    const listeners = `
  gatewayClassName: envoy
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - { name: all, port: 81, protocol: TCP, allowedRoutes: { namespaces: { from: All } } }
    - { name: some, port: 82, protocol: TLS, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { a: b } } } } }`;
    const grant = `
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: far }, { group: x, kind: Other, namespace: z }]
  to: [{ group: '', kind: Service, name: web }]`;
    const { snapshot } = viewOf(
      await read([gateway('Gateway', listeners), gateway('ReferenceGrant', grant)].join('---')),
    );
    const { spec } = snapshot.gateways.at(0);
    expect(spec.className).toBe('envoy');
    expect(spec.listeners.map(({ routesFrom }) => routesFrom)).toEqual([
      'SAME',
      'ALL',
      [{ key: 'a', operator: 'In', values: ['b'] }],
    ]);
    expect(snapshot.grants.at(0).spec).toEqual({
      from: [{ kind: 'HTTP_ROUTE', namespace: 'far' }],
      services: ['web'],
    });
  });
});

describe('what is wrong with a route', () => {
  it.each([
    [ingress('{}'), 'INVALID_OBJECT', 'spec'],
    [ingress('{ defaultBackend: {} }'), 'INVALID_OBJECT', 'spec.defaultBackend'],
    [
      ingress('{ defaultBackend: { service: { name: web, port: {} } } }'),
      'INVALID_OBJECT',
      'spec.defaultBackend.service.port',
    ],
    [
      ingress('{ defaultBackend: { resource: { kind: Bucket, name: web } } }'),
      'UNFOLLOWED_BACKEND',
      'spec.defaultBackend.resource',
    ],
    [
      gateway('HTTPRoute', '{ rules: [{ backendRefs: [{ name: web }] }] }'),
      'INVALID_OBJECT',
      'spec.rules[0].backendRefs[0].port',
    ],
    [
      gateway('HTTPRoute', '{ rules: [{ backendRefs: [{ kind: Bucket, name: web }] }] }'),
      'UNFOLLOWED_BACKEND',
      'spec.rules[0].backendRefs[0]',
    ],
    [openShift('{ to: { kind: Bucket, name: web } }'), 'INVALID_OBJECT', 'spec.to.kind'],
    [openShift('{}'), 'INVALID_OBJECT', 'spec.to.name'],
    [gateway('Gateway', '{}'), 'INVALID_OBJECT', 'spec.gatewayClassName'],
  ])('%#', async (text, code, field) => {
    expect(found(await read(text)).map(([a, b]) => [a, b])).toEqual([[code, field]]);
  });
});
