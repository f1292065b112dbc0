import {
  ADDRESS_WORDS,
  columnStarts,
  POD_FLAGS,
  type PolicySwitches,
  type RawBlock,
  SEGMENT_COLUMNS,
  type SnapshotView,
  TextTable,
} from '@portolan/model';
import { type Grouped, groupOf, groupPairs } from '../sets/grouped.js';
import { IntList, shared, sharedColumn } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { TupleTable } from '../sets/tuple-table.js';
import { type ClassColumns, NO_CLASS, type PodColumns } from '../snapshot-index.js';
import { type AddressAtoms, atomCount, atomOf } from './address-atoms.js';
import type { Overlay } from './overlay.js';
import type { LabelSets } from './label-sets.js';
import { type NamedPort, PortTables } from './port-tables.js';
import { LabelProjector } from './project-label-sets.js';
import { COLUMN } from './segment-columns.js';

export interface Classification {
  readonly pods: PodColumns;
  readonly classes: ClassColumns;
  /** Label set (of LabelSets) of each class. */
  readonly labelSet: Int32Array;
  /** Index in `portTables` of each class. */
  readonly portTable: Int32Array;
  readonly portTables: readonly (readonly NamedPort[])[];
}

const NO_ATOMS: readonly number[] = [];

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
  const labels = new LabelProjector(view, labelSets);
  const addressKeys = new AddressKeys(atoms);
  const podCount = view.podCount + hypothetical.length;
  const podClass = sharedColumn(podCount).fill(NO_CLASS);
  const podWorkload = sharedColumn(podCount);
  const podNode = sharedColumn(podCount).fill(-1);
  const isLeftOut = only === null ? null : isNotAmong(podCount, only);
  const supposed = groupPairs(
    view.namespaceCount,
    Int32Array.from(hypothetical, (_, i) => view.namespaceOfPod(view.podCount + i)),
    Int32Array.from(hypothetical.keys()),
  );
  const hostPods = new IntList();
  const firstOfNamespace = sharedColumn(view.namespaceCount + 1);
  const tuple = new Int32Array(5);
  const starts = new Int32Array(SEGMENT_COLUMNS.length + 1);

  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const { raw } = view.segment(namespace);
    const { words } = raw;
    columnStarts(raw, starts);
    const projected = labels.ofSegment(namespace);
    const tables = ports.ofSegment(raw, starts);
    const firstPod = view.firstPod(namespace);
    const firstWorkload = view.firstWorkload(namespace);
    const podsHere = view.firstPod(namespace + 1) - firstPod;
    const workloadAt = starts[COLUMN.podWorkloads]!;
    const flagsAt = starts[COLUMN.podFlags]!;
    const nodeAt = starts[COLUMN.podNodes]!;
    const labelSetAt = starts[COLUMN.podLabelSets]!;
    const portTableAt = starts[COLUMN.podPortTables]!;
    const ipOffsetAt = starts[COLUMN.podIpOffsets]!;
    const ipAt = starts[COLUMN.podIps]!;
    tuple[NAMESPACE] = namespace;
    for (let i = 0; i < podsHere; i++) {
      const pod = firstPod + i;
      podWorkload[pod] = firstWorkload + words[workloadAt + i]!;
      const flags = words[flagsAt + i]!;
      if ((flags & POD_FLAGS.terminated) !== 0 || isLeftOut?.[pod] === 1) continue;
      const node = nodes.of(raw, words[nodeAt + i]!);
      const isHost = (flags & POD_FLAGS.hostNetwork) !== 0;
      podNode[pod] = node;
      if (isHost) hostPods.push(pod);
      tuple[LABELS] = projected[words[labelSetAt + i]!]!;
      tuple[PORTS] = tables[words[portTableAt + i]!]!;
      tuple[HOST] = isHost ? 1 : 0;
      tuple[ADDRESSES] = addressKeys.of(
        words,
        ipAt + ADDRESS_WORDS * words[ipOffsetAt + i]!,
        ipAt + ADDRESS_WORDS * words[ipOffsetAt + i + 1]!,
        isHost ? nodes.atoms(node, atoms) : NO_ATOMS,
      );
      podClass[pod] = tuples.intern(tuple);
    }
    for (const i of hypothetical.length === 0 ? [] : groupOf(supposed, namespace)) {
      const { labels: declaredLabels, ports: declared } = hypothetical[i]!;
      podWorkload[view.podCount + i] = view.workloadCount + i;
      tuple[LABELS] = labelSets.project(Object.entries(declaredLabels));
      tuple[PORTS] = ports.of(declared);
      tuple[HOST] = 0;
      tuple[ADDRESSES] = addressKeys.none;
      podClass[view.podCount + i] = tuples.intern(tuple);
    }
    firstOfNamespace[namespace + 1] = tuples.size;
  }
  const host = shared(tuples.column(HOST));
  const node = hostNetworkPods === 'NODE' ? host : sharedColumn(host.length);
  const localNode = allowNodeToLocalPods ? podNode : sharedColumn(podCount).fill(-1);
  const pods = groupPresent(podClass, podClass, tuples.size);
  return {
    pods: {
      podClass,
      podWorkload,
      podNode,
      localNode,
      hostPods: hostPods.toShared(),
      podsOfNode: groupPresent(podNode, podClass, nodes.size),
    },
    classes: {
      count: tuples.size,
      namespace: shared(tuples.column(NAMESPACE)),
      host,
      node,
      atoms: addressKeys.sequences.pick(tuples.column(ADDRESSES)),
      pods,
      firstOfNamespace,
      ...classesByWorkload(view.workloadCount + hypothetical.length, podWorkload, pods),
    },
    labelSet: tuples.column(LABELS),
    portTable: tuples.column(PORTS),
    portTables: ports.tables,
  };
}

/** By pod: 1 = it is not among `wanted`. */
function isNotAmong(pods: number, wanted: Int32Array): Uint8Array {
  const isOther = new Uint8Array(pods).fill(1);
  for (const pod of wanted) isOther[pod] = 0;
  return isOther;
}

/** Numbers the addresses of pods by the atoms that they lie in. */
class AddressKeys {
  readonly sequences = new SequenceTable();
  /** By atom: the key of pods that have an address in it and no other; -1 = not made yet. */
  readonly #ofAtom: Int32Array;
  /** The key of a pod whose addresses are not known. */
  readonly none = this.sequences.intern(new Int32Array(0));

  constructor(private readonly atoms: AddressAtoms) {
    this.#ofAtom = new Int32Array(atomCount(atoms)).fill(-1);
  }

  /**
   * The key of a pod whose addresses are the integers of `words` between two places; `nodeAtoms` are those of its node where
   * it has its node's addresses.
   */
  of(words: Int32Array, first: number, end: number, nodeAtoms: readonly number[]): number {
    if (nodeAtoms.length === 0 && end - first <= ADDRESS_WORDS)
      return first === end ? this.none : this.#single(this.#atomAt(words, first));
    const found = new Set(nodeAtoms);
    for (let at = first; at < end; at += ADDRESS_WORDS) found.add(this.#atomAt(words, at));
    return this.sequences.intern(Int32Array.from(found).sort());
  }

  /** Nearly every pod has one address. */
  #single(atom: number): number {
    const known = this.#ofAtom[atom]!;
    if (known >= 0) return known;
    const key = this.sequences.intern(Int32Array.of(atom));
    this.#ofAtom[atom] = key;
    return key;
  }

  #atomAt(words: Int32Array, at: number): number {
    return atomOf(this.atoms, words[at] === 4 ? 4 : 6, words, at + 1);
  }
}

/** Nodes by name: those of the snapshot first, then those that only pods name. */
class NodeTable {
  readonly #names = new TextTable();
  readonly #atoms = new Map<number, number[]>();

  constructor(private readonly view: SnapshotView) {
    if (view.cluster === null) return;
    const { columns, raw } = view.cluster;
    for (const name of columns.nodeNames) this.of(raw, name);
  }

  get size(): number {
    return this.#names.size;
  }

  /** The node that a string of a block names; -1 when there is none. */
  of({ words, bytes, textOffsets, firstText }: RawBlock, name: number): number {
    if (name < 0) return -1;
    const at = textOffsets + name;
    return this.#names.intern(bytes, firstText + words[at]!, firstText + words[at + 1]!);
  }

  /** Atoms of a node's addresses: a hostNetwork pod is reached and seen by them. */
  atoms(node: number, atoms: AddressAtoms): readonly number[] {
    if (node < 0 || node >= this.view.nodeCount) return NO_ATOMS;
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
  const offsets = sharedColumn(owners + 1);
  for (let pod = 0; pod < podClass.length; pod++)
    if (podClass[pod] !== NO_CLASS && ownerOfPod[pod]! >= 0) offsets[ownerOfPod[pod]! + 1]!++;
  for (let owner = 0; owner < owners; owner++) offsets[owner + 1]! += offsets[owner]!;
  const next = offsets.slice(0, owners);
  const items = sharedColumn(offsets[owners]!);
  for (let pod = 0; pod < podClass.length; pod++)
    if (podClass[pod] !== NO_CLASS && ownerOfPod[pod]! >= 0) items[next[ownerOfPod[pod]!]!++] = pod;
  return { offsets, items };
}

/** By workload its classes, sorted: classes are walked in their order, so that the pairs need no sorting. */
function classesByWorkload(
  workloads: number,
  podWorkload: Int32Array,
  pods: Grouped,
): { ofWorkload: Grouped; podsInWorkload: Int32Array } {
  const lastPairOf = new Int32Array(workloads).fill(-1);
  const owners = new IntList();
  const classes = new IntList();
  const counts: number[] = [];
  for (let id = 0; id + 1 < pods.offsets.length; id++)
    for (let i = pods.offsets[id]!; i < pods.offsets[id + 1]!; i++) {
      const workload = podWorkload[pods.items[i]!]!;
      const last = lastPairOf[workload]!;
      if (last >= 0 && classes.at(last) === id) {
        counts[last]!++;
        continue;
      }
      lastPairOf[workload] = classes.length;
      owners.push(workload);
      classes.push(id);
      counts.push(1);
    }
  const pairOwners = owners.toArray();
  return {
    ofWorkload: groupPairs(workloads, pairOwners, classes.toArray()),
    podsInWorkload: groupPairs(workloads, pairOwners, Int32Array.from(counts)).items,
  };
}
