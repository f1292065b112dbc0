import type { ContainerPort, PolicyPort, Protocol } from '@portolan/model';
import { PORT_NAMES } from '../snapshot-index.js';
import type { NamedPort as NamedContainerPort } from './port-tables.js';

/** Classes (a set) on which the port names of a rule mean the same. */
export interface Meaning {
  readonly traffic: number;
  readonly names: number;
  readonly classes: number;
}

/** The ports of rules, and what is known of them. */
export class PortList {
  /** Null = all traffic. */
  readonly numeric: readonly NumericPort[] | null;
  readonly named: readonly NamedPort[];
  /** By port table + 1: the traffic. Without names the first, whatever the table. */
  readonly resolved: number[] = [];
  /** By port table: what becomes of the names. */
  readonly #names: number[] = [];
  /** By class set, EVERYONE or NOBODY. */
  readonly meanings = new Map<number, readonly Meaning[]>();

  constructor(ports: readonly PolicyPort[] | null) {
    this.numeric =
      ports?.filter((port): port is NumericPort => typeof port.port !== 'string') ?? null;
    this.named = ports?.filter((port): port is NamedPort => typeof port.port === 'string') ?? [];
  }

  /** What becomes of the names on one of the tables of named container ports: bits of PORT_NAMES. */
  namesOn(table: number, tables: readonly (readonly NamedContainerPort[])[]): number {
    if (this.named.length === 0) return 0;
    return (this.#names[table] ??= this.#findNames(tables[table]!));
  }

  #findNames(known: readonly NamedContainerPort[]): number {
    return this.named.reduce((bits, wanted) => {
      const found = known.filter((port) => isNamed(port, wanted));
      const numbers = new Set(found.map(({ protocol, port }) => `${protocol} ${port}`)).size;
      const ambiguous = numbers > 1 ? PORT_NAMES.ambiguous : 0;
      return bits | (numbers === 0 ? PORT_NAMES.unresolved : PORT_NAMES.resolved | ambiguous);
    }, 0);
  }
}

export type NamedPort = PolicyPort & { readonly port: string };

export type NumericPort = PolicyPort & {
  readonly protocol: Protocol;
  readonly port: number | null;
};

/** Tells ports apart: a name is in quotes, where a number is not. */
export function portKey({ protocol, port, endPort }: PolicyPort): string {
  const written = typeof port === 'string' ? JSON.stringify(port) : String(port);
  return `${String(protocol)} ${written} ${String(endPort)}`;
}

export function isNamed({ name, protocol }: ContainerPort, wanted: NamedPort): boolean {
  return wanted.port === name && (wanted.protocol === null || wanted.protocol === protocol);
}
