import { type Direction, formatSelector, type PolicyRule, rulesOf } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { boxesMeet, isBoxWithin, type LabelBox } from '../hypothetical/label-box.js';
import { range } from '../sets/range.js';
import { type Admission, admissionsOf, boxInNamespace } from './admission.js';
import { isAdmitted } from './is-admitted.js';
import type { Others } from './kept-rules.js';

/** Whom policies of a namespace select: one for those that select by the same text. */
interface Subject {
  /** Null = nobody can be selected. */
  readonly box: LabelBox | null;
}

/** What rules of NetworkPolicies do for every pod that could exist, read from their selectors. */
export class PossibleCover {
  readonly #admissions = new Map<PolicyRule, readonly Admission[]>();
  readonly #subjects = new Map<number, Subject>();
  /** By subject: policies that select every pod that it could select, by direction. */
  readonly #around = new Map<Subject, Record<Direction, readonly number[]>>();

  constructor(private readonly analysis: Analysis) {}

  /** Whether others isolate every pod that a policy could select in a direction. A no may also mean: several only together. */
  isIsolated(policy: number, direction: Direction, others: Others): boolean {
    return this.#policiesAround(policy, direction).some((other) => others.hasPolicy(other));
  }

  /** Whether others admit all that a rule could admit. A no may also mean: only where pods are told apart by who selects them. */
  isCovered(policy: number, direction: Direction, rule: number, others: Others): boolean {
    const { view, traffic } = this.analysis;
    const admitted: Admission[] = [];
    for (const other of this.#policiesAround(policy, direction)) {
      if (!others.hasPolicy(other)) continue;
      const rules = rulesOf(view.policy(other).spec, direction);
      for (let at = 0; at < rules.length; at++)
        if (others.has(other, direction, at))
          admitted.push(...this.#admissionsOf(other, rules[at]!));
    }
    return this.#admissionsOf(policy, rulesOf(view.policy(policy).spec, direction)[rule]!).every(
      (wanted) => isAdmitted(traffic, wanted, admitted),
    );
  }

  /** Whether a rule could admit somebody, and its policy select somebody. */
  isPossible(policy: number, rule: PolicyRule): boolean {
    return this.#subjectOf(policy).box !== null && this.#admissionsOf(policy, rule).length > 0;
  }

  /** NetworkPolicies of the namespace that could select a pod that a policy selects, for a direction. */
  policiesMeeting(policy: number, direction: Direction): number[] {
    const own = this.#subjectOf(policy).box;
    if (own === null) return [];
    return this.#policiesBeside(policy).filter((other) => {
      if (other === policy || !this.#governs(other, direction)) return false;
      const theirs = this.#subjectOf(other).box;
      return theirs !== null && boxesMeet(own, theirs);
    });
  }

  /** Policies that select every pod that a policy could select; itself among them. */
  #policiesAround(policy: number, direction: Direction): readonly number[] {
    const own = this.#subjectOf(policy);
    let found = this.#around.get(own);
    if (found === undefined) {
      found = this.#findAround(policy, own);
      this.#around.set(own, found);
    }
    return found[direction];
  }

  #findAround(policy: number, { box }: Subject): Record<Direction, readonly number[]> {
    if (box === null) return { INGRESS: [], EGRESS: [] };
    const covers = new Map<Subject, boolean>();
    const around = this.#policiesBeside(policy).filter((other) => {
      const theirs = this.#subjectOf(other);
      let isCover = covers.get(theirs);
      if (isCover === undefined) {
        isCover = theirs.box !== null && isBoxWithin(box, theirs.box);
        covers.set(theirs, isCover);
      }
      return isCover;
    });
    return {
      INGRESS: around.filter((other) => this.#governs(other, 'INGRESS')),
      EGRESS: around.filter((other) => this.#governs(other, 'EGRESS')),
    };
  }

  #policiesBeside(policy: number): number[] {
    const { view } = this.analysis;
    const namespace = view.namespaceOfPolicy(policy);
    return range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1));
  }

  #governs(policy: number, direction: Direction): boolean {
    return this.analysis.view.policy(policy).spec.directions.includes(direction);
  }

  #subjectOf(policy: number): Subject {
    let subject = this.#subjects.get(policy);
    if (subject === undefined) {
      this.#readSubjects(policy);
      subject = this.#subjects.get(policy)!;
    }
    return subject;
  }

  /** Those of all policies of a namespace: many have the same. */
  #readSubjects(one: number): void {
    const { view } = this.analysis;
    const name = view.namespaceName(view.namespaceOfPolicy(one));
    const byText = new Map<string, Subject>();
    for (const policy of this.#policiesBeside(one)) {
      const { podSelector } = view.policy(policy).spec.subject;
      const text = formatSelector(podSelector);
      let subject = byText.get(text);
      if (subject === undefined) {
        subject = { box: boxInNamespace(name, podSelector) };
        byText.set(text, subject);
      }
      this.#subjects.set(policy, subject);
    }
  }

  /** Equal specs of a namespace share their rules, and those of two namespaces do not. */
  #admissionsOf(policy: number, rule: PolicyRule): readonly Admission[] {
    let found = this.#admissions.get(rule);
    if (found === undefined) {
      found = admissionsOf(this.analysis, this.analysis.view.namespaceOfPolicy(policy), rule);
      this.#admissions.set(rule, found);
    }
    return found;
  }
}
