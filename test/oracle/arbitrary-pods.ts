import fc from 'fast-check';
import {
  arbitraryNodeLabels,
  arbitraryPodLabels,
  NAMESPACES,
  sometimesMissing,
} from './arbitrary-labels.js';
import { PORT_NAMES, PORT_NUMBERS, PORT_PROTOCOLS } from './arbitrary-policy.js';
import type {
  Container,
  ContainerPort,
  KubernetesObject,
  Labels,
  OwnerReference,
  PodTemplate,
} from './kubernetes.js';
import { namespaceOf } from './workloads.js';

const WORKLOADS = [
  { kind: 'Deployment', apiVersion: 'apps/v1' },
  { kind: 'ReplicaSet', apiVersion: 'apps/v1' },
  { kind: 'StatefulSet', apiVersion: 'apps/v1' },
  { kind: 'DaemonSet', apiVersion: 'apps/v1' },
  { kind: 'ReplicationController', apiVersion: 'v1' },
  { kind: 'Job', apiVersion: 'batch/v1' },
  { kind: 'CronJob', apiVersion: 'batch/v1' },
] as const;

/** What may own a controller, where both are there. */
const OWNERS: Readonly<Record<string, string>> = { ReplicaSet: 'Deployment', Job: 'CronJob' };

export const NODES = ['node-1', 'node-2', 'node-undeclared'] as const;

/** Ports of one container: within it a name is given once. */
export const arbitraryContainerPorts: fc.Arbitrary<ContainerPort[]> = fc.uniqueArray(
  fc.record({
    containerPort: fc.constantFrom(...PORT_NUMBERS),
    name: fc.constantFrom(...PORT_NAMES, ...PORT_NAMES, undefined),
    protocol: fc.constantFrom(...PORT_PROTOCOLS, 'TCP', undefined),
  }),
  { maxLength: 3, selector: ({ name, containerPort }) => name ?? String(containerPort) },
);

const arbitraryContainer: fc.Arbitrary<Container> = arbitraryContainerPorts.map((ports) => ({
  name: 'main',
  image: 'app',
  ports,
}));

const arbitraryTemplate: fc.Arbitrary<PodTemplate> = fc.record({
  metadata: fc.record({ labels: arbitraryPodLabels }),
  spec: fc.record({
    hostNetwork: oneIn(8, true),
    nodeName: fc.constantFrom(undefined, undefined, ...NODES),
    containers: fc.array(arbitraryContainer, { minLength: 1, maxLength: 1 }),
    initContainers: sometimesMissing(fc.array(arbitraryContainer, { maxLength: 1 })),
  }),
});

export interface PodPlan {
  readonly namespace: string;
  readonly template: PodTemplate;
  readonly phase: string | undefined;
  readonly addresses: 'none' | 'ipv4' | 'ipv6' | 'dual' | 'podIP only';
  /** Picks the owner among the workloads of the namespace. */
  readonly owner: number;
}

export const arbitraryPodPlan: fc.Arbitrary<PodPlan> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES, 'shop', 'shop'),
  template: arbitraryTemplate,
  phase: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(undefined, 'Running', 'Pending') },
    { weight: 1, arbitrary: fc.constantFrom('Succeeded', 'Failed') },
  ),
  addresses: fc.constantFrom('none', 'ipv4', 'ipv4', 'ipv6', 'dual', 'podIP only'),
  owner: fc.nat({ max: 9 }),
});

export interface WorkloadPlan {
  readonly namespace: string;
  readonly workload: (typeof WORKLOADS)[number];
  readonly template: PodTemplate;
}

export const arbitraryWorkloadPlan: fc.Arbitrary<WorkloadPlan> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES, 'shop', 'shop'),
  workload: fc.constantFrom(...WORKLOADS),
  template: arbitraryTemplate,
});

export const arbitraryNodes: fc.Arbitrary<KubernetesObject[]> = fc
  .record({ 'node-1': arbitraryNodeLabels, 'node-2': arbitraryNodeLabels }, { requiredKeys: [] })
  .map((nodes) => Object.entries(nodes).map(([name, labels]) => node(name, labels)));

/** Workloads with their owners among each other. */
export function makeWorkloads(plans: readonly WorkloadPlan[]): KubernetesObject[] {
  const objects = plans.map(({ namespace, workload: { kind, apiVersion }, template }, i) => ({
    apiVersion,
    kind,
    metadata: { name: `${kind.toLowerCase()}-${i}`, namespace },
    spec: workloadSpec(kind, `${kind.toLowerCase()}-${i}`, template),
  }));
  return objects.map((object) => {
    const owner = objects.find(
      (other) => other.kind === OWNERS[object.kind] && namespaceOf(other) === namespaceOf(object),
    );
    if (owner === undefined) return object;
    return { ...object, metadata: { ...object.metadata, ownerReferences: [referTo(owner)] } };
  });
}

/** Most kinds need a selector that matches their template; jobs get theirs from the API server. */
function workloadSpec(kind: string, name: string, template: PodTemplate): object {
  if (kind === 'Job') return { template };
  if (kind === 'CronJob') return { jobTemplate: { spec: { template } } };
  const labels = { ...template.metadata?.labels, workload: name };
  const matchLabels = { workload: name };
  return {
    selector: kind === 'ReplicationController' ? matchLabels : { matchLabels },
    template: { ...template, metadata: { labels } },
  };
}

/** Live pods. Addresses follow from the position, so that no two pods share one. */
export function makePods(
  plans: readonly PodPlan[],
  workloads: readonly KubernetesObject[],
  nodes: readonly KubernetesObject[],
): KubernetesObject[] {
  return plans.map(({ namespace, template, phase, addresses, owner }, i) => {
    const at = NAMESPACES.indexOf(namespace as (typeof NAMESPACES)[number]);
    const own = { v4: `10.0.${at}.${10 + i}`, v6: `fd00::${at}:${(10 + i).toString(16)}` };
    const { hostNetwork, nodeName } = template.spec ?? {};
    const position = nodes.findIndex(({ metadata }) => metadata?.name === nodeName);
    const known = position < 0 ? { v4: undefined, v6: undefined } : nodeIps(nodeName ?? '');
    const ips = statusIps(hostNetwork === true ? known : own, addresses);
    const owners = workloads.filter((w) => namespaceOf(w) === namespace).map(referTo);
    const reference = [...owners, ROLLOUT][owner];
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `pod-${i}`,
        namespace,
        labels: template.metadata?.labels,
        ...(reference === undefined ? {} : { ownerReferences: [reference] }),
      },
      spec: template.spec,
      status: { phase, ...ips },
    };
  });
}

/** An owner of a kind that the analysis does not know. */
const ROLLOUT: OwnerReference = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  name: 'rollout',
  controller: true,
};

function referTo({ apiVersion, kind, metadata }: KubernetesObject): OwnerReference {
  return { apiVersion, kind, name: metadata?.name ?? '', controller: true };
}

function statusIps(
  { v4, v6 }: { v4: string | undefined; v6: string | undefined },
  wanted: PodPlan['addresses'],
): object {
  if (v4 === undefined || v6 === undefined || wanted === 'none') return {};
  if (wanted === 'podIP only') return { podIP: v4 };
  const ips = { ipv4: [v4], ipv6: [v6], dual: [v4, v6] }[wanted];
  return { podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) };
}

function node(name: string, labels: Labels): KubernetesObject {
  const { v4, v6 } = nodeIps(name);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    status: {
      addresses: [
        { type: 'Hostname', address: name },
        { type: 'InternalIP', address: v4 },
        { type: 'ExternalIP', address: v6 },
      ],
    },
  };
}

function nodeIps(name: string): { v4: string; v6: string } {
  return { v4: `192.168.0.${name.slice(-1)}`, v6: `fd01::${name.slice(-1)}` };
}

function oneIn<Value>(count: number, value: Value): fc.Arbitrary<Value | undefined> {
  return fc.oneof(
    { weight: count - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(value) },
  );
}
