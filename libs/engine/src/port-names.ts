import type { Direction } from '@portolan/model';
import { columnsOf, compiledOfRow } from './direction-columns.js';
import { groupHas } from './sets/grouped.js';
import { PORT_NAMES, type SnapshotIndex } from './snapshot-index.js';

/** What becomes of the port names of rules. */
export interface NamedPorts {
  /** A name has no number on some pod that the rule is about. */
  readonly unresolved: boolean;
  /** A name has several numbers on these pods. */
  readonly ambiguous: boolean;
}

const NONE: NamedPorts = { unresolved: false, ambiguous: false };

/**
 * Port names of rules, and the numbers that they have on destination pods: on ingress the policy's subjects, on egress the
 * pods that the rule selects (rules without peers are about everyone, and say nothing of any one pod).
 */
export class PortNames {
  readonly #ofRow: Record<Direction, NamedPorts[]> = { INGRESS: [], EGRESS: [] };
  readonly #ofAll: Partial<Record<Direction, NamedPorts>> = {};
  readonly #toClass: NamedPorts[] = [];
  readonly #naming: Partial<Record<Direction, readonly number[]>> = {};

  constructor(private readonly index: SnapshotIndex) {}

  /** Of the rules of a row. */
  ofRow(direction: Direction, row: number): NamedPorts {
    return (this.#ofRow[direction][row] ??= together(
      this.#compiledOf(direction, row).map((id) => this.#ofCompiled(id, null)),
    ));
  }

  /** Of the egress rules of a row, on some of the pods that they select. */
  ofRowTo(row: number, destinations: Int32Array): NamedPorts {
    return together(
      this.#compiledOf('EGRESS', row).map((id) => this.#ofCompiled(id, destinations)),
    );
  }

  /** Of all rules of a direction. */
  ofAll(direction: Direction): NamedPorts {
    return (this.#ofAll[direction] ??= together(
      this.#namingPolicies(direction).map((id) => this.#ofCompiled(id, null)),
    ));
  }

  /** Of all egress rules, on some of the pods that they select. */
  ofAllTo(destinations: Int32Array): NamedPorts {
    return together(
      Array.from(destinations, (one) => (this.#toClass[one] ??= this.#ofAllToOne(one))),
    );
  }

  #ofAllToOne(destination: number): NamedPorts {
    const only = Int32Array.of(destination);
    return together(this.#namingPolicies('EGRESS').map((id) => this.#ofCompiled(id, only)));
  }

  /** Compiled policies of a direction with rules that name ports. */
  #namingPolicies(direction: Direction): readonly number[] {
    return (this.#naming[direction] ??= this.#findNaming(direction));
  }

  #findNaming(direction: Direction): number[] {
    const { rows, chains } = columnsOf(this.index, direction);
    const isWanted = this.index.compiled.policy.map((_, id) => (this.#namesPorts(id) ? 1 : 0));
    const found: number[] = [];
    for (const { items } of [rows, chains])
      for (const id of items) {
        if (isWanted[id] === 0) continue;
        isWanted[id] = 0;
        found.push(id);
      }
    return found;
  }

  #compiledOf(direction: Direction, row: number): number[] {
    const all = compiledOfRow(columnsOf(this.index, direction), row);
    return Array.from(all).filter((id) => this.#namesPorts(id));
  }

  #namesPorts(compiled: number): boolean {
    const { entryOffsets, entryPortNames } = this.index.compiled;
    for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++)
      if (entryPortNames[entry] !== 0) return true;
    return false;
  }

  /** `destinations` null = all that the entries are about. Entries of a rule for other numbers have other traffic. */
  #ofCompiled(id: number, destinations: Int32Array | null): NamedPorts {
    const { entryOffsets, entryPortNames, entryRule, entryTraffic, entryClasses } =
      this.index.compiled;
    let bits = 0;
    let rule = -1;
    let traffic = -1;
    for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
      const names = entryPortNames[entry]!;
      if (names === 0) continue;
      const set = entryClasses[entry]!;
      const isAsked =
        destinations === null ||
        (set >= 0 && destinations.some((one) => groupHas(this.index.classSets, set, one)));
      if (!isAsked) continue;
      bits |= names;
      if ((names & PORT_NAMES.resolved) === 0) continue;
      if (entryRule[entry] === rule && entryTraffic[entry] !== traffic)
        bits |= PORT_NAMES.ambiguous;
      rule = entryRule[entry]!;
      traffic = entryTraffic[entry]!;
    }
    if (bits === 0) return NONE;
    return {
      unresolved: (bits & PORT_NAMES.unresolved) !== 0,
      ambiguous: (bits & PORT_NAMES.ambiguous) !== 0,
    };
  }
}

function together(all: readonly NamedPorts[]): NamedPorts {
  if (all.length === 0) return NONE;
  return {
    unresolved: all.some(({ unresolved }) => unresolved),
    ambiguous: all.some(({ ambiguous }) => ambiguous),
  };
}
