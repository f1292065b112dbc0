import { type Direction, formatAddress, formatCidr, type IpAddress } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomBounds, atomCount } from '../build/address-atoms.js';
import { type AddressFunction, combine, points, valueAt } from '../diff/address-function.js';
import type { SharedTraffic } from '../diff/shared-traffic.js';
import { alikeAddresses } from '../questions/external-traffic.js';
import { nodeAddresses } from '../questions/node-local.js';
import { type AddressRange, appendRange, cidrsOfRanges } from '../sets/address-ranges.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW, UNRESOLVED } from '../snapshot-index.js';
import { breaking, type PermissionKind } from './breaking-traffic.js';
import { type EntryNames, isDomainNamed, namesOfRow, nameVariants } from './domain-names.js';
import { PodAddresses } from './pod-addresses.js';
import type { PodUnit, PodUnits } from './pod-units.js';

/** Addresses outside the cluster with the same traffic (its id). */
export interface PermittedRange {
  readonly cidrs: readonly string[];
  readonly id: number;
}

/** By address: what is explicitly permitted, and what of it breaks the relation. */
interface Reading {
  readonly explicit: AddressFunction<number>;
  readonly broken: AddressFunction<number>;
}

const NOTHING = { a: NO_TRAFFIC, b: NO_TRAFFIC };
const NO_ADDRESSES: Reading = { explicit: [], broken: [] };

/**
 * Where the relation does not hold with addresses outside the cluster, which no policy governs: what a rule allows at the pod is
 * explicitly permitted. An address may have any of the domain names that rules name, or none.
 */
export class PermittedAddresses {
  /** Whether what passes because of nodes made a difference. */
  restsOnNodes = false;
  readonly #known = new Map<string, Reading>();
  #podAddresses: PodAddresses | null = null;

  constructor(
    private readonly a: Analysis,
    private readonly b: Analysis,
    private readonly kind: PermissionKind,
    private readonly traffic: SharedTraffic,
    private readonly units: PodUnits,
  ) {}

  of(direction: Direction, workload: number): PermittedRange[] {
    const broken = this.units
      .of(workload)
      .map((unit) => this.#ofUnit(direction, unit))
      .reduce((one, other) => this.#union(one, other), []);
    return this.#grouped(broken);
  }

  #ofUnit(direction: Direction, unit: PodUnit): AddressFunction<number> {
    const reading = this.#reading(
      direction,
      this.a.rowOf(direction, this.units.classInA(unit.kind)),
      this.b.rowOf(direction, this.units.classInB(unit.kind)),
    );
    if (reading.explicit.length === 0) return [];
    const own = this.#nodeAddresses(unit).filter(
      ({ address }) => valueAt(reading.explicit, address) !== null,
    );
    if (own.length === 0) return reading.broken;
    this.restsOnNodes = true;
    return this.kind === 'FORBIDS'
      ? this.#union(reading.broken, passingByNodes(reading, own))
      : combine(
          reading.broken,
          ofAllPods(unit, own),
          { a: NO_TRAFFIC, b: false },
          (one, isLocal) => (isLocal ? NO_TRAFFIC : one),
        );
  }

  /** The addresses of the nodes of a unit's pods, which exchange everything with them, and how many of its pods that are. */
  #nodeAddresses({ kind, pods }: PodUnit): NodeAddress[] {
    const { b } = this;
    if (b.isNode(this.units.classInB(kind))) return [];
    const found = new Map<string, NodeAddress>();
    for (const pod of pods)
      for (const address of nodeAddresses(b, b.index.pods.localNode[pod]!)) {
        const key = formatAddress(address);
        found.set(key, { address, pods: (found.get(key)?.pods ?? 0) + 1 });
      }
    return [...found.values()];
  }

  /** Of pods that have these rows. */
  #reading(direction: Direction, rowInA: number, rowInB: number): Reading {
    if (rowInA === NO_ROW) return NO_ADDRESSES;
    const key = [direction, rowInA, rowInB].join();
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.#read(direction, rowInA, rowInB);
      this.#known.set(key, known);
    }
    return known;
  }

  #read(direction: Direction, rowInA: number, rowInB: number): Reading {
    const { a, b, kind, traffic } = this;
    const namesInA = namesOfRow(a, direction, rowInA);
    const namesInB = namesOfRow(b, direction, rowInB);
    return nameVariants([namesInA, namesInB])
      .map((name): Reading => {
        const { explicit } = sideAddresses(traffic, a, direction, rowInA, namesInA, name);
        const nothing = { a: NO_TRAFFIC, b: rowInB === NO_ROW ? FULL_TRAFFIC : NO_TRAFFIC };
        const passing =
          rowInB === NO_ROW
            ? []
            : sideAddresses(traffic, b, direction, rowInB, namesInB, name).passing;
        const broken = combine(explicit, passing, nothing, (one, other) =>
          breaking(traffic, kind, one, other),
        );
        return { explicit, broken };
      })
      .reduce((one, other) => ({
        explicit: this.#union(one.explicit, other.explicit),
        broken: this.#union(one.broken, other.broken),
      }));
  }

  #union(a: AddressFunction<number>, b: AddressFunction<number>): AddressFunction<number> {
    if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
    return combine(a, b, NOTHING, (one, other) => this.traffic.union(one, other));
  }

  /** Puts addresses with the same traffic together. Those of pods are the pods'. */
  #grouped(pieces: AddressFunction<number>): PermittedRange[] {
    const groups = new Map<number, AddressRange[]>();
    if (pieces.length === 0) return [];
    const ofPods = (this.#podAddresses ??= new PodAddresses(this.b.view));
    for (const { value, ...range } of pieces) {
      if (value === NO_TRAFFIC || ofPods.areAllOf(range)) continue;
      const ranges = groups.get(value) ?? [];
      appendRange(ranges, range);
      groups.set(value, ranges);
    }
    return Array.from(groups, ([id, ranges]) => ({
      cidrs: cidrsOfRanges(ranges).map(formatCidr),
      id,
    }));
  }
}

interface NodeAddress {
  readonly address: IpAddress;
  readonly pods: number;
}

function passingByNodes(
  { explicit }: Reading,
  own: readonly NodeAddress[],
): AddressFunction<number> {
  return points(
    own.map(({ address }) => ({ address, value: valueAt(explicit, address) ?? NO_TRAFFIC })),
  );
}

/** The addresses that every pod of a unit has as its own node's. */
function ofAllPods(unit: PodUnit, own: readonly NodeAddress[]): AddressFunction<boolean> {
  return points(
    own
      .filter(({ pods }) => pods === unit.pods.length)
      .map(({ address }) => ({ address, value: true })),
  );
}

/** What a row lets pass with addresses of a domain name (null = of none), and what of this because a rule allows it. */
function sideAddresses(
  traffic: SharedTraffic,
  analysis: Analysis,
  direction: Direction,
  row: number,
  names: EntryNames,
  name: string | null,
): { readonly passing: AddressFunction<number>; readonly explicit: AddressFunction<number> } {
  const { atoms, compiled } = analysis.index;
  const everywhere = Int32Array.of(0, atomCount(atoms));
  const pieces = alikeAddresses(analysis, direction, row, everywhere).map((ranges) => {
    const { family, first } = atomBounds(atoms, ranges[0]!);
    const { last } = atomBounds(atoms, ranges[1]! - 1);
    const { allowed, open } = analysis.rowVerdict(direction, row, FULL_TRAFFIC, (entry) =>
      compiled.entryAddresses[entry] === UNRESOLVED
        ? (names.get(entry)?.some((pattern) => isDomainNamed(pattern, name)) ?? false)
        : analysis.entryAdmitsAtoms(entry, ranges),
    );
    const of = (id: number): number => traffic.of(analysis, id);
    const passing = of(analysis.traffic.union(allowed, open));
    return { range: { family, first, last }, passing, explicit: of(allowed) };
  });
  const by = (value: 'passing' | 'explicit'): AddressFunction<number> =>
    pieces
      .map((piece) => ({ ...piece.range, value: piece[value] }))
      .filter((piece) => piece.value !== NO_TRAFFIC);
  return { passing: by('passing'), explicit: by('explicit') };
}
