import {
  ADDRESS_WORDS,
  type ClusterTexts,
  ColumnBlockWriter,
  compareText,
  type ContainerPort,
  type IpAddress,
  type Labels,
  POD_FLAGS,
  POLICY_KINDS,
  PROTOCOLS,
  SEGMENT_COLUMNS,
  type SegmentColumn,
  type SpecKind,
  WORKLOAD_FLAGS,
  WORKLOAD_KINDS,
} from '@portolan/model';
import type { ApiUse } from '../objects/slim-objects.js';
import type { FoldedPod, FoldedWorkload } from '../objects/fold-owners.js';
import { isTerminated, type SlimNode, type SlimPolicy } from '../objects/slim-objects.js';

const NONE = -1;

/** Fills a segment. Callers add objects in the order of the segment; then equal objects give equal bytes. */
export class SegmentWriter {
  readonly #block = new ColumnBlockWriter<SegmentColumn>(SEGMENT_COLUMNS);
  readonly #labelSets = new Map<string, number>();
  readonly #portTables = new Map<string, number>();
  readonly #indices = new Map<object, number>();

  constructor() {
    const offsets = [
      'labelSetOffsets',
      'portTableOffsets',
      'podIpOffsets',
      'nodeIpOffsets',
    ] as const;
    for (const column of offsets) this.#block.push(column, 0);
  }

  namespace(name: string, isDeclared: boolean, labels: Labels): void {
    const block = this.#block;
    block.push('namespace', block.intern(name), isDeclared ? 1 : 0, this.#labelSet(labels));
  }

  workload({ name, kind, kindName, shape, isDeclared, containers }: FoldedWorkload): void {
    const block = this.#block;
    const index = block.length('workloadNames');
    block.push('workloadNames', block.intern(name));
    block.push('workloadKinds', WORKLOAD_KINDS.indexOf(kind));
    block.push('workloadKindNames', block.intern(kindName));
    block.push('workloadLabelSets', this.#labelSet(shape.labels));
    block.push('workloadPortTables', this.#portTable(shape.ports));
    const hostNetwork = shape.hostNetwork ? WORKLOAD_FLAGS.hostNetwork : 0;
    block.push('workloadFlags', hostNetwork | (isDeclared ? WORKLOAD_FLAGS.declared : 0));
    for (const container of containers)
      block.push('agentContainers', index, block.intern(container));
  }

  /** That the workload which was written last uses the Kubernetes API. */
  apiClient({ account, binding, isByGroup }: ApiUse): void {
    const block = this.#block;
    block.push('apiClients', block.length('workloadNames') - 1);
    block.push('apiClients', block.intern(account), block.intern(binding), isByGroup ? 1 : 0);
  }

  pod({ name, workload, shape, pod }: FoldedPod): void {
    const block = this.#block;
    block.push('podNames', block.intern(name));
    block.push('podWorkloads', workload);
    block.push('podLabelSets', this.#labelSet(shape.labels));
    block.push('podPortTables', this.#portTable(shape.ports));
    const hostNetwork = shape.hostNetwork ? POD_FLAGS.hostNetwork : 0;
    const terminated = pod !== null && isTerminated(pod.phase) ? POD_FLAGS.terminated : 0;
    block.push('podFlags', hostNetwork | terminated | (pod === null ? POD_FLAGS.template : 0));
    block.push('podPhases', this.#text(pod?.phase));
    block.push('podNodes', this.#text(pod?.node));
    this.#addresses('podIps', 'podIpOffsets', pod?.ips ?? []);
  }

  policy({ name, kind, labels, spec }: SlimPolicy): void {
    const block = this.#block;
    block.push('policyNames', block.intern(name));
    block.push('policyKinds', POLICY_KINDS.indexOf(kind));
    block.push('policyLabelSets', this.#labelSet(labels));
    block.push('policySpecs', block.intern(spec));
  }

  node({ name, labels, ips }: SlimNode): void {
    const block = this.#block;
    block.push('nodeNames', block.intern(name));
    block.push('nodeLabelSets', this.#labelSet(labels));
    this.#addresses('nodeIps', 'nodeIpOffsets', ips);
  }

  /** An object that is kept as its name, labels and a spec of canonical JSON. */
  spec(
    kind: SpecKind,
    {
      name,
      labels,
      spec,
    }: { readonly name: string; readonly labels: Labels; readonly spec: string },
  ): void {
    const block = this.#block;
    block.push(`${kind}Names`, block.intern(name));
    block.push(`${kind}LabelSets`, this.#labelSet(labels));
    block.push(`${kind}Specs`, block.intern(spec));
  }

  /** Texts of a list of the cluster segment. */
  texts(column: ClusterTexts, texts: readonly string[]): void {
    for (const text of texts) this.#block.push(column, this.#block.intern(text));
  }

  finish(): Uint8Array {
    return this.#block.finish();
  }

  #text(text: string | null | undefined): number {
    return text === null || text === undefined ? NONE : this.#block.intern(text);
  }

  #labelSet(labels: Labels): number {
    return this.#known(labels, () => this.#labelSetOf(labels));
  }

  #labelSetOf(labels: Labels): number {
    const entries = Object.entries(labels).sort(([a], [b]) => compareText(a, b));
    return this.#interned(this.#labelSets, JSON.stringify(entries), () => {
      for (const [key, value] of entries) {
        this.#block.push('labelKeys', this.#block.intern(key));
        this.#block.push('labelValues', this.#block.intern(value));
      }
      this.#block.push('labelSetOffsets', this.#block.length('labelKeys'));
    });
  }

  #portTable(ports: readonly ContainerPort[]): number {
    return this.#known(ports, () => this.#portTableOf(ports));
  }

  #portTableOf(ports: readonly ContainerPort[]): number {
    return this.#interned(this.#portTables, JSON.stringify(ports), () => {
      for (const { name, port, protocol } of ports) {
        this.#block.push('portNames', this.#text(name));
        this.#block.push('portNumbers', port);
        this.#block.push('portProtocols', PROTOCOLS.indexOf(protocol));
      }
      this.#block.push('portTableOffsets', this.#block.length('portNumbers'));
    });
  }

  /** The index of a value that was met before as the same object: most are, since equal ones are kept once. */
  #known(value: object, indexOf: () => number): number {
    let index = this.#indices.get(value);
    if (index === undefined) {
      index = indexOf();
      this.#indices.set(value, index);
    }
    return index;
  }

  /** The index of a value in its table; `write` adds it when it is new. */
  #interned(table: Map<string, number>, id: string, write: () => void): number {
    const known = table.get(id);
    if (known !== undefined) return known;
    write();
    const index = table.size;
    table.set(id, index);
    return index;
  }

  #addresses(
    column: 'podIps' | 'nodeIps',
    offsets: 'podIpOffsets' | 'nodeIpOffsets',
    ips: readonly IpAddress[],
  ): void {
    for (const { family, words } of ips) {
      const [a = 0, b = 0, c = 0, d = 0] = words;
      this.#block.push(column, family, a | 0, b | 0, c | 0, d | 0);
    }
    this.#block.push(offsets, this.#block.length(column) / ADDRESS_WORDS);
  }
}
