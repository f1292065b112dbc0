import {
  type ContainerPort,
  type Direction,
  type PolicyPort,
  rulesOf,
  type SnapshotView,
} from '@portolan/model';
import { groupHas, groupOf } from './sets/grouped.js';
import type { DirectionColumns, SnapshotIndex } from './snapshot-index.js';

/** What becomes of the port names of rules. */
export interface NamedPorts {
  /** A name has no number on some pod that the rule is about. */
  readonly unresolved: boolean;
  /** A name has several numbers on these pods. */
  readonly ambiguous: boolean;
}

const NONE: NamedPorts = { unresolved: false, ambiguous: false };
const NO_NAMES: readonly RuleNames[] = [];

type PortName = PolicyPort & { readonly port: string };

/**
 * Port names of rules, and the numbers that they have on destination pods: on ingress the policy's subjects, on egress the
 * pods that the rule selects (rules without peers are about everyone, and say nothing of any one pod).
 */
export class PortNames {
  readonly #ofPolicy: Record<Direction, (readonly RuleNames[])[]> = { INGRESS: [], EGRESS: [] };
  readonly #ofRow: Record<Direction, NamedPorts[]> = { INGRESS: [], EGRESS: [] };
  #classOfRow: Int32Array | null = null;
  #egressPolicies: readonly number[] | null = null;

  constructor(
    private readonly index: SnapshotIndex,
    private readonly view: SnapshotView,
  ) {}

  /** Of the rules of a row. */
  ofRow(direction: Direction, row: number): NamedPorts {
    return (this.#ofRow[direction][row] ??=
      direction === 'INGRESS' ? this.#ofIngressRow(row) : this.#ofEgressRow(row, null));
  }

  /** Of the egress rules of a row, on some of the pods that they select. */
  ofRowTo(row: number, destinations: Int32Array): NamedPorts {
    return this.#ofEgressRow(row, destinations);
  }

  /** Of all rules of a direction. */
  ofAll(direction: Direction): NamedPorts {
    const { length } = this.#columns(direction).adminOfRow;
    return together(Array.from({ length }, (_, row) => this.ofRow(direction, row)));
  }

  /** Of all egress rules, on some of the pods that they select. */
  ofAllTo(destinations: Int32Array): NamedPorts {
    const { rows, chains } = this.index.egress;
    this.#egressPolicies ??= [...new Set([...rows.items, ...chains.items])].filter(
      (id) => this.#namesOf('EGRESS', id).length > 0,
    );
    return together(this.#egressPolicies.map((id) => this.#ofCompiled(id, destinations)));
  }

  #columns(direction: Direction): DirectionColumns {
    return direction === 'INGRESS' ? this.index.ingress : this.index.egress;
  }

  /** Subjects of a row have the same ports where its rules name any. */
  #ofIngressRow(row: number): NamedPorts {
    const names = this.#compiledOf('INGRESS', row).flatMap((id) =>
      this.#namesOf('INGRESS', id).flatMap((one) => one.names),
    );
    if (names.length === 0) return NONE;
    const podClass = this.#subjectOf(row);
    return podClass < 0 ? NONE : resolve(names, [this.#portsOf(podClass)]);
  }

  #ofEgressRow(row: number, destinations: Int32Array | null): NamedPorts {
    return together(
      this.#compiledOf('EGRESS', row)
        .filter((id) => this.#namesOf('EGRESS', id).length > 0)
        .map((id) => this.#ofCompiled(id, destinations)),
    );
  }

  /** Entries of an egress rule that names ports are split by what the names mean on their classes. */
  #ofCompiled(id: number, destinations: Int32Array | null): NamedPorts {
    const { entryOffsets, entryRule, entryClasses } = this.index.compiled;
    const named = this.#namesOf('EGRESS', id);
    return together(
      named.map(({ rule, names }) => {
        const tables: (readonly ContainerPort[])[] = [];
        for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
          const set = entryClasses[entry]!;
          if (entryRule[entry] !== rule || set < 0) continue;
          const classes =
            destinations === null
              ? groupOf(this.index.classSets, set).subarray(0, 1)
              : destinations.filter((one) => groupHas(this.index.classSets, set, one));
          for (const one of classes) tables.push(this.#portsOf(one));
        }
        return tables.length === 0 ? NONE : resolve(names, tables);
      }),
    );
  }

  #compiledOf(direction: Direction, row: number): number[] {
    const { rows, chains, adminOfRow, baselineOfRow } = this.#columns(direction);
    return [
      ...groupOf(chains, adminOfRow[row]!),
      ...groupOf(rows, row),
      ...groupOf(chains, baselineOfRow[row]!),
    ];
  }

  /** Rules of a policy that select pods, or all its rules on ingress, with the port names in them. */
  #namesOf(direction: Direction, compiled: number): readonly RuleNames[] {
    if (this.index.compiled.namesPorts[compiled] === 0) return NO_NAMES;
    const policy = this.index.compiled.policy[compiled]!;
    return (this.#ofPolicy[direction][policy] ??= rulesOf(
      this.view.policy(policy).spec,
      direction,
    ).flatMap(({ ports, peers }, rule) => {
      if (direction === 'EGRESS' && peers === null) return [];
      const names = (ports ?? []).filter((port): port is PortName => typeof port.port === 'string');
      return names.length === 0 ? [] : [{ rule, names }];
    }));
  }

  #subjectOf(row: number): number {
    this.#classOfRow ??= firstClasses(this.index.ingress);
    return this.#classOfRow[row]!;
  }

  #portsOf(podClass: number): readonly ContainerPort[] {
    const { offsets, items } = this.index.classes.pods;
    return this.view.pod(items[offsets[podClass]!]!).ports;
  }
}

interface RuleNames {
  readonly rule: number;
  readonly names: readonly PortName[];
}

function firstClasses({ rowOfClass, adminOfRow }: DirectionColumns): Int32Array {
  const first = new Int32Array(adminOfRow.length).fill(-1);
  for (let podClass = rowOfClass.length - 1; podClass >= 0; podClass--)
    if (rowOfClass[podClass]! >= 0) first[rowOfClass[podClass]!] = podClass;
  return first;
}

function resolve(
  names: readonly PortName[],
  tables: readonly (readonly ContainerPort[])[],
): NamedPorts {
  return together(
    names.map((wanted) => {
      const numbers = tables.map((ports) =>
        ports
          .filter(
            ({ name, protocol }) =>
              name === wanted.port && protocol === (wanted.protocol ?? protocol),
          )
          .map(({ protocol, port }) => `${protocol} ${port}`),
      );
      return {
        unresolved: numbers.some((found) => found.length === 0),
        ambiguous: new Set(numbers.flat()).size > 1,
      };
    }),
  );
}

function together(all: readonly NamedPorts[]): NamedPorts {
  return {
    unresolved: all.some(({ unresolved }) => unresolved),
    ambiguous: all.some(({ ambiguous }) => ambiguous),
  };
}
