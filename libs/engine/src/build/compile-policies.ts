import {
  type Direction,
  DIRECTIONS,
  MAX_PORT,
  MIN_PORT,
  type NetworksPeer,
  type NodesPeer,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  RULE_ACTIONS,
  type RuleAction,
  rulesOf,
} from '@portolan/model';
import { type Grouped, transpose } from '../sets/grouped.js';
import { IntList, indices } from '../sets/int-list.js';
import { SequenceTable } from '../sets/sequence-table.js';
import { sortedDistinct } from '../sets/sorted-distinct.js';
import { TupleTable } from '../sets/tuple-table.js';
import { FULL_TRAFFIC, type TrafficSets } from '../sets/traffic-sets.js';
import {
  type CompiledColumns,
  EVERYONE,
  NOBODY,
  PORT_NAMES,
  UNRESOLVED,
} from '../snapshot-index.js';
import { type AddressAtoms, atomCount, atomsOfNetworks } from './address-atoms.js';
import type { BuildPolicies } from './build-policies.js';
import type { ClassSets } from './class-sets.js';
import type { Classification } from './classify-pods.js';
import {
  isNamed,
  type Meaning,
  type NamedPort,
  type NumericPort,
  portKey,
  PortList,
} from './port-list.js';

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
  /** By spec and direction: the rules, and whether they name ports that resolve on the subject. */
  readonly #rules: DirectionRules[] = [];
  /** By policy and direction: the compiled policy where it does not depend on ports; -1 = not compiled yet. */
  readonly #ids: Int32Array;
  /** [policy and direction, port table] of the others. */
  readonly #slots = new TupleTable(2);
  readonly #idOfSlot: number[] = [];
  readonly #slot = new Int32Array(2);
  /** The last answer about a peer by selectors. */
  readonly #admittedPods = { classes: NOBODY, addresses: NOBODY };
  /** Where the next entries stand in their policy, and the action of their rule. */
  readonly #at = { rule: 0, peer: 0, action: 0 };
  readonly #policy = new IntList();
  readonly #offsets = new IntList();
  readonly #rule = new IntList();
  readonly #peer = new IntList();
  readonly #action = new IntList();
  readonly #traffic = new IntList();
  readonly #portNamesOf = new IntList();
  readonly #classes = new IntList();
  readonly #addresses = new IntList();
  readonly #portLists = new Map<string, PortList>();
  readonly #inNetworks = new Map<string, Admitted>();
  readonly #admittedOf = new Map<PolicyPeer, Admitted>();
  readonly #classesByAtom: Grouped;

  constructor(
    private readonly policies: BuildPolicies,
    private readonly classification: PortedClasses,
    private readonly classSets: Pick<ClassSets, 'get' | 'intern' | 'ofSelection'>,
    private readonly traffic: TrafficSets,
    private readonly networks: NetworkReading,
  ) {
    this.#offsets.push(0);
    this.#ids = new Int32Array(DIRECTIONS.length * policies.count).fill(-1);
    this.#classesByAtom = transpose(classification.classes.atoms, atomCount(networks.atoms));
  }

  /**
   * The compiled policy for a direction and, where ingress rules name ports, for a subject's port table (on ingress the
   * subject is the destination, on which names resolve; on egress the peers are, and are split instead).
   */
  compile(policy: number, direction: Direction, subjectPortTable: number): number {
    const place = this.#place(policy, direction);
    if (!this.dependsOnPorts(policy, direction)) {
      if (this.#ids[place]! < 0)
        this.#ids[place] = this.#compile(policy, direction, ANY_PORT_TABLE);
      return this.#ids[place]!;
    }
    this.#slot[0] = place;
    this.#slot[1] = subjectPortTable;
    const slot = this.#slots.intern(this.#slot);
    return (this.#idOfSlot[slot] ??= this.#compile(policy, direction, subjectPortTable));
  }

  /** Whether a policy compiles differently for different port tables of its subjects. */
  dependsOnPorts(policy: number, direction: Direction): boolean {
    return this.#rulesOf(policy, direction).dependsOnPorts;
  }

  #place(owner: number, direction: Direction): number {
    return DIRECTIONS.length * owner + (direction === 'INGRESS' ? 0 : 1);
  }

  /** Policies of one spec have the same rules. */
  #rulesOf(policy: number, direction: Direction): DirectionRules {
    const spec = this.policies.specOf[policy]!;
    return (this.#rules[this.#place(spec, direction)] ??= this.#readRules(
      rulesOf(this.policies.specs[spec]!, direction),
      direction,
    ));
  }

  #readRules(rules: readonly PolicyRule[], direction: Direction): DirectionRules {
    const ports = rules.map((rule) => this.#portList(rule.ports));
    return {
      rules,
      ports,
      dependsOnPorts: direction === 'INGRESS' && ports.some(({ named }) => named.length > 0),
    };
  }

  /** Equal lists of ports are one. */
  #portList(ports: readonly PolicyPort[] | null): PortList {
    const key = ports === null ? 'all' : ports.map(portKey).join();
    let known = this.#portLists.get(key);
    if (known === undefined) {
      known = new PortList(ports);
      this.#portLists.set(key, known);
    }
    return known;
  }

  #compile(policy: number, direction: Direction, table: number): number {
    const id = this.#policy.length;
    this.#policy.push(policy);
    const { rules, ports: lists } = this.#rulesOf(policy, direction);
    const namespace = this.policies.namespaceOf[policy]!;
    const isIngress = direction === 'INGRESS';
    for (let rule = 0; rule < rules.length; rule++) {
      const { action, peers } = rules[rule]!;
      const ports = lists[rule]!;
      // On ingress the ports are the subject's: the same for every peer.
      const traffic = isIngress ? this.#resolve(ports, table) : 0;
      const names = isIngress ? ports.namesOn(table, this.classification.portTables) : 0;
      const count = peers?.length ?? 1;
      for (let peer = 0; peer < count; peer++) {
        const target = peers?.[peer] ?? null;
        const admitted = this.#admits(namespace, target, action);
        this.#at.rule = rule;
        this.#at.peer = target === null ? -1 : peer;
        this.#at.action = RULE_ACTIONS.indexOf(action);
        if (isIngress) this.#entry(traffic, names, admitted.classes, admitted.addresses);
        else this.#egressEntries(ports, admitted);
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

  #entry(traffic: number, names: number, classes: number, addresses: number): void {
    // Entries that open nothing (a port name that does not resolve) stay: explanations tell of them.
    this.#rule.push(this.#at.rule);
    this.#peer.push(this.#at.peer);
    this.#action.push(this.#at.action);
    this.#traffic.push(traffic);
    this.#portNamesOf.push(names);
    this.#classes.push(classes);
    this.#addresses.push(addresses);
  }

  /** Named ports resolve on each destination by itself: peers are split by what the names mean on them. */
  #egressEntries(ports: PortList, { classes, addresses }: Admitted): void {
    const numeric = this.#resolve(ports, ANY_PORT_TABLE);
    if (ports.named.length === 0) {
      this.#entry(numeric, 0, classes, addresses);
      return;
    }
    // Addresses outside the cluster have no port names.
    if (addresses !== NOBODY) this.#entry(numeric, 0, NOBODY, addresses);
    for (const { traffic, names, classes: split } of this.#byMeaning(ports, classes))
      this.#entry(traffic, classes === EVERYONE ? 0 : names, split, NOBODY);
  }

  /** Many policies let traffic pass to the same classes by the same names: each such pair is split once. */
  #byMeaning(ports: PortList, classes: number): readonly Meaning[] {
    let known = ports.meanings.get(classes);
    if (known === undefined) {
      known = this.#split(ports, classes);
      ports.meanings.set(classes, known);
    }
    return known;
  }

  #split(ports: PortList, classes: number): Meaning[] {
    const { classes: all, portTable } = this.classification;
    const groups = new Map<number, { traffic: number; names: number; found: IntList }>();
    const members =
      classes === EVERYONE
        ? indices(all.count)
        : classes === NOBODY
          ? new Int32Array(0)
          : this.classSets.get(classes);
    const ofTable: ({ traffic: number; names: number; found: IntList } | undefined)[] = [];
    for (const id of members) {
      const table = portTable[id]!;
      let meaning = ofTable[table];
      if (meaning === undefined) {
        const traffic = this.#resolve(ports, table);
        const names = ports.namesOn(table, this.classification.portTables);
        const key = traffic * ALL_PORT_NAMES + names;
        meaning = groups.get(key) ?? { traffic, names, found: new IntList() };
        groups.set(key, meaning);
        ofTable[table] = meaning;
      }
      meaning.found.push(id);
    }
    return Array.from(groups.values(), ({ traffic, names, found }) => ({
      traffic,
      names,
      classes: this.classSets.intern(found.toArray()),
    }));
  }

  #resolve(ports: PortList, table: number): number {
    if (ports.numeric === null) return FULL_TRAFFIC;
    const place = ports.named.length === 0 ? 0 : table + 1;
    return (ports.resolved[place] ??= this.#trafficOf(ports.numeric, ports.named, table));
  }

  #trafficOf(numeric: readonly NumericPort[], named: readonly NamedPort[], table: number): number {
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
    if (peer === null) return ALL;
    switch (peer.kind) {
      case 'pods':
        this.#admittedPods.classes = this.classSets.ofSelection(namespace, peer);
        return this.#admittedPods;
      case 'networks': {
        const admitted = this.#admittedByNetworks(peer);
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
        return action === 'ALLOW' ? NONE : ALL;
    }
  }

  #admittedByNetworks(peer: NetworksPeer): Admitted {
    let admitted = this.#admittedOf.get(peer);
    if (admitted === undefined) {
      admitted = this.#admittedIn(peer);
      this.#admittedOf.set(peer, admitted);
    }
    return admitted;
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
    const { offsets, items } = this.#classesByAtom;
    const found = new IntList();
    for (let i = 0; i < ranges.length; i += 2)
      found.pushAll(items.subarray(offsets[ranges[i]!], offsets[ranges[i + 1]!]));
    return sortedDistinct(found.toArray(), this.classification.classes.count);
  }
}

interface DirectionRules {
  readonly rules: readonly PolicyRule[];
  /** By rule. */
  readonly ports: readonly PortList[];
  readonly dependsOnPorts: boolean;
}

interface Admitted {
  readonly classes: number;
  readonly addresses: number;
}

const ALL: Admitted = { classes: EVERYONE, addresses: EVERYONE };
const NONE: Admitted = { classes: NOBODY, addresses: NOBODY };

const ALL_PORT_NAMES = PORT_NAMES.resolved + PORT_NAMES.unresolved + PORT_NAMES.ambiguous + 1;
