import type { Direction, SnapshotView } from '@portolan/model';
import { groupOf } from './sets/grouped.js';
import type { SnapshotIndex } from './snapshot-index.js';

/** Things about a whole snapshot that caveats depend on; each is found out once, when first asked for. */
export class SnapshotFacts {
  readonly #anyRowUsesBlocks = new Map<Direction, boolean>();
  #somePodHasNoAddress: boolean | null = null;
  #someNamespaceUndeclared: boolean | null = null;

  constructor(
    private readonly index: SnapshotIndex,
    private readonly view: SnapshotView,
  ) {}

  /** Whether no address is known of the pods of a class. */
  hasNoAddress(podClass: number): boolean {
    const { offsets } = this.index.classes.atoms;
    return offsets[podClass] === offsets[podClass + 1];
  }

  get somePodHasNoAddress(): boolean {
    this.#somePodHasNoAddress ??= this.#someClass((podClass) => this.hasNoAddress(podClass));
    return this.#somePodHasNoAddress;
  }

  #someClass(test: (podClass: number) => boolean): boolean {
    for (let podClass = 0; podClass < this.index.classes.count; podClass++)
      if (test(podClass)) return true;
    return false;
  }

  /** Whether a namespace is only used, not declared. */
  isUndeclared(namespace: number): boolean {
    return this.view.segment(namespace).columns.namespace[1] === 0;
  }

  get someNamespaceUndeclared(): boolean {
    if (this.#someNamespaceUndeclared === null) {
      this.#someNamespaceUndeclared = false;
      for (let namespace = 0; namespace < this.view.namespaceCount; namespace++)
        if (this.isUndeclared(namespace)) this.#someNamespaceUndeclared = true;
    }
    return this.#someNamespaceUndeclared;
  }

  /** Whether policies of a row have ipBlocks. */
  rowUsesBlocks(direction: Direction, row: number): boolean {
    const { entryOffsets, entryAddresses } = this.index.compiled;
    const rows = direction === 'INGRESS' ? this.index.ingress.rows : this.index.egress.rows;
    return groupOf(rows, row).some((compiled) =>
      entryAddresses
        .subarray(entryOffsets[compiled], entryOffsets[compiled + 1])
        .some((set) => set >= 0),
    );
  }

  anyRowUsesBlocks(direction: Direction): boolean {
    let known = this.#anyRowUsesBlocks.get(direction);
    if (known === undefined) {
      const rows = (direction === 'INGRESS' ? this.index.ingress : this.index.egress).rows;
      known = false;
      for (let row = 0; row + 1 < rows.offsets.length && !known; row++)
        known = this.rowUsesBlocks(direction, row);
      this.#anyRowUsesBlocks.set(direction, known);
    }
    return known;
  }
}
