import { type Direction, type PolicyRule, rulesOf } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { boxesWithout, boxesMeet, type LabelBox } from '../hypothetical/label-box.js';
import { range } from '../sets/range.js';
import { type Admission, admissionsOf, boxInNamespace } from './admission.js';
import { isAdmitted } from './is-admitted.js';
import type { Others } from './kept-rules.js';

/** What rules of NetworkPolicies do for every pod that could exist, read from their selectors. */
export class PossibleCover {
  readonly #admissions = new Map<PolicyRule, Map<number, Admission[]>>();
  readonly #subjects = new Map<number, LabelBox | null>();

  constructor(private readonly analysis: Analysis) {}

  /** Whether others isolate every pod that a policy could select in a direction. A no may also mean: several only together. */
  isIsolated(policy: number, direction: Direction, others: Others): boolean {
    return this.#policiesAround(policy, direction, others).length > 0;
  }

  /** Whether others admit all that a rule could admit. A no may also mean: only where pods are told apart by who selects them. */
  isCovered(policy: number, direction: Direction, rule: number, others: Others): boolean {
    const admitted = this.#policiesAround(policy, direction, others).flatMap((other) =>
      [...rulesOf(this.analysis.view.policy(other).spec, direction).entries()]
        .filter(([at]) => others.has(other, direction, at))
        .flatMap(([, one]) => this.#admissionsOf(other, one)),
    );
    const { spec } = this.analysis.view.policy(policy);
    return this.#admissionsOf(policy, rulesOf(spec, direction)[rule]!).every((wanted) =>
      isAdmitted(this.analysis.traffic, wanted, admitted),
    );
  }

  /** Whether a rule could admit somebody, and its policy select somebody. */
  isPossible(policy: number, rule: PolicyRule): boolean {
    return this.#subjectOf(policy) !== null && this.#admissionsOf(policy, rule).length > 0;
  }

  /** NetworkPolicies of the namespace that could select a pod that a policy selects, for a direction. */
  policiesMeeting(policy: number, direction: Direction): number[] {
    const own = this.#subjectOf(policy);
    if (own === null) return [];
    return this.#policiesBeside(policy).filter((other) => {
      if (other === policy || !this.#governs(other, direction)) return false;
      const theirs = this.#subjectOf(other);
      return theirs !== null && boxesMeet(own, theirs);
    });
  }

  /** Policies that select every pod that a policy could select; itself among them where it still has rules to offer. */
  #policiesAround(policy: number, direction: Direction, others: Others): number[] {
    const own = this.#subjectOf(policy);
    if (own === null) return [];
    return this.#policiesBeside(policy).filter((other) => {
      if (!others.hasPolicy(other) || !this.#governs(other, direction)) return false;
      const theirs = this.#subjectOf(other);
      return theirs !== null && boxesWithout(own, theirs).length === 0;
    });
  }

  #policiesBeside(policy: number): number[] {
    const { view } = this.analysis;
    const namespace = view.namespaceOfPolicy(policy);
    return range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1));
  }

  #governs(policy: number, direction: Direction): boolean {
    return this.analysis.view.policy(policy).spec.directions.includes(direction);
  }

  #subjectOf(policy: number): LabelBox | null {
    let box = this.#subjects.get(policy);
    if (box === undefined) {
      const { namespace, spec } = this.analysis.view.policy(policy);
      box = boxInNamespace(this.analysis.view.namespaceName(namespace), spec.subject.podSelector);
      this.#subjects.set(policy, box);
    }
    return box;
  }

  /** Equal specs of a namespace share their rules. */
  #admissionsOf(policy: number, rule: PolicyRule): Admission[] {
    const namespace = this.analysis.view.namespaceOfPolicy(policy);
    const known = this.#admissions.get(rule) ?? new Map<number, Admission[]>();
    this.#admissions.set(rule, known);
    let found = known.get(namespace);
    if (found === undefined) {
      found = admissionsOf(this.analysis, namespace, rule);
      known.set(namespace, found);
    }
    return found;
  }
}
