import {
  type Cidr,
  compareWords,
  contains,
  type Direction,
  type IpAddress,
  parseAddress,
  type SnapshotView,
} from '@portolan/model';
import { atomBounds } from './build/address-atoms.js';
import { columnsOf, compiledOfRow } from './direction-columns.js';
import { groupOf } from './sets/grouped.js';
import { isOrderOpen } from './open-order.js';
import { type SnapshotIndex, UNRESOLVED } from './snapshot-index.js';

/** Things about a whole snapshot that caveats depend on; each is found out once, when first asked for. */
export class SnapshotFacts {
  readonly #known = new Map<string, boolean>();
  #podAtoms: ReadonlySet<number> | null = null;
  #serviceAddresses: readonly IpAddress[] | null = null;

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
    return this.#once('no address', () => {
      for (let podClass = 0; podClass < this.index.classes.count; podClass++)
        if (this.hasNoAddress(podClass)) return true;
      return false;
    });
  }

  /** Whether an atom is one address, and a pod's without hostNetwork. */
  isPodAddress(atom: number): boolean {
    this.#podAtoms ??= this.#findPodAtoms();
    if (!this.#podAtoms.has(atom)) return false;
    const { first, last } = atomBounds(this.index.atoms, atom);
    return compareWords(first, last) === 0;
  }

  #findPodAtoms(): ReadonlySet<number> {
    const { atoms, count, host } = this.index.classes;
    const found = new Set<number>();
    for (let podClass = 0; podClass < count; podClass++)
      if (host[podClass] === 0) for (const atom of groupOf(atoms, podClass)) found.add(atom);
    return found;
  }

  /** Whether a network has an address of a Service. */
  hasServiceAddress(cidr: Cidr): boolean {
    this.#serviceAddresses ??= this.#findServiceAddresses();
    return this.#serviceAddresses.some((address) => contains(cidr, address));
  }

  #findServiceAddresses(): IpAddress[] {
    const { services } = this.view;
    return Array.from({ length: services.count }, (_, i) => services.at(i).spec).flatMap(
      ({ clusterIPs, externalIPs, loadBalancerIPs }) =>
        [...clusterIPs, ...externalIPs, ...loadBalancerIPs].map(parseAddress),
    );
  }

  /** Whether a namespace is only used, not declared. */
  isUndeclared(namespace: number): boolean {
    return this.view.segment(namespace).columns.namespace[1] === 0;
  }

  get someNamespaceUndeclared(): boolean {
    return this.#once('undeclared', () => {
      for (let namespace = 0; namespace < this.view.namespaceCount; namespace++)
        if (this.isUndeclared(namespace)) return true;
      return false;
    });
  }

  /** Whether policies of a row look at addresses: ipBlock, networks, nodes. */
  rowUsesBlocks(direction: Direction, row: number): boolean {
    return this.#someEntry(direction, row, (addresses) => addresses >= 0);
  }

  anyRowUsesBlocks(direction: Direction): boolean {
    return this.#anyRow(`blocks ${direction}`, direction, (row) =>
      this.rowUsesBlocks(direction, row),
    );
  }

  /** Whether an ipBlock of a NetworkPolicy has the address of a pod. */
  get someBlockMatchesPods(): boolean {
    return this.#once('blocks match pods', () => {
      const { policy, entryOffsets } = this.index.compiled;
      return policy.some((one, id) => {
        if (one >= this.view.firstClusterPolicy) return false;
        for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++)
          if (this.#isBlockOfPods(entry)) return true;
        return false;
      });
    });
  }

  #isBlockOfPods(entry: number): boolean {
    const { entryAddresses, entryClasses } = this.index.compiled;
    const classes = entryClasses[entry]!;
    return (
      entryAddresses[entry]! >= 0 &&
      classes >= 0 &&
      groupOf(this.index.classSets, classes).length > 0
    );
  }

  /** Whether policies of a row have domain names. */
  rowUsesNames(direction: Direction, row: number): boolean {
    return this.#someEntry(direction, row, (addresses) => addresses === UNRESOLVED);
  }

  anyRowUsesNames(direction: Direction): boolean {
    return this.#anyRow(`names ${direction}`, direction, (row) =>
      this.rowUsesNames(direction, row),
    );
  }

  /** Whether the order of some policies of a row is left open, and matters. */
  isAmbiguous(direction: Direction, row: number): boolean {
    const { chains, adminOfRow, baselineOfRow } = columnsOf(this.index, direction);
    return [adminOfRow[row]!, baselineOfRow[row]!].some((chain) =>
      this.#once(`order ${direction} ${chain}`, () =>
        isOrderOpen(this.index, this.view, groupOf(chains, chain)),
      ),
    );
  }

  anyRowIsAmbiguous(direction: Direction): boolean {
    return this.#anyRow(`order ${direction}`, direction, (row) => this.isAmbiguous(direction, row));
  }

  #someEntry(direction: Direction, row: number, test: (addresses: number) => boolean): boolean {
    const { entryOffsets, entryAddresses } = this.index.compiled;
    return compiledOfRow(columnsOf(this.index, direction), row).some((id) =>
      entryAddresses.subarray(entryOffsets[id], entryOffsets[id + 1]).some(test),
    );
  }

  #anyRow(fact: string, direction: Direction, test: (row: number) => boolean): boolean {
    return this.#once(fact, () => {
      const { length } = columnsOf(this.index, direction).adminOfRow;
      for (let row = 0; row < length; row++) if (test(row)) return true;
      return false;
    });
  }

  #once(fact: string, find: () => boolean): boolean {
    let known = this.#known.get(fact);
    if (known === undefined) {
      known = find();
      this.#known.set(fact, known);
    }
    return known;
  }
}
