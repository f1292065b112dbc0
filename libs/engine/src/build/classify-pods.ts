import {
  ADDRESS_WORDS,
  type ContainerPort,
  POD_FLAGS,
  type PolicySwitches,
  PROTOCOLS,
  type Protocol,
  type SnapshotView,
} from '@portolan/model';
import { type Grouped, groupOf, groupPairs } from '../sets/grouped.js';
import { IntList, shared } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { TupleTable } from '../sets/tuple-table.js';
import { type ClassColumns, NO_CLASS, type PodColumns } from '../snapshot-index.js';
import { type AddressAtoms, atomOf } from './address-atoms.js';
import type { Overlay } from './overlay.js';
import type { LabelSets } from './label-sets.js';
import { projectLabelSets } from './project-label-sets.js';

/** A container port that has a name: what a named port of a rule can resolve to. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

export interface Classification {
  readonly pods: PodColumns;
  readonly classes: ClassColumns;
  /** Label set (of LabelSets) of each class. */
  readonly labelSet: Int32Array;
  /** Index in `portTables` of each class. */
  readonly portTable: Int32Array;
  readonly portTables: readonly (readonly NamedPort[])[];
}

/** Components of a class: everything about a pod that a policy can see. */
const LABELS = 0;
const PORTS = 1;
const HOST = 2;
const ADDRESSES = 3;
const NAMESPACE = 4;

/**
 * Puts every pod into its class; pods that are not among `only` take no part. Segments are walked in order, so the
 * classes of a namespace are contiguous.
 */
export function classifyPods(
  view: SnapshotView,
  labelSets: LabelSets,
  atoms: AddressAtoms,
  { hostNetworkPods, allowNodeToLocalPods }: PolicySwitches,
  { hypothetical, only }: Overlay,
): Classification {
  const tuples = new TupleTable(5);
  const ports = new PortTables();
  const nodes = new NodeTable(view);
  const addressKeys = new AddressKeys(atoms);
  const podCount = view.podCount + hypothetical.length;
  const podClass = new Int32Array(podCount).fill(NO_CLASS);
  const podWorkload = new Int32Array(podCount);
  const podNode = new Int32Array(podCount).fill(-1);
  const isLeftOut = leftOutTest(podCount, only);
  const supposed = groupPairs(
    view.namespaceCount,
    Int32Array.from(hypothetical, (_, i) => view.namespaceOfPod(view.podCount + i)),
    Int32Array.from(hypothetical.keys()),
  );
  const hostPods = new IntList();
  const firstOfNamespace = new Int32Array(view.namespaceCount + 1);
  const tuple = new Int32Array(5);

  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const { columns, strings } = view.segment(namespace);
    const projected = projectLabelSets(view, namespace, labelSets);
    const tables = ports.ofSegment(view, namespace);
    const nodeOf = nodes.ofSegment();
    const firstPod = view.firstPod(namespace);
    const firstWorkload = view.firstWorkload(namespace);
    tuple[NAMESPACE] = namespace;
    for (let i = 0; i < columns.podNames.length; i++) {
      const pod = firstPod + i;
      podWorkload[pod] = firstWorkload + columns.podWorkloads[i]!;
      const flags = columns.podFlags[i]!;
      if ((flags & POD_FLAGS.terminated) !== 0 || isLeftOut(pod)) continue;
      const node = nodeOf(columns.podNodes[i]!, strings);
      const isHost = (flags & POD_FLAGS.hostNetwork) !== 0;
      podNode[pod] = node;
      if (isHost) hostPods.push(pod);
      tuple[LABELS] = projected[columns.podLabelSets[i]!]!;
      tuple[PORTS] = tables[columns.podPortTables[i]!]!;
      tuple[HOST] = isHost ? 1 : 0;
      tuple[ADDRESSES] = addressKeys.of(
        columns.podIps,
        columns.podIpOffsets[i]!,
        columns.podIpOffsets[i + 1]!,
        isHost ? nodes.atoms(node, atoms) : [],
      );
      podClass[pod] = tuples.intern(tuple);
    }
    for (const i of groupOf(supposed, namespace)) {
      const { labels, ports: declared } = hypothetical[i]!;
      podWorkload[view.podCount + i] = view.workloadCount + i;
      tuple[LABELS] = labelSets.project(Object.entries(labels));
      tuple[PORTS] = ports.of(declared);
      tuple[HOST] = 0;
      tuple[ADDRESSES] = addressKeys.none;
      podClass[view.podCount + i] = tuples.intern(tuple);
    }
    firstOfNamespace[namespace + 1] = tuples.size;
  }
  const component = (i: number): Int32Array =>
    Int32Array.from({ length: tuples.size }, (_, id) => tuples.component(id, i));
  const host = shared(component(HOST));
  const nodeOfPod = shared(podNode);
  return {
    pods: {
      podClass: shared(podClass),
      podWorkload: shared(podWorkload),
      podNode: nodeOfPod,
      localNode: allowNodeToLocalPods ? nodeOfPod : shared(podNode.map(() => -1)),
      hostPods: hostPods.toShared(),
      podsOfNode: groupPresent(podNode, podClass, nodes.size),
    },
    classes: {
      count: tuples.size,
      namespace: shared(component(NAMESPACE)),
      host,
      node: hostNetworkPods === 'NODE' ? host : shared(host.map(() => 0)),
      atoms: addressKeys.sequences.pick(component(ADDRESSES)),
      pods: groupPresent(podClass, podClass, tuples.size),
      firstOfNamespace: shared(firstOfNamespace),
      ...classesByWorkload(view.workloadCount + hypothetical.length, podWorkload, podClass),
    },
    labelSet: component(LABELS),
    portTable: component(PORTS),
    portTables: ports.tables,
  };
}

function leftOutTest(pods: number, only: Int32Array | null): (pod: number) => boolean {
  if (only === null) return () => false;
  const isWanted = new Uint8Array(pods);
  for (const pod of only) isWanted[pod] = 1;
  return (pod) => isWanted[pod] === 0;
}

/** Numbers the addresses of pods by the atoms that they lie in. */
class AddressKeys {
  readonly sequences = new SequenceTable();
  readonly #ofAtom = new Map<number, number>();
  /** The key of a pod whose addresses are not known. */
  readonly none = this.sequences.intern(new Int32Array(0));

  constructor(private readonly atoms: AddressAtoms) {}

  /** The key of a pod; `nodeAtoms` are those of its node where it has its node's addresses. */
  of(words: Int32Array, first: number, end: number, nodeAtoms: readonly number[]): number {
    if (nodeAtoms.length === 0 && end - first < 2)
      return first === end ? this.none : this.#single(this.#atomAt(words, first));
    const found = new Set(nodeAtoms);
    for (let address = first; address < end; address++) found.add(this.#atomAt(words, address));
    return this.sequences.intern(Int32Array.from(found).sort());
  }

  /** Nearly every pod has one address. */
  #single(atom: number): number {
    let key = this.#ofAtom.get(atom);
    if (key === undefined) {
      key = this.sequences.intern(Int32Array.of(atom));
      this.#ofAtom.set(atom, key);
    }
    return key;
  }

  #atomAt(words: Int32Array, address: number): number {
    const at = address * ADDRESS_WORDS;
    return atomOf(this.atoms, words[at] === 4 ? 4 : 6, words, at + 1);
  }
}

/** Distinct tables of named container ports. */
export class PortTables {
  readonly tables: NamedPort[][] = [];
  readonly #ids = new Map<string, number>();

  /** By the segment's own numbering of port tables. */
  ofSegment(view: SnapshotView, namespace: number): Int32Array {
    const { columns, strings } = view.segment(namespace);
    const count = Math.max(0, columns.portTableOffsets.length - 1);
    return Int32Array.from({ length: count }, (_, table) => {
      const named: NamedPort[] = [];
      for (
        let i = columns.portTableOffsets[table]!;
        i < columns.portTableOffsets[table + 1]!;
        i++
      ) {
        const name = columns.portNames[i]!;
        if (name >= 0)
          named.push({
            name: strings.at(name),
            protocol: PROTOCOLS[columns.portProtocols[i]!]!,
            port: columns.portNumbers[i]!,
          });
      }
      return this.#intern(named);
    });
  }

  of(ports: readonly ContainerPort[]): number {
    return this.#intern(
      ports.flatMap(({ name, ...port }) => (name === null ? [] : [{ ...port, name }])),
    );
  }

  #intern(named: NamedPort[]): number {
    const key = named
      .map(({ name, protocol, port }) => `${name} ${protocol} ${String(port)}`)
      .sort()
      .join('\n');
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.tables.length;
      this.tables.push(named);
      this.#ids.set(key, id);
    }
    return id;
  }
}

/** Nodes by name: those of the snapshot first, then those that only pods name. */
class NodeTable {
  readonly #ids = new Map<string, number>();
  readonly #atoms = new Map<number, number[]>();

  constructor(private readonly view: SnapshotView) {
    for (let node = 0; node < view.nodeCount; node++) this.#ids.set(view.node(node).name, node);
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Looks names up by a segment's string numbers; each string once. */
  ofSegment(): (text: number, strings: { at(index: number): string }) => number {
    const known = new Map<number, number>();
    return (text, strings) => {
      if (text < 0) return -1;
      let id = known.get(text);
      if (id === undefined) {
        const name = strings.at(text);
        id = this.#ids.get(name) ?? this.#ids.size;
        this.#ids.set(name, id);
        known.set(text, id);
      }
      return id;
    };
  }

  /** Atoms of a node's addresses: a hostNetwork pod is reached and seen by them. */
  atoms(node: number, atoms: AddressAtoms): readonly number[] {
    if (node < 0 || node >= this.view.nodeCount) return [];
    let found = this.#atoms.get(node);
    if (found === undefined) {
      found = this.view.node(node).ips.map(({ family, words }) => atomOf(atoms, family, words));
      this.#atoms.set(node, found);
    }
    return found;
  }
}

/** Pods by an owner, those that take no part left out. */
function groupPresent(ownerOfPod: Int32Array, podClass: Int32Array, owners: number): Grouped {
  const pairOwners = new IntList();
  const pairPods = new IntList();
  for (let pod = 0; pod < podClass.length; pod++) {
    if (podClass[pod] === NO_CLASS || ownerOfPod[pod]! < 0) continue;
    pairOwners.push(ownerOfPod[pod]!);
    pairPods.push(pod);
  }
  return groupPairs(owners, pairOwners.toArray(), pairPods.toArray());
}

function classesByWorkload(
  workloads: number,
  podWorkload: Int32Array,
  podClass: Int32Array,
): { ofWorkload: Grouped; podsInWorkload: Int32Array } {
  const pairs = new TupleTable(2);
  const counts = new IntList();
  const countOf: number[] = [];
  const pair = new Int32Array(2);
  for (let pod = 0; pod < podClass.length; pod++) {
    if (podClass[pod] === NO_CLASS) continue;
    pair[0] = podWorkload[pod]!;
    pair[1] = podClass[pod]!;
    const id = pairs.intern(pair);
    countOf[id] = (countOf[id] ?? 0) + 1;
  }
  const order = Int32Array.from({ length: pairs.size }, (_, id) => id).sort(
    (a, b) =>
      pairs.component(a, 0) - pairs.component(b, 0) ||
      pairs.component(a, 1) - pairs.component(b, 1),
  );
  for (const id of order) counts.push(countOf[id]!);
  const ofWorkload = groupPairs(
    workloads,
    Int32Array.from(order, (id) => pairs.component(id, 0)),
    Int32Array.from(order, (id) => pairs.component(id, 1)),
  );
  return { ofWorkload, podsInWorkload: counts.toShared() };
}
