import {
  type ContainerPort,
  decodeUtf8,
  PROTOCOLS,
  type Protocol,
  type RawBlock,
  TextTable,
} from '@portolan/model';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { COLUMN } from './segment-columns.js';

/** A container port that has a name: what a named port of a rule can resolve to. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Distinct tables of named container ports. */
export class PortTables {
  readonly tables: NamedPort[][] = [];
  readonly #ids = new Map<string, number>();
  readonly #names = new TextTable();
  readonly #spelledOut: string[] = [];
  /** [name, protocol, port] of each named port, one table after the other. */
  readonly #declared = new SequenceTable();
  readonly #idOfDeclared: number[] = [];
  readonly #sequence = new IntList();
  #ofSegment = new Int32Array(64);

  /** By the segment's own numbering of port tables. Holds until the next call. */
  ofSegment({ words, bytes, textOffsets, firstText }: RawBlock, starts: Int32Array): Int32Array {
    const offsets = starts[COLUMN.portTableOffsets]!;
    const count = starts[COLUMN.portTableOffsets + 1]! - offsets - 1;
    if (count > this.#ofSegment.length) this.#ofSegment = new Int32Array(2 * count);
    for (let table = 0; table < count; table++) {
      this.#sequence.clear();
      for (let i = words[offsets + table]!; i < words[offsets + table + 1]!; i++) {
        const name = words[starts[COLUMN.portNames]! + i]!;
        if (name < 0) continue;
        const at = textOffsets + name;
        const start = firstText + words[at]!;
        const end = firstText + words[at + 1]!;
        const known = this.#names.intern(bytes, start, end);
        if (known === this.#spelledOut.length) this.#spelledOut.push(decodeUtf8(bytes, start, end));
        this.#sequence.push(known);
        this.#sequence.push(words[starts[COLUMN.portProtocols]! + i]!);
        this.#sequence.push(words[starts[COLUMN.portNumbers]! + i]!);
      }
      this.#ofSegment[table] = this.#ofSequence(this.#sequence.toArray());
    }
    return this.#ofSegment;
  }

  /** Tables of equal ports in another order are one, told by their text: few are distinct. */
  #ofSequence(sequence: Int32Array): number {
    const declared = this.#declared.intern(sequence);
    return (this.#idOfDeclared[declared] ??= this.#intern(
      Array.from({ length: sequence.length / 3 }, (_, i) => ({
        name: this.#spelledOut[sequence[3 * i]!]!,
        protocol: PROTOCOLS[sequence[3 * i + 1]!]!,
        port: sequence[3 * i + 2]!,
      })),
    ));
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
