import { type Direction, DIRECTIONS, invariant, rulesOf, type SnapshotView } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { range } from '../sets/range.js';
import { duplicatePolicies, type DuplicatePolicy } from './duplicate-policies.js';
import { KeptRules, Others, type Removable } from './kept-rules.js';
import { PossibleCover } from './possible-cover.js';
import { PresentCover } from './present-cover.js';

/** What could be taken away, and who does the same (policies, snapshot-wide indices). */
interface Redundant {
  readonly policy: number;
  /** NetworkPolicies that stay and together do the same; of a rule its own policy may be among them. Never none. */
  readonly by: readonly number[];
  /** Whether so for every pod and namespace that could exist; else for the pods that exist. */
  readonly isCertain: boolean;
}

/** A NetworkPolicy without which every answer is the same. */
export type RedundantPolicy = Redundant;

/** A rule of a NetworkPolicy without which every answer is the same, as long as the policy's types stay. */
export interface RedundantRule extends Redundant {
  readonly direction: Direction;
  readonly rule: number;
}

/** What of the NetworkPolicies of a snapshot could be taken away, all of it together. */
export interface Redundancy {
  readonly duplicates: readonly DuplicatePolicy[];
  readonly policies: readonly RedundantPolicy[];
  readonly rules: readonly RedundantRule[];
}

/**
 * Which NetworkPolicies and rules could be taken away without any change in what is allowed, with pods and with addresses, for
 * any network plugin. Taken away are, one after the other and each judged by what is left: policies that equal another one,
 * policies, rules, the last ones first; so of two that cover each other the first stays. What is certain goes before what
 * holds only for the pods that exist, and of the latter nothing that may be there for pods to come: policies for all pods,
 * policies that only deny, rules of which some peer or port name means nobody now.
 */
export function findRedundancy(analysis: Analysis): Redundancy {
  return new RedundancyFinder(analysis).find();
}

class RedundancyFinder {
  readonly #kept: KeptRules;
  /** What something would change without: so it stays as more is taken away. */
  readonly #needed = new Set<Removable>();
  readonly #possible: PossibleCover;
  readonly #present: Record<Direction, PresentCover>;

  constructor(private readonly analysis: Analysis) {
    this.#kept = new KeptRules(analysis.view.policyCount);
    this.#possible = new PossibleCover(analysis);
    this.#present = {
      INGRESS: new PresentCover(analysis, 'INGRESS'),
      EGRESS: new PresentCover(analysis, 'EGRESS'),
    };
  }

  find(): Redundancy {
    const { view } = this.analysis;
    const duplicates = duplicatePolicies(view);
    for (const { policy } of duplicates) this.#kept.remove(whole(policy));
    const candidates = candidatesOf(view);
    const certain = this.#take(candidates, true);
    const afterwards = this.#kept.copy();
    const likely = this.#take(candidates, false);
    const found = [
      ...certain.map((one) => this.#withReason(one, true, [this.#kept, afterwards])),
      ...likely.map((one) => this.#withReason(one, false, [this.#kept])),
    ].sort(bySnapshotOrder);
    const isWhole = new Set(found.filter(({ rule }) => rule === null).map(({ policy }) => policy));
    return {
      duplicates,
      policies: found
        .filter(({ rule }) => rule === null)
        .map(({ policy, by, isCertain }) => ({ policy, by, isCertain })),
      rules: found.flatMap(({ direction, rule, ...one }) =>
        direction === null || rule === null || isWhole.has(one.policy)
          ? []
          : [{ ...one, direction, rule }],
      ),
    };
  }

  /** Takes away what can be, and tells what that was. */
  #take(candidates: readonly Removable[], isCertain: boolean): Removable[] {
    return candidates.filter((one) => {
      const isTaken =
        this.#kept.hasAllOf(one) &&
        !this.#needed.has(one) &&
        (isCertain || this.#isMeantForThePresent(one)) &&
        this.#isRedundant(one, isCertain);
      if (isTaken) this.#kept.remove(one);
      return isTaken;
    });
  }

  #isRedundant(one: Removable, isCertain: boolean): boolean {
    const others = new Others(this.#kept, one, null);
    if (this.#isPresentlyCovered(one, others))
      return !isCertain || this.#isCertainlyCovered(one, others);
    this.#needed.add(one);
    return false;
  }

  #isMeantForThePresent(one: Removable): boolean {
    const { spec } = this.analysis.view.policy(one.policy);
    if (one.rule === null && spec.subject.podSelector.length === 0) return false;
    if (spec.directions.some((way) => !this.#present[way].hasSubjects(one.policy))) return false;
    const rules = this.#rulesOf(one);
    return (
      rules.length > 0 && rules.every(([way, rule]) => this.#present[way].isLive(one.policy, rule))
    );
  }

  #isPresentlyCovered(one: Removable, others: Others): boolean {
    const { policy, rule: which } = one;
    const { directions } = this.analysis.view.policy(policy).spec;
    return (
      (which !== null ||
        directions.every((way) => this.#present[way].isIsolated(policy, others))) &&
      this.#rulesOf(one).every(([way, rule]) => this.#present[way].isCovered(policy, rule, others))
    );
  }

  #isCertainlyCovered(one: Removable, others: Others): boolean {
    const { policy, rule: which } = one;
    const { spec } = this.analysis.view.policy(policy);
    if (which === null) {
      if (!spec.directions.every((way) => this.#possible.isIsolated(policy, way, others)))
        return false;
    } else if (!this.#isPossible(one)) return false;
    return this.#rulesOf(one).every(([way, rule]) =>
      this.#possible.isCovered(policy, way, rule, others),
    );
  }

  /** What can never match is told of elsewhere. */
  #isPossible(one: Removable): boolean {
    const { spec } = this.analysis.view.policy(one.policy);
    return this.#rulesOf(one).every(([way, rule]) =>
      this.#possible.isPossible(one.policy, rulesOf(spec, way)[rule]!),
    );
  }

  /** The rules that go with something. */
  #rulesOf({ policy, direction, rule }: Removable): [direction: Direction, rule: number][] {
    if (direction !== null && rule !== null) return [[direction, rule]];
    const { spec } = this.analysis.view.policy(policy);
    return DIRECTIONS.filter((way) => spec.directions.includes(way)).flatMap((way) =>
      range(0, rulesOf(spec, way).length).map((at): [Direction, number] => [way, at]),
    );
  }

  /** One policy that does the same by itself, else as few as can be left over; of what is kept in the end where that is enough. */
  #withReason(
    one: Removable,
    isCertain: boolean,
    states: readonly KeptRules[],
  ): Removable & Redundant {
    const isEnough = (kept: KeptRules, among: readonly number[]): boolean => {
      const others = new Others(kept, one, new Set(among));
      return isCertain
        ? this.#isCertainlyCovered(one, others)
        : this.#isPresentlyCovered(one, others);
    };
    for (const kept of states) {
      const all = this.#policiesBeside(one, kept);
      const alone = all.find((policy) => isEnough(kept, [policy]));
      if (alone !== undefined) return { ...one, by: [alone], isCertain };
      if (!isEnough(kept, all)) continue;
      let by = all;
      for (const policy of [...all].reverse()) {
        const fewer = by.filter((other) => other !== policy);
        if (isEnough(kept, fewer)) by = fewer;
      }
      return { ...one, by, isCertain };
    }
    invariant(false, 'what is taken away is covered by what is left');
  }

  /** Policies that may do the same, that of the rule itself first. */
  #policiesBeside(one: Removable, kept: KeptRules): number[] {
    const { view } = this.analysis;
    const namespace = view.namespaceOfPolicy(one.policy);
    const beside = range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1)).filter(
      (policy) => kept.hasPolicy(policy) && (policy !== one.policy || one.rule !== null),
    );
    return [
      ...beside.filter((policy) => policy === one.policy),
      ...beside.filter((policy) => policy !== one.policy),
    ];
  }
}

/** All that may be tried, in the order in which it is. */
function candidatesOf(view: SnapshotView): Removable[] {
  const policies = range(0, view.firstClusterPolicy).reverse();
  const rules: Removable[] = [];
  for (const policy of policies) {
    const { spec } = view.policy(policy);
    for (const direction of spec.directions)
      for (let rule = rulesOf(spec, direction).length - 1; rule >= 0; rule--)
        rules.push({ policy, direction, rule });
  }
  return [...policies.map(whole), ...rules];
}

function whole(policy: number): Removable {
  return { policy, direction: null, rule: null };
}

function bySnapshotOrder(a: Removable, b: Removable): number {
  return (
    a.policy - b.policy ||
    (a.direction === null ? -1 : DIRECTIONS.indexOf(a.direction)) -
      (b.direction === null ? -1 : DIRECTIONS.indexOf(b.direction)) ||
    (a.rule ?? -1) - (b.rule ?? -1)
  );
}
