import { type KubernetesObject, type PlannedNamespace } from './planned.js';
import { Random } from './random.js';

const NAMESPACES = 20;
const PODS = 30_000;
const CROWDED_PODS = 3_000;
const POLICIES = 10_000;
/** Priorities of the Admin tier, each with a policy of its own. */
const ADMIN_POLICIES = 1_000;
const PORT_TABLES = 5_000;
/** Values of one label key that selectors name, most of which no pod has. */
const LABEL_VALUES = 50_000;

/**
 * A cluster made to hurt: every pod has labels and every sixth a table of named ports of its own, policies are about single pods of a
 * StatefulSet, say NotIn, or cut the range of pod addresses into pieces with exceptions in them, and there is an admin
 * policy at every priority.
 */
export function generateAdversarial(): PlannedNamespace[] {
  const random = new Random(9);
  const namespaces = Array.from({ length: NAMESPACES }, (_, i) => namespace(i));
  for (let i = 0; i < PODS; i++) {
    const home = namespaces[homeOf(i)]!;
    home.objects.push(pod(home.name, i));
  }
  for (let i = 0; i < POLICIES; i++) {
    const isCrowded = i < CROWDED_PODS;
    const home = namespaces[isCrowded ? 0 : 1 + (i % (NAMESPACES - 1))]!;
    home.objects.push({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${String(i)}`, namespace: home.name },
      spec: isCrowded ? perPod(random, i) : perValue(random, i),
    });
  }
  namespaces[0]!.objects.push(
    ...Array.from({ length: ADMIN_POLICIES }, (_, priority) => adminPolicy(random, priority)),
  );
  return namespaces;
}

/** The first namespace is the crowded one. */
function homeOf(i: number): number {
  return i < CROWDED_PODS ? 0 : 1 + (i % (NAMESPACES - 1));
}

function namespace(i: number): PlannedNamespace {
  const name = `crowd-${String(i)}`;
  const metadata = { name, labels: { 'kubernetes.io/metadata.name': name } };
  return { name, workloads: [], objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata }] };
}

function pod(home: string, i: number): KubernetesObject {
  const name = `set-${String(i)}`;
  const table = i % PORT_TABLES;
  const ports = ['http', 'metrics', 'admin'].map((port, k) => ({
    name: port,
    containerPort: 1024 + ((table * 7 + k * 5003) % 60_000),
    protocol: 'TCP',
  }));
  const labels = {
    'statefulset.kubernetes.io/pod-name': name,
    id: valueOf(i),
    half: String(i % 2),
  };
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: `set-of-${home}` };
  const ip = `10.128.${String(i >> 8)}.${String(i & 255)}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: home, labels, ownerReferences: [{ ...owner, controller: true }] },
    spec: { containers: [{ name: 'main', image: 'registry.example/app:1', ports }] },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
  };
}

/** Each pod of the crowded namespace has a policy of its own: from one other pod, and from a piece of the pods' addresses. */
function perPod(random: Random, i: number): object {
  const podNamed = (pod: number): object => ({
    matchLabels: { 'statefulset.kubernetes.io/pod-name': `set-${String(pod)}` },
  });
  return {
    podSelector: podNamed(i),
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ podSelector: podNamed(random.below(CROWDED_PODS)) }, { ipBlock: piece(random) }],
        ports: [{ protocol: 'TCP', port: 'http' }, { port: 1 + random.below(60_000) }],
      },
    ],
  };
}

/** Selectors that no two policies share, by values and by their absence. */
function perValue(random: Random, i: number): object {
  const values = Array.from({ length: 5 }, (_, k) => valueOf((i * 5 + k) % LABEL_VALUES));
  const isEgress = i % 3 === 0;
  const peers = [
    { podSelector: { matchExpressions: [{ key: 'id', operator: 'NotIn', values }] } },
    { namespaceSelector: {}, podSelector: { matchLabels: { id: valueOf(random.below(PODS)) } } },
    { ipBlock: piece(random) },
  ];
  return {
    podSelector: { matchExpressions: [{ key: 'id', operator: 'In', values }] },
    policyTypes: [isEgress ? 'Egress' : 'Ingress'],
    [isEgress ? 'egress' : 'ingress']: [
      { [isEgress ? 'to' : 'from']: peers, ports: [{ port: 'metrics' }] },
    ],
  };
}

/** A block among the addresses of pods, with exceptions in it. */
function piece(random: Random): object {
  const third = random.below(118);
  const fourth = 16 * random.below(16);
  const address = (last: number, bits: number): string =>
    `10.128.${String(third)}.${String(fourth + last)}/${String(bits)}`;
  return { cidr: address(0, 28), except: [address(2, 31), address(8, 30)] };
}

function adminPolicy(random: Random, priority: number): KubernetesObject {
  const home = { matchLabels: { 'kubernetes.io/metadata.name': `crowd-${String(priority % 20)}` } };
  const half = { matchLabels: { half: String(random.below(2)) } };
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: `platform-${String(priority)}` },
    spec: {
      tier: 'Admin',
      priority,
      subject: { pods: { namespaceSelector: home, podSelector: half } },
      ingress: [
        {
          action: random.pick(['Accept', 'Deny', 'Pass']),
          from: [{ pods: { namespaceSelector: {}, podSelector: half } }],
          protocols: [{ tcp: { destinationPort: { number: 1 + random.below(60_000) } } }],
        },
      ],
    },
  };
}

function valueOf(i: number): string {
  return `value-${String(i)}`;
}
