import type { SpecColumn, SpecKind } from './segment.js';
import { labelsAt, type Segment } from './segment-records.js';
import { compareText, type Labels } from './selector.js';
import { ownerOf, search } from './sorted-search.js';

/** An object that a segment holds as its name, its labels and a spec. */
export interface SpecRecord<Spec> {
  readonly index: number;
  readonly namespace: number;
  readonly name: string;
  readonly labels: Labels;
  readonly spec: Spec;
}

/** Namespaces of a snapshot, opened when first needed. */
interface Segments {
  readonly namespaceCount: number;
  segment(namespace: number): Segment;
}

/**
 * The objects of a kind in the order of their namespaces, then names; each has a snapshot-wide index. Specs are JSON that
 * this program wrote: each is read once.
 */
export class SpecObjects<Spec> {
  readonly #names: SpecColumn;
  readonly #labelSets: SpecColumn;
  readonly #specs: SpecColumn;
  #starts: Int32Array | null = null;
  readonly #records: SpecRecord<Spec>[] = [];

  constructor(
    private readonly segments: Segments,
    kind: SpecKind,
  ) {
    this.#names = `${kind}Names`;
    this.#labelSets = `${kind}LabelSets`;
    this.#specs = `${kind}Specs`;
  }

  /** By namespace, the index of its first object. Counted when first asked: the analysis looks at none of these objects. */
  #firsts(): Int32Array {
    if (this.#starts !== null) return this.#starts;
    const { namespaceCount } = this.segments;
    const starts = new Int32Array(namespaceCount + 1);
    for (let i = 0; i < namespaceCount; i++)
      starts[i + 1] = starts[i]! + this.segments.segment(i).columns[this.#names].length;
    this.#starts = starts;
    return starts;
  }

  get count(): number {
    return this.#firsts()[this.segments.namespaceCount]!;
  }

  /** The index of the first object of a namespace; that of the next namespace is the end of the last. */
  first(namespace: number): number {
    return this.#firsts()[namespace]!;
  }

  namespaceOf(index: number): number {
    return ownerOf(this.#firsts(), index);
  }

  at(index: number): SpecRecord<Spec> {
    return (this.#records[index] ??= this.#read(index));
  }

  #read(index: number): SpecRecord<Spec> {
    const namespace = this.namespaceOf(index);
    const segment = this.segments.segment(namespace);
    const { columns, strings } = segment;
    const i = index - this.first(namespace);
    return {
      index,
      namespace,
      name: strings.at(columns[this.#names][i]!),
      labels: labelsAt(segment, columns[this.#labelSets][i]!),
      spec: JSON.parse(strings.peek(columns[this.#specs][i]!)) as Spec,
    };
  }

  /** All objects of a namespace. */
  inNamespace(namespace: number): SpecRecord<Spec>[] {
    return Array.from({ length: this.first(namespace + 1) - this.first(namespace) }, (_, i) =>
      this.at(this.first(namespace) + i),
    );
  }

  /** The first object of that name in a namespace (index, -1 = no namespace); -1 when there is none. */
  find(namespace: number, name: string): number {
    if (namespace < 0) return -1;
    const { columns, strings } = this.segments.segment(namespace);
    const names = columns[this.#names];
    const found = search(names.length, (i) => compareText(strings.peek(names[i]!), name));
    return found < 0 ? -1 : this.first(namespace) + found;
  }
}
