import { type Direction, rulesOf } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf, type Grouped, transpose } from '../sets/grouped.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { EVERYONE, PORT_NAMES } from '../snapshot-index.js';
import type { Admission } from './admission.js';
import { isAdmitted } from './is-admitted.js';
import type { Others } from './kept-rules.js';

/** What rules of NetworkPolicies of one direction do for the pods that exist, read from the entries of the index. */
export class PresentCover {
  readonly #rowsOfCompiled: Grouped;
  /** By policy: its compiled forms that some row has. */
  readonly #compiledOf = new Map<number, number[]>();

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
  ) {
    const { policy } = analysis.index.compiled;
    const { rows } = analysis.direction(direction);
    this.#rowsOfCompiled = transpose(rows, policy.length);
    for (const [id, of] of policy.entries()) {
      const { offsets } = this.#rowsOfCompiled;
      if (offsets[id] === offsets[id + 1]) continue;
      const known = this.#compiledOf.get(of);
      if (known === undefined) this.#compiledOf.set(of, [id]);
      else known.push(id);
    }
  }

  /** Whether a policy selects some pod. */
  hasSubjects(policy: number): boolean {
    return this.#compiledOf.has(policy);
  }

  /** Whether each peer and each port name of a rule means somebody now: else it may be there for pods to come. */
  isLive(policy: number, rule: number): boolean {
    const { entryOffsets, entryRule, entryPeer, entryPortNames } = this.analysis.index.compiled;
    const { peers } = rulesOf(this.analysis.view.policy(policy).spec, this.direction)[rule]!;
    const seen = new Set<number>();
    for (const id of this.#compiledOf.get(policy) ?? [])
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
        if (entryRule[entry] !== rule) continue;
        if ((entryPortNames[entry]! & PORT_NAMES.unresolved) !== 0) return false;
        if (this.#admitsSomebody(entry)) seen.add(entryPeer[entry]!);
      }
    return seen.size === (peers?.length ?? 1);
  }

  #admitsSomebody(entry: number): boolean {
    const { index } = this.analysis;
    const { entryTraffic, entryClasses, entryAddresses } = index.compiled;
    if (entryTraffic[entry] === NO_TRAFFIC) return false;
    const [classes, addresses] = [entryClasses[entry]!, entryAddresses[entry]!];
    if (classes === EVERYONE || addresses === EVERYONE) return true;
    return (
      (classes >= 0 && groupOf(index.classSets, classes).length > 0) ||
      (addresses >= 0 && groupOf(index.addressSets, addresses).length > 0)
    );
  }

  /** Whether others isolate every pod that a policy does. */
  isIsolated(policy: number, others: Others): boolean {
    const { index } = this.analysis;
    const { rows } = this.analysis.direction(this.direction);
    return this.#everyRow(policy, (_, row) =>
      groupOf(rows, row).some((id) => others.hasPolicy(index.compiled.policy[id]!)),
    );
  }

  /** Whether others admit all that a rule admits. */
  isCovered(policy: number, rule: number, others: Others): boolean {
    const { entryOffsets, entryRule } = this.analysis.index.compiled;
    return this.#everyRow(policy, (compiled, row) => {
      let counted: number[] | null = null;
      for (let entry = entryOffsets[compiled]!; entry < entryOffsets[compiled + 1]!; entry++) {
        if (entryRule[entry] !== rule) continue;
        counted ??= this.#entriesOf(row, others);
        if (!this.#isEntryCovered(entry, counted)) return false;
      }
      return true;
    });
  }

  #everyRow(policy: number, test: (compiled: number, row: number) => boolean): boolean {
    for (const compiled of this.#compiledOf.get(policy) ?? [])
      for (const row of groupOf(this.#rowsOfCompiled, compiled))
        if (!test(compiled, row)) return false;
    return true;
  }

  #entriesOf(row: number, others: Others): number[] {
    const { policy, entryOffsets, entryRule, entryTraffic } = this.analysis.index.compiled;
    const { rows } = this.analysis.direction(this.direction);
    const found: number[] = [];
    for (const id of groupOf(rows, row)) {
      const of = policy[id]!;
      if (!others.hasPolicy(of)) continue;
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++)
        if (
          entryTraffic[entry] !== NO_TRAFFIC &&
          others.hasRule(of, this.direction, entryRule[entry]!)
        )
          found.push(entry);
    }
    return found;
  }

  #isEntryCovered(entry: number, others: readonly number[]): boolean {
    const { compiled, classSets } = this.analysis.index;
    const { entryTraffic, entryClasses, entryAddresses } = compiled;
    const wanted = entryTraffic[entry]!;
    if (wanted === NO_TRAFFIC) return true;
    const [classes, addresses] = [entryClasses[entry]!, entryAddresses[entry]!];
    // Pods that an ipBlock has are covered where their addresses are.
    if (classes >= 0 && addresses < 0) {
      // Whether ipBlocks match pods is the plugin's business: here they stand for addresses alone.
      const matching = this.#isBlock(entry)
        ? others
        : others.filter((other) => !this.#hasNetworks(other) && !this.#isBlock(other));
      const isCovered = groupOf(classSets, classes).every((peer) =>
        this.#isAllowed(wanted, matching, (other) => this.analysis.entryAdmitsClass(other, peer)),
      );
      if (!isCovered) return false;
    }
    if (classes === EVERYONE) {
      const isEveryone = (other: number): boolean => entryClasses[other] === EVERYONE;
      if (!this.#isAllowed(wanted, others, isEveryone)) return false;
    }
    if (addresses === EVERYONE)
      return this.#isAllowed(wanted, others, (other) => entryAddresses[other] === EVERYONE);
    if (addresses < 0) return true;
    return this.#areAddressesCovered(addresses, wanted, others);
  }

  #areAddressesCovered(set: number, wanted: number, others: readonly number[]): boolean {
    const { index, traffic } = this.analysis;
    const { entryTraffic, entryAddresses } = index.compiled;
    const admissionOf = (addresses: number, admitted: number): Admission => ({
      region:
        addresses === EVERYONE
          ? { kind: 'everyone' }
          : { kind: 'networks', atoms: groupOf(index.addressSets, addresses) },
      ports: { traffic: admitted, names: [] },
    });
    const matching = others
      .filter((other) => entryAddresses[other] === EVERYONE || entryAddresses[other]! >= 0)
      .map((other) => admissionOf(entryAddresses[other]!, entryTraffic[other]!));
    return isAdmitted(traffic, admissionOf(set, wanted), matching);
  }

  #isAllowed(
    wanted: number,
    others: readonly number[],
    matches: (entry: number) => boolean,
  ): boolean {
    const { traffic, index } = this.analysis;
    let rest = wanted;
    for (const other of others) {
      if (!matches(other)) continue;
      rest = traffic.difference(rest, index.compiled.entryTraffic[other]!);
      if (rest === NO_TRAFFIC) return true;
    }
    return false;
  }

  #hasNetworks(entry: number): boolean {
    return this.analysis.index.compiled.entryAddresses[entry]! >= 0;
  }

  /** Whether an entry stands for the pods of an ipBlock on which port names have a meaning of their own. */
  #isBlock(entry: number): boolean {
    const { policy, entryOffsets, entryRule, entryPeer, entryPortNames } =
      this.analysis.index.compiled;
    if (entryPortNames[entry] === 0 || entryPeer[entry]! < 0) return false;
    const { spec } = this.analysis.view.policy(policy[compiledAt(entryOffsets, entry)]!);
    const peers = rulesOf(spec, this.direction)[entryRule[entry]!]?.peers;
    return peers?.[entryPeer[entry]!]?.kind === 'networks';
  }
}

/** The compiled policy that has an entry. */
function compiledAt(offsets: Int32Array, entry: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! <= entry) low = middle;
    else high = middle;
  }
  return low;
}
