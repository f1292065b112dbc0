import {
  type ChangedObjectKind,
  compareText,
  type NamespaceRecord,
  type NodeRecord,
  type ObjectChange,
  type PodRecord,
  type PolicyRecord,
  policyName,
  rulePath,
  rulesOf,
  type SnapshotView,
  type WorkloadRecord,
} from '@portolan/model';
import type { Namespaces } from './namespaces.js';

/** Objects that differ between two snapshots, by kind and name. Untouched namespaces are not opened. */
export function compareObjects(
  base: SnapshotView,
  head: SnapshotView,
  namespaces: Namespaces,
): ObjectChange[] {
  const changes = namespaces.isClusterUntouched ? [] : compareClusterScoped(base, head);
  for (const { name, base: before, head: after } of namespaces.touched) {
    if (!namespaces.hasSamePods(name))
      changes.push(...comparePods(name, base, before, head, after));
    changes.push(...comparePolicies(name, base, before, head, after));
  }
  return changes;
}

function compareClusterScoped(base: SnapshotView, head: SnapshotView): ObjectChange[] {
  return [
    ...compareKind('NODE', nodes(base), nodes(head), nodeFields, (node) => node.name),
    ...compareKind('POLICY', clusterPolicies(base), clusterPolicies(head), policyFields, (policy) =>
      policyName(null, policy),
    ),
  ];
}

/** A namespace (-1 = not there) itself, with its workloads and pods. */
function comparePods(
  name: string,
  base: SnapshotView,
  before: number,
  head: SnapshotView,
  after: number,
): ObjectChange[] {
  const in2 = <Of>(list: List<Of>): [Of[], Of[]] => [
    listed(list, base, before),
    listed(list, head, after),
  ];
  return [
    ...compareKind(
      'NAMESPACE',
      ...in2((view, namespace) => [view.namespace(namespace)]),
      namespaceFields,
      () => name,
    ),
    ...compareKind(
      'WORKLOAD',
      ...in2(workloads),
      workloadFields,
      (one) => `${name}/${one.name} (${one.kindName})`,
    ),
    ...compareKind(
      'POD',
      ...in2(pods),
      (a, b) => podFields(a, b, base, head),
      (one) => `Pod ${name}/${one.name}`,
    ),
  ];
}

function comparePolicies(
  name: string,
  base: SnapshotView,
  before: number,
  head: SnapshotView,
  after: number,
): ObjectChange[] {
  return compareKind(
    'POLICY',
    listed(policies, base, before),
    listed(policies, head, after),
    policyFields,
    (one) => policyName(name, one),
  );
}

/** Objects of a kind in a namespace. */
type List<Of> = (view: SnapshotView, namespace: number) => Of[];

/** None where the namespace is not there. */
function listed<Of>(list: List<Of>, view: SnapshotView, namespace: number): Of[] {
  return namespace < 0 ? [] : list(view, namespace);
}

/** Compares objects by their display name, which is unique within a kind. */
function compareKind<Of extends { readonly index: number }>(
  kind: ChangedObjectKind,
  before: readonly Of[],
  after: readonly Of[],
  fields: (a: Of, b: Of) => string[],
  nameOf: (one: Of) => string,
): ObjectChange[] {
  const olds = new Map(before.map((one) => [nameOf(one), one]));
  const news = new Map(after.map((one) => [nameOf(one), one]));
  const changes: ObjectChange[] = [];
  for (const displayName of [...new Set([...olds.keys(), ...news.keys()])].sort(compareText)) {
    const [a, b] = [olds.get(displayName), news.get(displayName)];
    const differing = a !== undefined && b !== undefined ? fields(a, b) : [];
    if (a !== undefined && b !== undefined && differing.length === 0) continue;
    changes.push({
      change: a === undefined ? 'ADDED' : b === undefined ? 'REMOVED' : 'CHANGED',
      kind,
      displayName,
      before: a?.index ?? null,
      after: b?.index ?? null,
      fields: differing,
      affectsAccess: false,
    });
  }
  return changes;
}

function namespaceFields(a: NamespaceRecord, b: NamespaceRecord): string[] {
  return differing({ labels: [a.labels, b.labels], declared: [a.declared, b.declared] });
}

function workloadFields(a: WorkloadRecord, b: WorkloadRecord): string[] {
  return differing({
    labels: [a.labels, b.labels],
    ports: [a.ports, b.ports],
    hostNetwork: [a.hostNetwork, b.hostNetwork],
  });
}

function podFields(a: PodRecord, b: PodRecord, base: SnapshotView, head: SnapshotView): string[] {
  const owner = (view: SnapshotView, { workload }: PodRecord): readonly string[] => {
    const { name, kindName } = view.workloadIdentity(workload);
    return [kindName, name];
  };
  return differing({
    owner: [owner(base, a), owner(head, b)],
    labels: [a.labels, b.labels],
    ports: [a.ports, b.ports],
    ips: [a.ips, b.ips],
    hostNetwork: [a.hostNetwork, b.hostNetwork],
    node: [a.node, b.node],
    terminated: [a.terminated, b.terminated],
  });
}

function nodeFields(a: NodeRecord, b: NodeRecord): string[] {
  return differing({ labels: [a.labels, b.labels], addresses: [a.ips, b.ips] });
}

/** Names the rules that differ: `spec.ingress[1]`. */
function policyFields(a: PolicyRecord, b: PolicyRecord): string[] {
  const rules = (['INGRESS', 'EGRESS'] as const).flatMap((direction) => {
    const [before, after] = [rulesOf(a.spec, direction), rulesOf(b.spec, direction)];
    return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i)
      .filter((i) => !isEqual(before[i], after[i]))
      .map((i) => rulePath(direction, i));
  });
  const fields = differing({
    labels: [a.labels, b.labels],
    'spec.tier': [a.spec.tier, b.spec.tier],
    'spec.priority': [a.spec.priority, b.spec.priority],
    ...(a.kind === 'NETWORK_POLICY'
      ? {
          'spec.podSelector': [a.spec.subject, b.spec.subject],
          'spec.policyTypes': [a.spec.directions, b.spec.directions],
        }
      : { 'spec.subject': [a.spec.subject, b.spec.subject] }),
  });
  return [...fields, ...rules];
}

function differing(fields: Readonly<Record<string, readonly [unknown, unknown]>>): string[] {
  return Object.entries(fields)
    .filter(([, [a, b]]) => !isEqual(a, b))
    .map(([name]) => name);
}

/** Records are plain data with a fixed order of fields; label maps are sorted by key. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function nodes(view: SnapshotView): NodeRecord[] {
  return Array.from({ length: view.nodeCount }, (_, i) => view.node(i));
}

function workloads(view: SnapshotView, namespace: number): WorkloadRecord[] {
  return between(view.firstWorkload(namespace), view.firstWorkload(namespace + 1), (i) =>
    view.workload(i),
  );
}

/** Template pods are left out: their workload stands for them. */
function pods(view: SnapshotView, namespace: number): PodRecord[] {
  return between(view.firstPod(namespace), view.firstPod(namespace + 1), (i) => view.pod(i)).filter(
    (pod) => !pod.template,
  );
}

function policies(view: SnapshotView, namespace: number): PolicyRecord[] {
  return between(view.firstPolicy(namespace), view.firstPolicy(namespace + 1), (i) =>
    view.policy(i),
  );
}

function clusterPolicies(view: SnapshotView): PolicyRecord[] {
  return between(view.firstClusterPolicy, view.policyCount, (i) => view.policy(i));
}

function between<Of>(first: number, end: number, get: (index: number) => Of): Of[] {
  return Array.from({ length: end - first }, (_, i) => get(first + i));
}
