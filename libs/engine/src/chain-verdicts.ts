import { columnsOf } from './direction-columns.js';
import { groupOf } from './sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC, type TrafficSets } from './sets/traffic-sets.js';
import type { Direction } from '@portolan/model';
import { EVERYONE, type SnapshotIndex } from './snapshot-index.js';
import { ALLOW, PASS, type TierVerdict, walkChain } from './tier-walk.js';

/** Chains whose columns are remembered: neighbouring classes have few different ones. */
const REMEMBERED_CHAINS = 16;

/** Peers whose verdicts are remembered: as many kinds of neighbouring classes. */
const REMEMBERED_PEERS = 64;

/** What a chain does with all traffic, by peer class. */
export interface ChainColumn {
  readonly allowed: Int32Array;
  readonly open: Int32Array;
}

/**
 * What the chains of a direction do with all traffic. Few differ, and those that were asked last are asked again: rows share chains,
 * and peers that are in the same sets, as far as chains name them, have the same verdicts.
 */
export class ChainVerdicts {
  readonly #columns = new Map<number, ChainColumn>();
  readonly #ofPeer = new Map<string, TierVerdict[]>();
  readonly #isInSet: Uint8Array;
  /** By class set: 1 = some chain names it. */
  readonly #isNamed: Uint8Array;
  #traffic: TrafficSets | null = null;

  constructor(
    private readonly index: SnapshotIndex,
    private readonly direction: Direction,
  ) {
    const sets = index.classSets.offsets.length - 1;
    this.#isInSet = new Uint8Array(sets);
    this.#isNamed = new Uint8Array(sets);
    const { entryOffsets, entryClasses } = index.compiled;
    for (const id of columnsOf(index, direction).chains.items)
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++)
        if (entryClasses[entry]! >= 0) this.#isNamed[entryClasses[entry]!] = 1;
  }

  /** By peer class; not to be written to. */
  ofChain(traffic: TrafficSets, chain: number): ChainColumn {
    this.#useTable(traffic);
    return recall(this.#columns, chain, REMEMBERED_CHAINS, () => this.#askChain(traffic, chain));
  }

  /** The verdict of each chain about a peer that is in some sets. */
  ofPeer(traffic: TrafficSets, sets: Int32Array): (chain: number) => TierVerdict {
    this.#useTable(traffic);
    const named = sets.filter((set) => this.#isNamed[set] === 1);
    const verdicts = recall(this.#ofPeer, named.join(), REMEMBERED_PEERS, () =>
      this.#askAbout(traffic, named),
    );
    return (chain) => verdicts[chain]!;
  }

  /** Ids are of one table of traffic. */
  #useTable(traffic: TrafficSets): void {
    if (this.#traffic === traffic) return;
    this.#traffic = traffic;
    this.#columns.clear();
    this.#ofPeer.clear();
  }

  #askAbout(traffic: TrafficSets, sets: Int32Array): TierVerdict[] {
    const { chains } = columnsOf(this.index, this.direction);
    const { compiled } = this.index;
    for (const set of sets) this.#isInSet[set] = 1;
    const matches = (entry: number): boolean => {
      const set = compiled.entryClasses[entry]!;
      return set === EVERYONE || (set >= 0 && this.#isInSet[set] === 1);
    };
    const verdicts = Array.from({ length: chains.offsets.length - 1 }, (_, chain) =>
      walkChain({ compiled, traffic }, groupOf(chains, chain), FULL_TRAFFIC, matches),
    );
    for (const set of sets) this.#isInSet[set] = 0;
    return verdicts;
  }

  /** As `walkChain`, for all peers. */
  #askChain(traffic: TrafficSets, chain: number): ChainColumn {
    const { classes, classSets, compiled } = this.index;
    const { entryOffsets, entryTraffic, entryAction, entryClasses } = compiled;
    const allowed = new Int32Array(classes.count).fill(NO_TRAFFIC);
    const passed = new Int32Array(classes.count).fill(NO_TRAFFIC);
    const open = new Int32Array(classes.count).fill(FULL_TRAFFIC);
    const visit = (peer: number, entry: number): void => {
      if (open[peer] === NO_TRAFFIC) return;
      const matched = traffic.intersection(entryTraffic[entry]!, open[peer]!);
      if (matched === NO_TRAFFIC) return;
      open[peer] = traffic.difference(open[peer]!, matched);
      const action = entryAction[entry]!;
      if (action === ALLOW) allowed[peer] = traffic.union(allowed[peer]!, matched);
      else if (action === PASS) passed[peer] = traffic.union(passed[peer]!, matched);
    };
    for (const id of groupOf(columnsOf(this.index, this.direction).chains, chain))
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
        if (entryTraffic[entry] === NO_TRAFFIC) continue;
        const set = entryClasses[entry]!;
        if (set === EVERYONE) for (let peer = 0; peer < classes.count; peer++) visit(peer, entry);
        else if (set >= 0) for (const peer of groupOf(classSets, set)) visit(peer, entry);
      }
    for (let peer = 0; peer < classes.count; peer++)
      open[peer] = traffic.union(open[peer]!, passed[peer]!);
    return { allowed, open };
  }
}

/** What is remembered of a key, or is found now; the key that was asked longest ago is forgotten. */
function recall<Key, Value>(
  known: Map<Key, Value>,
  key: Key,
  limit: number,
  find: () => Value,
): Value {
  const value = known.get(key) ?? find();
  known.delete(key);
  known.set(key, value);
  if (known.size > limit) known.delete(known.keys().next().value!);
  return value;
}
