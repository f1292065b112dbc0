import { generateAdminPolicies } from './admin-policies.js';
import { COMPONENTS, type KubernetesObject, type PlannedNamespace } from './planned.js';
import { generatePolicies } from './policies.js';
import type { Profile } from './profiles.js';
import { Random } from './random.js';

const ENVIRONMENTS = ['prod', 'prod', 'prod', 'stage', 'dev'];
const SYSTEM = ['kube-system', 'monitoring', 'ingress-nginx', 'logging'];
const PORTS = [
  [{ name: 'http', containerPort: 8080 }],
  [
    { name: 'http', containerPort: 80 },
    { name: 'metrics', containerPort: 9090 },
  ],
  [
    { name: 'grpc', containerPort: 50051 },
    { name: 'metrics', containerPort: 9102 },
  ],
  [{ containerPort: 5432 }],
  [{ containerPort: 6379 }],
  [{ name: 'https', containerPort: 8443 }],
  [{ containerPort: 3000 }],
  [],
];

/** A cluster's live objects by namespace; nodes come with the first. */
export function generateCluster(profile: Profile): PlannedNamespace[] {
  const random = new Random(profile.seed);
  const namespaces = Array.from({ length: profile.namespaces }, (_, i) =>
    planNamespace(random, profile, i),
  );
  const pods = new PodMaker(random, profile);
  for (let daemon = 0; daemon < 4; daemon++)
    pods.workload(
      namespaces[daemon % 2]!,
      'DaemonSet',
      `agent-${String(daemon)}`,
      Math.min(profile.nodes, Math.floor(profile.pods * 0.03)),
      daemon === 0,
    );
  // About eight pods a workload; namespaces get more or fewer workloads.
  const left = (): number => profile.pods - pods.made;
  const share = left() / profile.namespaces;
  for (const [i, namespace] of namespaces.entries()) {
    let here =
      i === namespaces.length - 1
        ? left()
        : Math.min(left(), Math.max(1, Math.round(random.around(share * 0.7, 0.8))));
    while (here > 0) {
      const replicas = Math.min(here, Math.max(1, Math.round(random.around(4, 1))));
      const kind = random.chance(0.85) ? 'Deployment' : 'StatefulSet';
      pods.workload(
        namespace,
        kind,
        `svc-${random.skewed(profile.apps).toString(36)}`,
        replicas,
        false,
      );
      here -= replicas;
    }
  }
  generatePolicies(random, profile, namespaces);
  namespaces[0]!.objects.push(...generateAdminPolicies(profile));
  namespaces[0]!.objects.unshift(...Array.from({ length: profile.nodes }, (_, i) => node(i)));
  return namespaces;
}

function planNamespace(random: Random, profile: Profile, i: number): PlannedNamespace {
  const system = SYSTEM[i];
  const team = `team${String(i % profile.teams)}`;
  const name = system ?? `${team}-${random.skewed(profile.apps).toString(36)}-${String(i)}`;
  const labels =
    system === undefined
      ? { team, env: random.pick(ENVIRONMENTS), ...(random.chance(0.05) ? { pci: 'true' } : {}) }
      : {};
  const metadata = { name, labels: { ...labels, 'kubernetes.io/metadata.name': name } };
  return { name, workloads: [], objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata }] };
}

class PodMaker {
  made = 0;

  constructor(
    private readonly random: Random,
    private readonly profile: Profile,
  ) {}

  /** Live pods only, as a cluster lists them: their owner is known by name. */
  workload(
    namespace: PlannedNamespace,
    kind: string,
    app: string,
    replicas: number,
    hostNetwork: boolean,
  ): void {
    const { random } = this;
    const name = `${app}-${String(namespace.workloads.length)}`;
    namespace.workloads.push({ app, name });
    const labels = {
      app: name,
      'app.kubernetes.io/name': app,
      'app.kubernetes.io/instance': `${namespace.name}-${name}`.slice(0, 60),
      'app.kubernetes.io/component': random.pick(COMPONENTS),
      'app.kubernetes.io/version': `v${String(1 + random.below(20))}.${String(random.below(30))}.0`,
      'app.kubernetes.io/managed-by': 'Helm',
      ...(random.chance(0.3) ? { tier: random.pick(['frontend', 'backend', 'data']) } : {}),
      ...(random.chance(0.15) ? { 'access-db': 'true' } : {}),
    };
    const ports = random.pick(PORTS).map((port) => ({ ...port, protocol: 'TCP' }));
    const hash = random.below(2 ** 31).toString(36);
    const owner =
      kind === 'Deployment' ? { kind: 'ReplicaSet', name: `${name}-${hash}` } : { kind, name };
    for (let i = 0; i < replicas; i++) {
      const isStateful = kind === 'StatefulSet';
      const podName = isStateful
        ? `${name}-${String(i)}`
        : `${owner.name}-${(this.made * 7919 + 46_656).toString(36).slice(-5)}`;
      const own = isStateful
        ? { 'statefulset.kubernetes.io/pod-name': podName, 'controller-revision-hash': hash }
        : { 'pod-template-hash': hash };
      const node = kind === 'DaemonSet' ? i : random.below(this.profile.nodes);
      const ip = hostNetwork ? nodeAddress(node) : podAddress(this.made);
      namespace.objects.push(
        pod(namespace.name, podName, { ...labels, ...own }, owner, ports, node, ip, hostNetwork),
      );
      this.made++;
    }
  }
}

function pod(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  owner: { kind: string; name: string },
  ports: readonly object[],
  node: number,
  ip: string,
  hostNetwork: boolean,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      ownerReferences: [{ apiVersion: 'apps/v1', ...owner, controller: true }],
    },
    spec: {
      containers: [{ name: 'main', image: 'registry.example/app:1', ports }],
      nodeName: `node-${String(node)}`,
      ...(hostNetwork ? { hostNetwork } : {}),
    },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }] },
  };
}

function node(index: number): KubernetesObject {
  const name = `node-${String(index)}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address: nodeAddress(index) }] },
  };
}

function podAddress(index: number): string {
  return `10.${String(128 + ((index >> 16) & 63))}.${String((index >> 8) & 255)}.${String(index & 255)}`;
}

function nodeAddress(index: number): string {
  return `10.0.${String(index >> 8)}.${String(index & 255)}`;
}
