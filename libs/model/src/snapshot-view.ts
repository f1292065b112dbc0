import { columnLength, readColumnBlock } from './column-block.js';
import type { HypotheticalPod } from './hypothetical-pod.js';
import { hypotheticalPodFields, placeHypothetical } from './place-hypothetical.js';
import { invariant } from './invariant.js';
import { POLICY_KINDS, type PolicyKind, type PolicySpec } from './policy.js';
import type {
  NamespaceRecord,
  NodeRecord,
  PodRecord,
  PolicyRecord,
  WorkloadRecord,
} from './records.js';
import {
  type ClusterTexts,
  POD_FLAGS,
  SEGMENT_COLUMNS,
  WORKLOAD_FLAGS,
  WORKLOAD_KINDS,
  type WorkloadKind,
} from './segment.js';
import { addressesAt, labelsAt, portsAt, type Segment } from './segment-records.js';
import { compareText } from './selector.js';
import { ownerOf, search } from './sorted-search.js';
import type { GatewaySpec, ReferenceGrantSpec, RouteSpec } from './route.js';
import type { ServiceSpec } from './service.js';
import { SpecObjects } from './spec-objects.js';

/** A segment's bytes as the index holds them: in memory that any thread reads. */
export interface SegmentBytes {
  /** '' = cluster-scoped objects. */
  readonly namespace: string;
  /** SHA-256 of the bytes (hexadecimal): equal content is equal bytes. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

type Counted = 'workloadNames' | 'podNames' | 'policyNames';

/**
 * The objects of a snapshot. Every object has a snapshot-wide index: namespaces in the order of `compareText`, within
 * them workloads, pods and policies in the order of their names; cluster-scoped policies come after all namespaced ones.
 * Segments are opened when first needed.
 *
 * Hypothetical pods come behind all others, and so do their namespaces where the snapshot has none of that name: the
 * index of whatever exists stays the same. Counts and searches leave these pods out.
 */
export class SnapshotView {
  readonly namespaceCount: number;
  readonly workloadCount: number;
  readonly podCount: number;
  readonly policyCount: number;
  readonly nodeCount: number;
  readonly services: SpecObjects<ServiceSpec>;
  readonly routes: SpecObjects<RouteSpec>;
  readonly gateways: SpecObjects<GatewaySpec>;
  readonly grants: SpecObjects<ReferenceGrantSpec>;
  /** Namespaces of the snapshot itself. */
  readonly #existingNamespaces: number;
  readonly #namespaces: readonly SegmentBytes[];
  readonly #hypothetical: readonly HypotheticalPod[];
  readonly #namespaceOfHypothetical: readonly number[];
  readonly #cluster: Segment | null;
  readonly #segments: (Segment | undefined)[] = [];
  readonly #starts: Record<Counted, Int32Array>;
  /** By namespace, then by text; cluster-scoped policies behind the last namespace. */
  readonly #specs: Map<number, PolicySpec>[] = [];
  readonly #policies: PolicyRecord[] = [];

  /** The hash of the cluster-scoped segment; null when the snapshot has no such object. */
  readonly clusterHash: string | null;

  constructor(segments: readonly SegmentBytes[], hypothetical: readonly HypotheticalPod[] = []) {
    const existing = segments.filter(({ namespace }) => namespace !== '');
    this.#existingNamespaces = existing.length;
    const { added, places } = placeHypothetical(existing, hypothetical);
    this.#namespaces = [...existing, ...added];
    this.#hypothetical = hypothetical;
    this.#namespaceOfHypothetical = places;
    const cluster = segments.find(({ namespace }) => namespace === '');
    this.clusterHash = cluster?.hash ?? null;
    this.#cluster = cluster === undefined ? null : readColumnBlock(SEGMENT_COLUMNS, cluster.bytes);
    this.namespaceCount = this.#namespaces.length;
    this.nodeCount = this.#cluster?.columns.nodeNames.length ?? 0;
    this.#starts = {
      workloadNames: this.#count('workloadNames'),
      podNames: this.#count('podNames'),
      policyNames: this.#count('policyNames'),
    };
    this.workloadCount = this.#starts.workloadNames[this.namespaceCount]!;
    this.podCount = this.#starts.podNames[this.namespaceCount]!;
    const clusterPolicies = this.#cluster?.columns.policyNames.length ?? 0;
    this.policyCount = this.#starts.policyNames[this.namespaceCount]! + clusterPolicies;
    this.services = new SpecObjects(this, 'service');
    this.routes = new SpecObjects(this, 'route');
    this.gateways = new SpecObjects(this, 'gateway');
    this.grants = new SpecObjects(this, 'grant');
  }

  #count(column: Counted): Int32Array {
    const place = SEGMENT_COLUMNS.indexOf(column);
    const starts = new Int32Array(this.namespaceCount + 1);
    for (let i = 0; i < this.namespaceCount; i++)
      starts[i + 1] = starts[i]! + columnLength(this.segment(i).raw, place);
    return starts;
  }

  /** Whether a namespace, by its index, is the snapshot's own. */
  isExistingNamespace(namespace: number): boolean {
    return namespace < this.#existingNamespaces;
  }

  /** The open segment of a namespace, for walks over whole columns. */
  segment(namespace: number): Segment {
    let segment = this.#segments[namespace];
    if (segment === undefined) {
      segment = readColumnBlock(SEGMENT_COLUMNS, this.#namespaces[namespace]!.bytes);
      this.#segments[namespace] = segment;
    }
    return segment;
  }

  /** The hash of a namespace's segment. */
  segmentHash(namespace: number): string {
    return this.#namespaces[namespace]!.hash;
  }

  /** The cluster-scoped segment; null when the snapshot has no such object. */
  get cluster(): Segment | null {
    return this.#cluster;
  }

  namespaceName(namespace: number): string {
    return this.#namespaces[namespace]!.namespace;
  }

  /** The snapshot-wide index of the first workload, pod or policy of a namespace; `namespaceCount` gives the end of the last. */
  firstWorkload(namespace: number): number {
    return this.#starts.workloadNames[namespace]!;
  }
  firstPod(namespace: number): number {
    return this.#starts.podNames[namespace]!;
  }
  firstPolicy(namespace: number): number {
    return this.#starts.policyNames[namespace]!;
  }

  /** The index of the first cluster-scoped policy; `policyCount` is the end of the last. */
  get firstClusterPolicy(): number {
    return this.firstPolicy(this.namespaceCount);
  }

  /** The namespace of an object by its snapshot-wide index. */
  namespaceOfWorkload(workload: number): number {
    return ownerOf(this.#starts.workloadNames, workload);
  }
  namespaceOfPod(pod: number): number {
    if (pod >= this.podCount) return this.#namespaceOfHypothetical[pod - this.podCount]!;
    return ownerOf(this.#starts.podNames, pod);
  }
  /** -1 = cluster-scoped. */
  namespaceOfPolicy(policy: number): number {
    return policy < this.firstClusterPolicy ? ownerOf(this.#starts.policyNames, policy) : -1;
  }

  /** Place of a policy in its segment. */
  policyInSegment(policy: number): number {
    const namespace = this.namespaceOfPolicy(policy);
    return policy - (namespace < 0 ? this.firstClusterPolicy : this.firstPolicy(namespace));
  }

  namespace(index: number): NamespaceRecord {
    const segment = this.segment(index);
    const [, declared = 0, labelSet = 0] = segment.columns.namespace;
    return {
      index,
      name: this.namespaceName(index),
      labels: labelsAt(segment, labelSet),
      declared: declared === 1,
    };
  }

  workload(index: number): WorkloadRecord {
    const namespace = this.namespaceOfWorkload(index);
    const segment = this.segment(namespace);
    const { columns, strings } = segment;
    const i = index - this.firstWorkload(namespace);
    const flags = columns.workloadFlags[i]!;
    return {
      index,
      namespace,
      name: strings.at(columns.workloadNames[i]!),
      kind: WORKLOAD_KINDS[columns.workloadKinds[i]!]!,
      kindName: strings.at(columns.workloadKindNames[i]!),
      labels: labelsAt(segment, columns.workloadLabelSets[i]!),
      ports: portsAt(segment, columns.workloadPortTables[i]!),
      hostNetwork: (flags & WORKLOAD_FLAGS.hostNetwork) !== 0,
      declared: (flags & WORKLOAD_FLAGS.declared) !== 0,
    };
  }

  /** What names a workload, without the rest of its record. */
  workloadIdentity(index: number): {
    namespace: string;
    name: string;
    kind: WorkloadKind;
    kindName: string;
  } {
    const namespace = this.namespaceOfWorkload(index);
    const { columns, strings } = this.segment(namespace);
    const i = index - this.firstWorkload(namespace);
    return {
      namespace: this.namespaceName(namespace),
      name: strings.at(columns.workloadNames[i]!),
      kind: WORKLOAD_KINDS[columns.workloadKinds[i]!]!,
      kindName: strings.at(columns.workloadKindNames[i]!),
    };
  }

  pod(index: number): PodRecord {
    const supposed = index - this.podCount;
    if (supposed >= 0) {
      const place = { index, namespace: this.namespaceOfPod(index) };
      const workload = this.workloadCount + supposed;
      return { ...place, workload, ...hypotheticalPodFields(this.#hypothetical[supposed]!) };
    }
    const namespace = this.namespaceOfPod(index);
    const segment = this.segment(namespace);
    const { columns, strings } = segment;
    const i = index - this.firstPod(namespace);
    const flags = columns.podFlags[i]!;
    const phase = columns.podPhases[i]!;
    const node = columns.podNodes[i]!;
    return {
      index,
      namespace,
      workload: this.firstWorkload(namespace) + columns.podWorkloads[i]!,
      name: strings.peek(columns.podNames[i]!),
      labels: labelsAt(segment, columns.podLabelSets[i]!),
      ports: portsAt(segment, columns.podPortTables[i]!),
      ips: addressesAt(columns.podIps, columns.podIpOffsets, i),
      hostNetwork: (flags & POD_FLAGS.hostNetwork) !== 0,
      terminated: (flags & POD_FLAGS.terminated) !== 0,
      template: (flags & POD_FLAGS.template) !== 0,
      phase: phase < 0 ? null : strings.at(phase),
      node: node < 0 ? null : strings.at(node),
    };
  }

  /** Each is read once: answers name the same policies again and again. */
  policy(index: number): PolicyRecord {
    return (this.#policies[index] ??= this.#readPolicy(index));
  }

  #readPolicy(index: number): PolicyRecord {
    const namespace = this.namespaceOfPolicy(index);
    const segment = namespace < 0 ? this.#cluster! : this.segment(namespace);
    const { columns, strings } = segment;
    const i = this.policyInSegment(index);
    return {
      index,
      kind: POLICY_KINDS[columns.policyKinds[i]!]!,
      namespace,
      name: strings.at(columns.policyNames[i]!),
      labels: labelsAt(segment, columns.policyLabelSets[i]!),
      spec: this.#spec(
        namespace < 0 ? this.namespaceCount : namespace,
        columns.policySpecs[i]!,
        segment,
      ),
    };
  }

  /** Equal specs of a namespace are one object; of different namespaces they are not, since what they select differs. */
  #spec(slot: number, text: number, { strings }: Segment): PolicySpec {
    const specs = (this.#specs[slot] ??= new Map<number, PolicySpec>());
    let spec = specs.get(text);
    if (spec === undefined) {
      spec = JSON.parse(strings.peek(text)) as PolicySpec;
      specs.set(text, spec);
    }
    return spec;
  }

  node(index: number): NodeRecord {
    invariant(this.#cluster !== null, 'a node is in the cluster segment');
    const { columns, strings } = this.#cluster;
    return {
      index,
      name: strings.at(columns.nodeNames[index]!),
      labels: labelsAt(this.#cluster, columns.nodeLabelSets[index]!),
      ips: addressesAt(columns.nodeIps, columns.nodeIpOffsets, index),
    };
  }

  /** Names of the containers of a DaemonSet, as far as they are kept (isAgentWithOptions). */
  agentContainers(workload: number): string[] {
    const namespace = this.namespaceOfWorkload(workload);
    const { columns, strings } = this.segment(namespace);
    const wanted = workload - this.firstWorkload(namespace);
    const names: string[] = [];
    for (let i = 0; i < columns.agentContainers.length; i += 2)
      if (columns.agentContainers[i] === wanted)
        names.push(strings.at(columns.agentContainers[i + 1]!));
    return names;
  }

  /** Texts of a list of the cluster segment, in their order. */
  clusterTexts(column: ClusterTexts): string[] {
    if (this.#cluster === null) return [];
    const { columns, strings } = this.#cluster;
    return Array.from(columns[column], (text) => strings.at(text));
  }

  /** Index by name; -1 when the snapshot has no such object. */
  findNamespace(name: string): number {
    return search(this.#existingNamespaces, (i) => compareText(this.namespaceName(i), name));
  }

  /** A pod that exists, else one that stands for a workload of that name (which any of several kinds may have). */
  findPod(namespace: string, name: string): number {
    const found = this.#findAll(namespace, name, 'podNames');
    return found.find((pod) => !this.pod(pod).template) ?? found[0] ?? -1;
  }

  findNetworkPolicy(namespace: string, name: string): number {
    return this.#find(namespace, name, 'policyNames');
  }

  /** A cluster-scoped policy. */
  findClusterPolicy(kind: PolicyKind, name: string): number {
    for (let index = this.firstClusterPolicy; index < this.policyCount; index++) {
      const policy = this.policy(index);
      if (policy.kind === kind && policy.name === name) return index;
    }
    return -1;
  }

  #find(namespace: string, name: string, column: Counted): number {
    const at = this.findNamespace(namespace);
    if (at < 0) return -1;
    const { columns, strings } = this.segment(at);
    const names = columns[column];
    const found = search(names.length, (i) => compareText(strings.peek(names[i]!), name));
    return found < 0 ? -1 : this.#starts[column][at]! + found;
  }

  /** Workloads of that name (several when kinds share it). */
  findWorkloads(namespace: string, name: string): number[] {
    return this.#findAll(namespace, name, 'workloadNames');
  }

  /** All of a name, which stand one after the other. */
  #findAll(namespace: string, name: string, column: Counted): number[] {
    const first = this.#find(namespace, name, column);
    if (first < 0) return [];
    const at = this.findNamespace(namespace);
    const { columns, strings } = this.segment(at);
    const names = columns[column];
    const start = this.#starts[column][at]!;
    const found: number[] = [];
    for (let i = first - start; i < names.length && strings.peek(names[i]!) === name; i++)
      found.push(start + i);
    return found;
  }
}
