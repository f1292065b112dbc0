import { type Direction, DIRECTIONS } from '@portolan/model';

/** A rule of a policy, or a policy as a whole (`rule` null). */
export interface Removable {
  readonly policy: number;
  readonly direction: Direction | null;
  /** Position in the list of the direction. */
  readonly rule: number | null;
}

/** Which rules and policies are still there, as one after the other is taken away. */
export class KeptRules {
  /** By policy: 1 = it is gone. */
  readonly #isGone: Uint8Array;
  /** By policy and direction: positions of rules that are gone. */
  readonly #rules = new Map<number, Set<number>>();

  constructor(policyCount: number) {
    this.#isGone = new Uint8Array(policyCount);
  }

  copy(): KeptRules {
    const copy = new KeptRules(this.#isGone.length);
    copy.#isGone.set(this.#isGone);
    for (const [key, rules] of this.#rules) copy.#rules.set(key, new Set(rules));
    return copy;
  }

  remove({ policy, direction, rule }: Removable): void {
    if (direction === null || rule === null) {
      this.#isGone[policy] = 1;
      return;
    }
    const key = keyOf(policy, direction);
    const known = this.#rules.get(key);
    if (known === undefined) this.#rules.set(key, new Set([rule]));
    else known.add(rule);
  }

  /** Whether something is still there as it is. */
  hasAllOf({ policy, direction, rule }: Removable): boolean {
    return direction === null || rule === null
      ? this.hasPolicy(policy)
      : this.has(policy, direction, rule);
  }

  hasPolicy(policy: number): boolean {
    return this.#isGone[policy] === 0;
  }

  has(policy: number, direction: Direction, rule: number): boolean {
    return (
      this.#isGone[policy] === 0 && this.#rules.get(keyOf(policy, direction))?.has(rule) !== true
    );
  }
}

/** What else there is beside something that is thought away; `among` = these policies only, null = all. */
export class Others {
  constructor(
    private readonly kept: KeptRules,
    private readonly without: Removable,
    private readonly among: ReadonlySet<number> | null,
  ) {}

  hasPolicy(policy: number): boolean {
    return (
      this.kept.hasPolicy(policy) &&
      (this.among === null || this.among.has(policy)) &&
      (policy !== this.without.policy || this.without.rule !== null)
    );
  }

  has(policy: number, direction: Direction, rule: number): boolean {
    return this.hasPolicy(policy) && this.hasRule(policy, direction, rule);
  }

  /** The same of a rule of a policy that is there. */
  hasRule(policy: number, direction: Direction, rule: number): boolean {
    const { without } = this;
    return (
      this.kept.has(policy, direction, rule) &&
      !(policy === without.policy && direction === without.direction && rule === without.rule)
    );
  }
}

function keyOf(policy: number, direction: Direction): number {
  return 2 * policy + DIRECTIONS.indexOf(direction);
}
