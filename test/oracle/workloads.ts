import { type Address, readAddress } from './addresses.js';
import type {
  Container,
  KubernetesObject,
  Labels,
  NodeStatus,
  PodSpec,
  PodStatus,
  PodTemplate,
} from './kubernetes.js';

/** A pod as section 5 of the semantics makes it from manifests. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly NamedPort[];
  readonly hostNetwork: boolean;
  readonly node: string | null;
  /** Addresses that are its own. A hostNetwork pod has its node's. */
  readonly ips: readonly Address[];
  /** Stands for the pods that a workload's template would make. */
  readonly template: boolean;
  readonly owner: Owner;
}

export interface Node {
  readonly labels: Labels;
  /** Its own: InternalIP and ExternalIP. */
  readonly addresses: readonly Address[];
}

/** The top owner: what the pod is counted under. */
export interface Owner {
  readonly kind: string;
  readonly name: string;
}

export interface NamedPort {
  readonly name: string | null;
  readonly number: number;
  readonly protocol: string;
}

/** API groups of the kinds that stand for pods. Equal kinds of other groups are other kinds. */
const WORKLOAD_GROUPS: Readonly<Record<string, string>> = {
  Pod: '',
  ReplicationController: '',
  Deployment: 'apps',
  ReplicaSet: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  Job: 'batch',
  CronJob: 'batch',
};

/** Kinds whose objects are in no namespace, whatever they say. */
const CLUSTER_SCOPED: readonly string[] = [
  'Namespace',
  'Node',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
];

/** The group part of `apiVersion`; empty for core. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** A namespaced object without a namespace is in `default`. */
export function namespaceOf({ metadata }: KubernetesObject): string {
  return metadata?.namespace ?? 'default';
}

export function nameOf({ metadata }: KubernetesObject): string {
  return metadata?.name ?? '';
}

/** `List` kinds, nested ones as well, are their items. */
export function flatten(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.flatMap((object) =>
    object.kind.endsWith('List') && Array.isArray(object.items) ? flatten(object.items) : [object],
  );
}

/** Of several objects with equal group, kind, namespace and name the last one counts. */
export function withoutDuplicates(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const scope = (object: KubernetesObject): string =>
    CLUSTER_SCOPED.includes(object.kind) ? '' : namespaceOf(object);
  const key = (object: KubernetesObject): string =>
    [groupOf(object), object.kind, scope(object), nameOf(object)].join('|');
  return [...new Map(objects.map((object) => [key(object), object])).values()];
}

/** Section 5: live pods, and one pod for each workload that no live pod belongs to. */
export function podsOf(objects: readonly KubernetesObject[]): Pod[] {
  const workloads = objects.filter((object) => WORKLOAD_GROUPS[object.kind] === groupOf(object));
  const nodes = nodesOf(objects);
  const fold = (object: KubernetesObject): Pod => livePod(object, workloads, nodes);
  const pods = workloads.filter(({ kind }) => kind === 'Pod');
  // Pods in phase Succeeded or Failed are ignored.
  const live = pods.filter((pod) => !hasEnded(pod)).map(fold);
  const ended = pods.filter(hasEnded).map(fold);
  const templates = workloads
    .filter((object) => object.kind !== 'Pod' && controllerAmong(workloads, object) === undefined)
    .filter((workload) => !live.some((pod) => isOwnedBy(pod, workload)))
    // A job whose pods have ended makes no more.
    .filter((workload) => workload.kind !== 'Job' || !ended.some((pod) => isOwnedBy(pod, workload)))
    .map((object) => templatePod(object, nodes));
  return [...live, ...templates];
}

/** Every declared node by its name. */
export function nodesOf(objects: readonly KubernetesObject[]): Map<string, Node> {
  const nodes = objects.filter((object) => object.kind === 'Node' && groupOf(object) === '');
  return new Map(
    nodes.map((node) => {
      const { addresses } = (node.status ?? {}) as NodeStatus;
      const ips = (addresses ?? []).filter(
        ({ type }) => type === 'InternalIP' || type === 'ExternalIP',
      );
      return [
        nameOf(node),
        {
          labels: node.metadata?.labels ?? {},
          addresses: readAddresses(ips.map(({ address }) => address)),
        },
      ];
    }),
  );
}

function hasEnded({ status }: KubernetesObject): boolean {
  const { phase } = (status ?? {}) as PodStatus;
  return phase === 'Succeeded' || phase === 'Failed';
}

function livePod(
  object: KubernetesObject,
  workloads: readonly KubernetesObject[],
  nodes: ReadonlyMap<string, Node>,
): Pod {
  const spec = (object.spec ?? {}) as PodSpec;
  const status = (object.status ?? {}) as PodStatus;
  const own = [
    ...(status.podIPs ?? []).map(({ ip }) => ip),
    ...(status.podIP ? [status.podIP] : []),
  ];
  return {
    ...fromSpec(object, object.metadata?.labels ?? {}, spec, readAddresses(own), nodes),
    template: false,
    owner: topOwner(object, workloads),
  };
}

function templatePod(object: KubernetesObject, nodes: ReadonlyMap<string, Node>): Pod {
  const { metadata, spec } = templateOf(object);
  return {
    ...fromSpec(object, metadata?.labels ?? {}, { ...spec, nodeName: null }, [], nodes),
    template: true,
    owner: { kind: object.kind, name: nameOf(object) },
  };
}

function templateOf({ kind, spec }: KubernetesObject): PodTemplate {
  const job =
    kind === 'CronJob' ? (spec as { jobTemplate: { spec: unknown } }).jobTemplate.spec : spec;
  return (job as { template?: PodTemplate | null }).template ?? {};
}

function fromSpec(
  object: KubernetesObject,
  labels: Labels,
  spec: PodSpec,
  own: readonly Address[],
  nodes: ReadonlyMap<string, Node>,
): Omit<Pod, 'template' | 'owner'> {
  const node = spec.nodeName ?? null;
  const hostNetwork = spec.hostNetwork === true;
  const ofNode = node === null ? [] : (nodes.get(node)?.addresses ?? []);
  return {
    namespace: namespaceOf(object),
    name: nameOf(object),
    labels,
    // Init and sidecar containers count, too.
    ports: portsOf([...(spec.initContainers ?? []), ...(spec.containers ?? [])]),
    hostNetwork,
    node,
    ips: hostNetwork ? [...own, ...ofNode] : own,
  };
}

function portsOf(containers: readonly Container[]): NamedPort[] {
  return containers
    .flatMap(({ ports }) => ports ?? [])
    .map((port) => ({
      name: port.name ?? null,
      number: port.containerPort,
      protocol: port.protocol ?? 'TCP',
    }));
}

/** The direct owner, and from there ReplicaSet → Deployment, Job → CronJob as far as owners are among the objects. */
function topOwner(object: KubernetesObject, workloads: readonly KubernetesObject[]): Owner {
  let owner = controllerOf(object) ?? { kind: object.kind, name: nameOf(object) };
  let next = find(workloads, namespaceOf(object), owner);
  while (next !== undefined) {
    owner = { kind: next.kind, name: nameOf(next) };
    next = controllerAmong(workloads, next);
  }
  return owner;
}

function controllerAmong(
  workloads: readonly KubernetesObject[],
  object: KubernetesObject,
): KubernetesObject | undefined {
  const controller = controllerOf(object);
  return controller === null ? undefined : find(workloads, namespaceOf(object), controller);
}

function find(
  workloads: readonly KubernetesObject[],
  namespace: string,
  { kind, name }: Owner,
): KubernetesObject | undefined {
  return workloads.find(
    (w) => w.kind === kind && nameOf(w) === name && namespaceOf(w) === namespace,
  );
}

function controllerOf({ metadata }: KubernetesObject): Owner | null {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller === true);
  // The kubelet puts its node there, which stands for no pods: such a pod is bare.
  if (owner === undefined || (owner.kind === 'Node' && owner.apiVersion === 'v1')) return null;
  return { kind: owner.kind, name: owner.name };
}

function isOwnedBy({ namespace, owner }: Pod, workload: KubernetesObject): boolean {
  return (
    namespace === namespaceOf(workload) &&
    owner.kind === workload.kind &&
    owner.name === nameOf(workload)
  );
}

function readAddresses(texts: readonly string[]): Address[] {
  return texts.map(readAddress).filter((address) => address !== null);
}
