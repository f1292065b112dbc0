import {
  type ContainerPort,
  type Direction,
  DIRECTIONS,
  MAX_PORT,
  MIN_PORT,
  type NetworksPeer,
  type NodesPeer,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRecord,
  type Protocol,
  RULE_ACTIONS,
  type RuleAction,
  rulesOf,
} from '@portolan/model';
import { IntList } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { FULL_TRAFFIC, type TrafficSets } from '../sets/traffic-sets.js';
import {
  type CompiledColumns,
  EVERYONE,
  NOBODY,
  PORT_NAMES,
  UNRESOLVED,
} from '../snapshot-index.js';
import { type AddressAtoms, atomsOfNetworks } from './address-atoms.js';
import type { ClassSets } from './class-sets.js';
import type { Classification } from './classify-pods.js';

/** A compiled policy whose rules name no port does not depend on the subject's ports. */
const ANY_PORT_TABLE = -1;

/** How peers that are addresses are read. */
export interface NetworkReading {
  readonly atoms: AddressAtoms;
  readonly addressesOfNodes: (peer: NodesPeer) => readonly string[];
  /** Whether an ipBlock matches pods by their addresses. */
  readonly ipBlockMatchesPods: boolean;
}

/** Classes as far as rules go. */
export type PortedClasses = Pick<Classification, 'classes' | 'portTable' | 'portTables'>;

/** Turns the rules of a policy into entries: one for each peer (or one for a rule without peers). */
export class PolicyCompiler {
  readonly addressSets = new SequenceTable();
  /** By policy and direction: the compiled policy by port table. */
  readonly #ids: CompiledPolicy[] = [];
  readonly #policy = new IntList();
  readonly #offsets = new IntList();
  readonly #rule = new IntList();
  readonly #peer = new IntList();
  readonly #action = new IntList();
  readonly #traffic = new IntList();
  readonly #portNamesOf = new IntList();
  readonly #classes = new IntList();
  readonly #addresses = new IntList();
  readonly #inNetworks = new Map<string, Admitted>();
  readonly #classesByAtom: { first: number; id: number }[];

  constructor(
    private readonly classification: PortedClasses,
    private readonly classSets: Pick<ClassSets, 'get' | 'intern' | 'ofSelection'>,
    private readonly traffic: TrafficSets,
    private readonly networks: NetworkReading,
  ) {
    this.#offsets.push(0);
    this.#classesByAtom = classesByAtom(classification);
  }

  /**
   * The compiled policy for a direction and, where ingress rules name ports, for a subject's port table (on ingress the
   * subject is the destination, on which names resolve; on egress the peers are, and are split instead).
   */
  compile(policy: PolicyRecord, direction: Direction, subjectPortTable: number): number {
    const { dependsOnPorts, byTable } = this.#compiled(policy, direction);
    const table = dependsOnPorts ? subjectPortTable : ANY_PORT_TABLE;
    let id = byTable.get(table);
    if (id === undefined) {
      id = this.#compile(policy, direction, table);
      byTable.set(table, id);
    }
    return id;
  }

  /** Whether a policy compiles differently for different port tables of its subjects. */
  dependsOnPorts(policy: PolicyRecord, direction: Direction): boolean {
    return this.#compiled(policy, direction).dependsOnPorts;
  }

  #compiled(policy: PolicyRecord, direction: Direction): CompiledPolicy {
    const slot = 2 * policy.index + DIRECTIONS.indexOf(direction);
    return (this.#ids[slot] ??= {
      dependsOnPorts: direction === 'INGRESS' && namesPorts(policy, direction),
      byTable: new Map(),
    });
  }

  #compile(policy: PolicyRecord, direction: Direction, table: number): number {
    const id = this.#policy.length;
    this.#policy.push(policy.index);
    for (const [rule, { action, peers, ports }] of rulesOf(policy.spec, direction).entries()) {
      const split = splitPorts(ports);
      // On ingress the ports are the subject's: the same for every peer.
      const traffic = direction === 'INGRESS' ? this.#resolve(split, table) : 0;
      const names = direction === 'INGRESS' ? this.#portNames(split, table) : 0;
      for (const [peer, target] of (peers ?? [null]).entries()) {
        const admitted = this.#admits(policy.namespace, target, action);
        const at = { rule, peer: target === null ? -1 : peer, action };
        if (direction === 'INGRESS') this.#entry(at, traffic, names, admitted);
        else this.#egressEntries(at, split, admitted);
      }
    }
    this.#offsets.push(this.#rule.length);
    return id;
  }

  toColumns(): CompiledColumns {
    return {
      policy: this.#policy.toShared(),
      entryOffsets: this.#offsets.toShared(),
      entryRule: this.#rule.toShared(),
      entryPeer: this.#peer.toShared(),
      entryAction: this.#action.toShared(),
      entryTraffic: this.#traffic.toShared(),
      entryPortNames: this.#portNamesOf.toShared(),
      entryClasses: this.#classes.toShared(),
      entryAddresses: this.#addresses.toShared(),
    };
  }

  #entry(at: Place, traffic: number, names: number, { classes, addresses }: Admitted): void {
    // Entries that open nothing (a port name that does not resolve) stay: explanations tell of them.
    this.#rule.push(at.rule);
    this.#peer.push(at.peer);
    this.#action.push(RULE_ACTIONS.indexOf(at.action));
    this.#traffic.push(traffic);
    this.#portNamesOf.push(names);
    this.#classes.push(classes);
    this.#addresses.push(addresses);
  }

  /** Named ports resolve on each destination by itself: peers are split by what the names mean on them. */
  #egressEntries(at: Place, split: SplitPorts, admitted: Admitted): void {
    if (split.named.length === 0) {
      this.#entry(at, this.#resolve(split, ANY_PORT_TABLE), 0, admitted);
      return;
    }
    const numeric = this.#resolve(split, ANY_PORT_TABLE);
    // Addresses outside the cluster have no port names.
    if (admitted.addresses !== NOBODY)
      this.#entry(at, numeric, 0, { classes: NOBODY, addresses: admitted.addresses });
    for (const { traffic, names, classes } of this.#byMeaning(split, admitted.classes))
      this.#entry(at, traffic, admitted.classes === EVERYONE ? 0 : names, {
        classes: this.classSets.intern(classes.toArray()),
        addresses: NOBODY,
      });
  }

  #byMeaning(split: SplitPorts, classes: number): Iterable<Meaning> {
    const { classes: all, portTable } = this.classification;
    const groups = new Map<number, Meaning>();
    const members =
      classes === EVERYONE
        ? Int32Array.from({ length: all.count }, (_, id) => id)
        : classes === NOBODY
          ? new Int32Array(0)
          : this.classSets.get(classes);
    const ofTable = new Map<number, Meaning>();
    for (const id of members) {
      const table = portTable[id]!;
      let meaning = ofTable.get(table);
      if (meaning === undefined) {
        const traffic = this.#resolve(split, table);
        const names = this.#portNames(split, table);
        const key = traffic * ALL_PORT_NAMES + names;
        meaning = groups.get(key) ?? { traffic, names, classes: new IntList() };
        groups.set(key, meaning);
        ofTable.set(table, meaning);
      }
      meaning.classes.push(id);
    }
    return groups.values();
  }

  /** What becomes of the names of a rule: bits of PORT_NAMES. */
  #portNames({ named }: SplitPorts, table: number): number {
    if (named.length === 0) return 0;
    const known = table === ANY_PORT_TABLE ? [] : this.classification.portTables[table]!;
    return named.reduce((bits, wanted) => {
      const found = known.filter((port) => isNamed(port, wanted));
      const numbers = new Set(found.map(({ protocol, port }) => `${protocol} ${port}`)).size;
      const ambiguous = numbers > 1 ? PORT_NAMES.ambiguous : 0;
      return bits | (numbers === 0 ? PORT_NAMES.unresolved : PORT_NAMES.resolved | ambiguous);
    }, 0);
  }

  #resolve({ numeric, named }: SplitPorts, table: number): number {
    if (numeric === null) return FULL_TRAFFIC;
    const ranges = numeric.map(({ protocol, port, endPort }) => ({
      protocol,
      from: port ?? MIN_PORT,
      to: port === null ? MAX_PORT : (endPort ?? port),
    }));
    const known = table === ANY_PORT_TABLE ? [] : this.classification.portTables[table]!;
    const resolved = known.filter((port) => named.some((wanted) => isNamed(port, wanted)));
    return this.traffic.add([
      ...ranges,
      ...resolved.map(({ protocol, port }) => ({ protocol, from: port, to: port })),
    ]);
  }

  #admits(namespace: number, peer: PolicyPeer | null, action: RuleAction): Admitted {
    if (peer === null) return { classes: EVERYONE, addresses: EVERYONE };
    switch (peer.kind) {
      case 'pods':
        return { classes: this.classSets.ofSelection(namespace, peer), addresses: NOBODY };
      case 'networks': {
        const admitted = this.#admittedIn(peer);
        const isIpBlock = namespace >= 0;
        return isIpBlock && !this.networks.ipBlockMatchesPods
          ? { ...admitted, classes: NOBODY }
          : admitted;
      }
      case 'nodes':
        return this.#admittedIn({ cidrs: this.networks.addressesOfNodes(peer), except: [] });
      case 'domainNames':
        return { classes: NOBODY, addresses: UNRESOLVED };
      case 'unknown':
        return action === 'ALLOW'
          ? { classes: NOBODY, addresses: NOBODY }
          : { classes: EVERYONE, addresses: EVERYONE };
    }
  }

  #admittedIn(networks: Pick<NetworksPeer, 'cidrs' | 'except'>): Admitted {
    const key = `${networks.cidrs.join(' ')} - ${networks.except.join(' ')}`;
    let admitted = this.#inNetworks.get(key);
    if (admitted === undefined) {
      const ranges = atomsOfNetworks(this.networks.atoms, networks);
      admitted = {
        addresses: this.addressSets.intern(ranges),
        classes: this.classSets.intern(this.#classesIn(ranges)),
      };
      this.#inNetworks.set(key, admitted);
    }
    return admitted;
  }

  /** Classes with an address in one of the ranges. */
  #classesIn(ranges: Int32Array): Int32Array {
    const found = new Set<number>();
    for (let i = 0; i < ranges.length; i += 2) {
      let low = 0;
      let high = this.#classesByAtom.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (this.#classesByAtom[middle]!.first < ranges[i]!) low = middle + 1;
        else high = middle;
      }
      for (
        ;
        low < this.#classesByAtom.length && this.#classesByAtom[low]!.first < ranges[i + 1]!;
        low++
      )
        found.add(this.#classesByAtom[low]!.id);
    }
    return Int32Array.from(found).sort();
  }
}

interface CompiledPolicy {
  readonly dependsOnPorts: boolean;
  readonly byTable: Map<number, number>;
}

interface Place {
  readonly rule: number;
  readonly peer: number;
  readonly action: RuleAction;
}

interface Admitted {
  readonly classes: number;
  readonly addresses: number;
}

/** Classes on which the port names of a rule mean the same. */
interface Meaning {
  readonly traffic: number;
  readonly names: number;
  readonly classes: IntList;
}

const ALL_PORT_NAMES = PORT_NAMES.resolved + PORT_NAMES.unresolved + PORT_NAMES.ambiguous + 1;

interface SplitPorts {
  /** Null = all traffic. */
  readonly numeric: readonly NumericPort[] | null;
  readonly named: readonly NamedPort[];
}

type NamedPort = PolicyPort & { readonly port: string };

type NumericPort = PolicyPort & { readonly protocol: Protocol; readonly port: number | null };

function splitPorts(ports: readonly PolicyPort[] | null): SplitPorts {
  if (ports === null) return { numeric: null, named: [] };
  return {
    numeric: ports.filter((port): port is NumericPort => typeof port.port !== 'string'),
    named: ports.filter((port): port is NamedPort => typeof port.port === 'string'),
  };
}

function isNamed({ name, protocol }: ContainerPort, wanted: NamedPort): boolean {
  return wanted.port === name && (wanted.protocol === null || wanted.protocol === protocol);
}

function namesPorts(policy: PolicyRecord, direction: Direction): boolean {
  return rulesOf(policy.spec, direction).some(
    ({ ports }) => ports?.some(({ port }) => typeof port === 'string') ?? false,
  );
}

function classesByAtom({ classes }: PortedClasses): { first: number; id: number }[] {
  const pairs: { first: number; id: number }[] = [];
  for (let id = 0; id < classes.count; id++)
    for (let i = classes.atoms.offsets[id]!; i < classes.atoms.offsets[id + 1]!; i++)
      pairs.push({ first: classes.atoms.items[i]!, id });
  return pairs.sort((a, b) => a.first - b.first);
}
