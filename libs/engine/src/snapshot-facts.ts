import {
  type Cidr,
  compareWords,
  contains,
  type Direction,
  DIRECTIONS,
  type IpAddress,
  parseAddress,
  type SnapshotView,
} from '@portolan/model';
import { atomBounds, atomCount } from './build/address-atoms.js';
import { columnsOf, compiledOfRow } from './direction-columns.js';
import { haveSomeAtom } from './sets/atom-ranges.js';
import { groupOf } from './sets/grouped.js';
import { isOrderOpen } from './open-order.js';
import { range } from './sets/range.js';
import { sortedDistinct } from './sets/sorted-distinct.js';
import { NO_CHAIN, type SnapshotIndex, UNRESOLVED } from './snapshot-index.js';

/** Things about a whole snapshot that caveats depend on; each is found out once, when first asked for. */
export class SnapshotFacts {
  readonly #known = new Map<string, boolean>();
  #podAtoms: ReadonlySet<number> | null = null;
  #serviceAddresses: readonly IpAddress[] | null = null;
  /** By atom: how many addresses of classes lie in the atoms before it. */
  #addressesBefore: Int32Array | null = null;

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
    return this.#someEntry(direction, row, isBlock);
  }

  anyRowUsesBlocks(direction: Direction): boolean {
    return this.#anyEntry(`blocks ${direction}`, direction, isBlock);
  }

  /** Whether an ipBlock of a NetworkPolicy has the address of a pod, whether or not it is taken to match it. */
  get someBlockHasPods(): boolean {
    return this.#once('blocks have pods', () =>
      DIRECTIONS.some((direction) => this.blockHasPods(direction, null, null)),
    );
  }

  /** The same of the NetworkPolicies of a row (null = of all), and of pods of some classes (null = of any pod). */
  blockHasPods(direction: Direction, row: number | null, classes: Int32Array | null): boolean {
    const { rows } = columnsOf(this.index, direction);
    const { policy, entryOffsets, entryAddresses } = this.index.compiled;
    const ids =
      row === null ? sortedDistinct(rows.items.slice(), policy.length) : groupOf(rows, row);
    const sets = new Set<number>();
    for (const id of ids)
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++)
        if (entryAddresses[entry]! >= 0) sets.add(entryAddresses[entry]!);
    const hasPods = classes === null ? this.#hasAnyPod() : this.#hasPodOf(classes);
    return [...sets].some((set) => hasPods(groupOf(this.index.addressSets, set)));
  }

  #hasPodOf(classes: Int32Array): (ranges: Int32Array) => boolean {
    const { atoms } = this.index.classes;
    const found = sorted(Array.from(classes, (one) => [...groupOf(atoms, one)]).flat());
    return (ranges) => haveSomeAtom(ranges, found);
  }

  #hasAnyPod(): (ranges: Int32Array) => boolean {
    const before = (this.#addressesBefore ??= this.#countAddresses());
    return (ranges) => {
      for (let i = 0; i < ranges.length; i += 2)
        if (before[ranges[i]!] !== before[ranges[i + 1]!]) return true;
      return false;
    };
  }

  #countAddresses(): Int32Array {
    const before = new Int32Array(atomCount(this.index.atoms) + 1);
    for (const atom of this.index.classes.atoms.items) before[atom + 1]!++;
    for (let atom = 1; atom < before.length; atom++) before[atom]! += before[atom - 1]!;
    return before;
  }

  /** Whether policies of a row have domain names. */
  rowUsesNames(direction: Direction, row: number): boolean {
    return this.#someEntry(direction, row, isDomainNames);
  }

  anyRowUsesNames(direction: Direction): boolean {
    return this.#anyEntry(`names ${direction}`, direction, isDomainNames);
  }

  /** Whether the order of some policies of a row is left open, and matters. */
  isAmbiguous(direction: Direction, row: number): boolean {
    const { adminOfRow, baselineOfRow } = columnsOf(this.index, direction);
    return (
      this.#isChainAmbiguous(direction, adminOfRow[row]!) ||
      this.#isChainAmbiguous(direction, baselineOfRow[row]!)
    );
  }

  anyRowIsAmbiguous(direction: Direction): boolean {
    const { chains } = columnsOf(this.index, direction);
    return range(NO_CHAIN + 1, chains.offsets.length - 1).some((chain) =>
      this.#isChainAmbiguous(direction, chain),
    );
  }

  #isChainAmbiguous(direction: Direction, chain: number): boolean {
    if (chain === NO_CHAIN) return false;
    const { chains } = columnsOf(this.index, direction);
    return this.#once(`order ${direction} ${chain}`, () =>
      isOrderOpen(this.index, this.view, groupOf(chains, chain)),
    );
  }

  #someEntry(direction: Direction, row: number, test: (addresses: number) => boolean): boolean {
    const { entryOffsets, entryAddresses } = this.index.compiled;
    return compiledOfRow(columnsOf(this.index, direction), row).some((id) =>
      entryAddresses.subarray(entryOffsets[id], entryOffsets[id + 1]).some(test),
    );
  }

  #anyEntry(fact: string, direction: Direction, test: (addresses: number) => boolean): boolean {
    return this.#once(fact, () => {
      // Most snapshots have no such entry at all, and that is soon seen.
      if (!this.index.compiled.entryAddresses.some(test)) return false;
      const { length } = columnsOf(this.index, direction).adminOfRow;
      for (let row = 0; row < length; row++) if (this.#someEntry(direction, row, test)) return true;
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

function isBlock(addresses: number): boolean {
  return addresses >= 0;
}

function isDomainNames(addresses: number): boolean {
  return addresses === UNRESOLVED;
}

function sorted(atoms: Iterable<number>): Int32Array {
  return Int32Array.from(new Set(atoms)).sort();
}
