import { describe, expect, it } from 'vitest';
import {
  KEEP_GATEWAY_ROUTE,
  KEEP_NODE,
  KEEP_OPENSHIFT_ROUTE,
  KEEP_POD,
  KEEP_ROLE_BINDING,
  KEEP_SERVICE,
  KEEP_SERVICE_ACCOUNT,
  KEEP_WEBHOOKS,
  keptOf,
} from './kept-fields.js';

const POD = { apiVersion: 'v1', kind: 'Pod' };

describe('keptOf', () => {
  it('keeps of a pod what reachability needs, and nothing that may be secret', () => {
    const pod = {
      metadata: {
        name: 'web',
        namespace: 'shop',
        labels: { app: 'web' },
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'SECRET' },
        managedFields: [{}],
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'w', uid: '1', controller: true },
        ],
      },
      spec: {
        containers: [
          { name: 'c', ports: [{ containerPort: 80 }], env: ['SECRET'], args: ['SECRET'] },
        ],
        volumes: ['SECRET'],
        nodeName: 'n',
      },
      status: { phase: 'Running', podIP: '10.0.0.1', containerStatuses: ['SECRET'] },
    };
    const kept = keptOf(pod, KEEP_POD, POD);
    expect(JSON.stringify(kept)).not.toContain('SECRET');
    expect(kept).toEqual({
      ...POD,
      metadata: {
        name: 'web',
        namespace: 'shop',
        labels: { app: 'web' },
        annotations: {},
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'w', controller: true },
        ],
      },
      spec: { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }], nodeName: 'n' },
      status: { phase: 'Running', podIP: '10.0.0.1' },
    });
  });

  it('keeps of a node its addresses, and those of its pods', () => {
    const node = {
      metadata: { name: 'n' },
      spec: { podCIDR: '10.0.0.0/24', providerID: 'x' },
      status: { addresses: [{ type: 'InternalIP', address: '10.1.0.1' }], images: [{}] },
    };
    expect(keptOf(node, KEEP_NODE, { apiVersion: 'v1', kind: 'Node' })).toEqual({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      spec: { podCIDR: '10.0.0.0/24' },
      status: { addresses: [{ type: 'InternalIP', address: '10.1.0.1' }] },
    });
  });

  it('keeps which controller an Ingress is for', () => {
    const annotations = { 'kubernetes.io/ingress.class': 'nginx', other: 'SECRET' };
    const ingress = keptOf({ metadata: { name: 'i', annotations } }, KEEP_SERVICE, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
    });
    expect(ingress).toMatchObject({
      metadata: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
    });
    expect(JSON.stringify(ingress)).not.toContain('SECRET');
  });

  it('keeps no private key of an OpenShift Route', () => {
    const route = {
      metadata: { name: 'r' },
      spec: { host: 'a.example', tls: { termination: 'edge', key: 'SECRET', certificate: 'x' } },
    };
    const kept = keptOf(route, KEEP_OPENSHIFT_ROUTE, { apiVersion: 'v1', kind: 'Route' });
    expect(kept).toMatchObject({ spec: { host: 'a.example', tls: { termination: 'edge' } } });
    expect(JSON.stringify(kept)).not.toContain('SECRET');
  });

  it('keeps no certificate and no secret of who calls, and who is called', () => {
    const service = { namespace: 'shop', name: 'web' };
    const webhooks = [{ name: 'w', clientConfig: { service, caBundle: 'SECRET' } }];
    const account = { metadata: { name: 'a' }, secrets: ['SECRET'], imagePullSecrets: ['SECRET'] };
    const kept = [
      keptOf({ metadata: { name: 'x' }, webhooks }, KEEP_WEBHOOKS, POD),
      keptOf(account, KEEP_SERVICE_ACCOUNT, POD),
      keptOf({ metadata: { name: 'b' }, subjects: [service] }, KEEP_ROLE_BINDING, POD),
    ];
    expect(JSON.stringify(kept)).not.toContain('SECRET');
    expect(kept).toMatchObject([
      { webhooks: [{ clientConfig: { service } }] },
      {},
      { subjects: [service] },
    ]);
  });

  it('keeps no header that a route sets or looks for', () => {
    const rule = {
      matches: [{ path: { value: '/' }, headers: [{ name: 'key', value: 'SECRET' }] }],
      filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: 'SECRET' } }],
      backendRefs: [{ name: 'web', port: 80, filters: ['SECRET'] }],
    };
    const route = { metadata: { name: 'r' }, spec: { rules: [rule] } };
    const kept = keptOf(route, KEEP_GATEWAY_ROUTE, { apiVersion: 'v1', kind: 'HTTPRoute' });
    expect(JSON.stringify(kept)).not.toContain('SECRET');
    expect(kept).toMatchObject({ spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } });
  });

  it.each([null, 'text', 7, []])(
    'leaves a field that is not as expected to who reads it: %j',
    (spec) => {
      expect(keptOf({ metadata: { name: 'x' }, spec }, KEEP_POD, POD)).toMatchObject({ spec });
    },
  );
});
