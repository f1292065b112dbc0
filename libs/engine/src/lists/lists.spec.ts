import { type Direction, parseAddress, parseSelector, type LabelSelector } from '@portolan/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import type { Analysis } from '../analysis.js';
import { listNamespaces } from './list-namespaces.js';
import { listPodsOfWorkload } from './list-pods-of-workload.js';
import { listPods, type PodFilter } from './list-pods.js';
import { listPolicies, type PolicyFilter } from './list-policies.js';
import { listWorkloads, type WorkloadFilter } from './list-workloads.js';

const MANIFESTS = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { env: prod } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: i }] } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web-cache, namespace: shop }
spec:
  serviceName: web-cache
  selector: { matchLabels: { app: cache } }
  template: { metadata: { labels: { app: cache } }, spec: { containers: [{ name: c, image: i }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: probe, namespace: lab, labels: { app: probe } }
spec: { containers: [{ name: c, image: i }] }
status: { podIPs: [{ ip: 10.0.0.7 }, { ip: 'fd00::7' }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: lab }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: nobody, namespace: shop }
spec: { podSelector: { matchLabels: { app: nobody } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress] }
`;

let analysis: Analysis;
beforeAll(async () => {
  ({ analysis } = await analyseFiles([{ path: 'all.yaml', text: MANIFESTS }]));
});

function selector(text: string): LabelSelector {
  const parsed = parseSelector(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.selector;
}

function namespaces(labels: string | null, notIsolated: Direction | null = null): string[] {
  const filter = { labels: labels === null ? null : selector(labels), notIsolated };
  return listNamespaces(analysis, filter).map((i) => analysis.view.namespaceName(i));
}

function workloads(filter: Partial<WorkloadFilter> = {}): string[] {
  const any = { namespaces: null, labels: null, kinds: null, notIsolated: null, search: null };
  return listWorkloads(analysis, { ...any, ...filter }).map((i) => analysis.view.workload(i).name);
}

function pods(filter: Partial<PodFilter> = {}): string[] {
  const any = { namespaces: null, labels: null, ip: null };
  return listPods(analysis, { ...any, ...filter }).map((i) => analysis.view.pod(i).name);
}

function policies(filter: Partial<PolicyFilter> = {}): string[] {
  const any = { kinds: null, namespaces: null, selectsNothing: null, selects: null };
  return listPolicies(analysis, { ...any, ...filter }).map((i) => analysis.view.policy(i).name);
}

describe('listNamespaces', () => {
  it('has declared and implied ones, by name', () => {
    expect(namespaces(null)).toEqual(['lab', 'shop']);
  });

  it('filters by labels, the synthesized one included', () => {
    expect(namespaces('env=prod')).toEqual(['shop']);
    expect(namespaces('kubernetes.io/metadata.name=lab')).toEqual(['lab']);
  });

  it('finds those without a policy for all their pods', () => {
    expect(namespaces(null, 'INGRESS')).toEqual(['shop']);
    expect(namespaces('env!=prod', 'EGRESS')).toEqual([]);
  });
});

describe('listWorkloads', () => {
  it('is sorted by namespace, then name', () => {
    expect(workloads()).toEqual(['probe', 'web', 'web-cache']);
  });

  it('takes namespaces in any order, once, and unknown ones as empty', () => {
    expect(workloads({ namespaces: ['shop', 'nowhere', 'lab', 'shop'] })).toEqual(workloads());
    expect(workloads({ namespaces: ['nowhere'] })).toEqual([]);
    expect(workloads({ namespaces: [] })).toEqual([]);
  });

  it('filters by pod labels, kinds, and text in the name', () => {
    expect(workloads({ labels: selector('app in (web,probe)') })).toEqual(['probe', 'web']);
    expect(workloads({ kinds: ['STATEFUL_SET', 'POD'] })).toEqual(['probe', 'web-cache']);
    expect(workloads({ search: 'CACHE' })).toEqual(['web-cache']);
  });

  it('finds what no policy isolates, by direction', () => {
    expect(workloads({ notIsolated: 'INGRESS' })).toEqual(['web-cache']);
    expect(workloads({ notIsolated: 'EGRESS' })).toEqual(['web', 'web-cache']);
  });
});

describe('listPods', () => {
  it('leaves out the pods that only templates promise', () => {
    expect(pods()).toEqual(['probe']);
    expect(pods({ labels: selector('app=web') })).toEqual([]);
  });

  it('finds a pod by any of its addresses', () => {
    expect(pods({ ip: parseAddress('10.0.0.7') })).toEqual(['probe']);
    expect(pods({ ip: parseAddress('fd00::7') })).toEqual(['probe']);
    expect(pods({ ip: parseAddress('10.0.0.8') })).toEqual([]);
  });

  it('lists those of a workload', () => {
    const podsOf = (workload: number): number[] => listPodsOfWorkload(analysis, workload);
    expect(podsOf(0).map((i) => analysis.view.pod(i).name)).toEqual(['probe']);
    expect(podsOf(1)).toEqual([]);
  });
});

describe('listPolicies', () => {
  it('is sorted by namespace, then name', () => {
    expect(policies()).toEqual(['deny', 'nobody', 'web']);
    expect(policies({ namespaces: ['shop'] })).toEqual(['nobody', 'web']);
  });

  it('finds those that select nothing, and those that select something', () => {
    expect(policies({ selectsNothing: true })).toEqual(['nobody']);
    expect(policies({ selectsNothing: false })).toEqual(['deny', 'web']);
  });

  it('finds those that select an object', () => {
    expect(policies({ selects: [{ workload: 1 }] })).toEqual(['web']);
    expect(policies({ selects: [{ pod: 0 }, { workload: 1 }] })).toEqual(['deny', 'web']);
    expect(policies({ selects: [] })).toEqual([]);
  });
});
