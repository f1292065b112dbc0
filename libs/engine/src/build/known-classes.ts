import {
  columnStarts,
  labelsAt,
  type LabelSelector,
  matchesSelector,
  type PodSelection,
  SEGMENT_COLUMNS,
  type SnapshotView,
} from '@portolan/model';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { NO_CLASS, type SnapshotIndex } from '../snapshot-index.js';
import type { PortedClasses } from './compile-policies.js';
import { selectorKey } from './label-sets.js';
import { PortTables } from './port-tables.js';

/** The classes of an index, for policies that it was not built for: selectors are read pod by pod. */
export class KnownClasses implements PortedClasses {
  readonly #sets = new SequenceTable();
  readonly #selected = new Map<string, Int32Array | null>();
  readonly #namespaces = new Map<string, readonly number[]>();
  #ports: Pick<PortedClasses, 'portTable' | 'portTables'> | null = null;

  constructor(
    private readonly index: SnapshotIndex,
    private readonly view: SnapshotView,
  ) {}

  get classes(): SnapshotIndex['classes'] {
    return this.index.classes;
  }

  get portTable(): Int32Array {
    return (this.#ports ??= this.#readPorts()).portTable;
  }

  get portTables(): PortedClasses['portTables'] {
    return (this.#ports ??= this.#readPorts()).portTables;
  }

  /** Class sets, as ClassSets numbers them. */
  get sets(): Pick<SequenceTable, 'get' | 'intern' | 'toGrouped' | 'size'> {
    return this.#sets;
  }

  get(set: number): Int32Array {
    return this.#sets.get(set);
  }

  intern(classes: Int32Array): number {
    return this.#sets.intern(classes);
  }

  /** The set of the classes that a policy in `namespace` (-1 = cluster-scoped) selects. Ask only about what `canTell`. */
  ofSelection(namespace: number, selection: PodSelection): number {
    return this.#sets.intern(this.#select(namespace, selection)!);
  }

  /** Whether a selection has every class as a whole or not at all. */
  canTell(namespace: number, selection: PodSelection): boolean {
    return this.#select(namespace, selection) !== null;
  }

  #select(namespace: number, { namespaceSelector, podSelector }: PodSelection): Int32Array | null {
    const where =
      namespaceSelector === null ? String(namespace) : `* ${selectorKey(namespaceSelector)}`;
    const key = `${where}\n\n${selectorKey(podSelector)}`;
    let selected = this.#selected.get(key);
    if (selected === undefined) {
      const namespaces =
        namespaceSelector === null ? [namespace] : this.#namespacesWith(namespaceSelector);
      selected = this.#selectIn(namespaces, podSelector);
      this.#selected.set(key, selected);
    }
    return selected;
  }

  #namespacesWith(selector: LabelSelector): readonly number[] {
    const key = selectorKey(selector);
    let found = this.#namespaces.get(key);
    if (found === undefined) {
      const all = Array.from({ length: this.view.namespaceCount }, (_, namespace) => namespace);
      found = all.filter((namespace) => {
        const { labels } = this.view.namespace(namespace);
        return matchesSelector(new Map(Object.entries(labels)), selector);
      });
      this.#namespaces.set(key, found);
    }
    return found;
  }

  #selectIn(namespaces: readonly number[], podSelector: LabelSelector): Int32Array | null {
    const { firstOfNamespace, node } = this.classes;
    const selected = new IntList();
    for (const namespace of namespaces) {
      const [first, end] = [firstOfNamespace[namespace]!, firstOfNamespace[namespace + 1]!];
      const isSelected = podSelector.length === 0 ? null : this.#verdicts(namespace, podSelector);
      for (let id = first; id < end; id++) {
        if (node[id] === 1) continue;
        const verdict = isSelected === null ? SELECTED : isSelected[id - first]!;
        if (verdict === MIXED) return null;
        if (verdict === SELECTED) selected.push(id);
      }
    }
    return selected.toArray();
  }

  /** What a selector says of the pods of each class of a namespace. */
  #verdicts(namespace: number, podSelector: LabelSelector): Uint8Array {
    const segment = this.view.segment(namespace);
    const { podLabelSets, labelSetOffsets } = segment.columns;
    const { firstOfNamespace } = this.classes;
    const first = firstOfNamespace[namespace]!;
    const verdicts = new Uint8Array(firstOfNamespace[namespace + 1]! - first);
    const ofLabelSet = new Uint8Array(labelSetOffsets.length);
    const { podClass } = this.index.pods;
    const firstPod = this.view.firstPod(namespace);
    for (const [i, labelSet] of podLabelSets.entries()) {
      const id = podClass[firstPod + i]!;
      if (id === NO_CLASS) continue;
      if (ofLabelSet[labelSet] === 0) {
        const labels = new Map(Object.entries(labelsAt(segment, labelSet)));
        ofLabelSet[labelSet] = matchesSelector(labels, podSelector) ? SELECTED : PASSED_OVER;
      }
      verdicts[id - first]! |= ofLabelSet[labelSet]!;
    }
    return verdicts;
  }

  #readPorts(): Pick<PortedClasses, 'portTable' | 'portTables'> {
    const tables = new PortTables();
    const { firstOfNamespace, pods, count } = this.classes;
    const portTable = new Int32Array(count);
    const starts = new Int32Array(SEGMENT_COLUMNS.length + 1);
    for (let namespace = 0; namespace < this.view.namespaceCount; namespace++) {
      const { raw, columns } = this.view.segment(namespace);
      columnStarts(raw, starts);
      const ofSegment = tables.ofSegment(raw, starts);
      const { podPortTables } = columns;
      const firstPod = this.view.firstPod(namespace);
      for (let id = firstOfNamespace[namespace]!; id < firstOfNamespace[namespace + 1]!; id++)
        portTable[id] = ofSegment[podPortTables[pods.items[pods.offsets[id]!]! - firstPod]!]!;
    }
    return { portTable, portTables: tables.tables };
  }
}

/** Verdicts on pods, and on classes by their pods. */
const SELECTED = 1;
const PASSED_OVER = 2;
const MIXED = SELECTED | PASSED_OVER;
