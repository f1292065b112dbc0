import { AdmittingRules, type Analysis, type RuleEnd } from '@portolan/engine';
import {
  type AccessChange,
  type EndpointRef,
  type ObjectChange,
  rulePath,
  type RuleRef,
  rulesOf,
} from '@portolan/model';
import type { Cause } from '@portolan/report';
import { stableName } from './access-facts.js';
import type { Side } from './side.js';

/** Causes that a row names; a roll-out of everything would have hundreds. */
const NAMED_CAUSES = 10;

/** Changes whose rules are looked up one by one; of further ones, one for each source namespace, destination, cause and traffic. */
const EXPLAINED_CHANGES = 200;

/** Says of each change which objects, and which of their rules, made it. */
export class CauseLocator {
  #explained = 0;
  readonly #rulesOfAlike = new Map<string, readonly SidedRule[]>();
  readonly #admitting: Readonly<Record<Side['side'], AdmittingRules>>;
  /** By object, side and rule: many changes have the same causes. */
  readonly #inBoth = new Map<string, boolean>();

  constructor(
    private readonly base: Side,
    private readonly head: Side,
    private readonly changes: readonly ObjectChange[],
  ) {
    this.#admitting = {
      BASE: new AdmittingRules(base.analysis),
      HEAD: new AdmittingRules(head.analysis),
    };
  }

  /** The causes of a change of access: rules that let pass what was opened, or let pass before what was closed. */
  causesOf(change: AccessChange): Cause[] {
    const objects = change.causedBy.slice(0, NAMED_CAUSES).flatMap((i) => this.changes[i] ?? []);
    const rules = objects.some(({ kind }) => kind === 'POLICY') ? this.#rulesBehind(change) : [];
    return objects.flatMap((object) => this.#causesIn(object, rules));
  }

  /** The causes that some object changes are, whatever came of them. */
  causesFrom(objects: readonly ObjectChange[]): Cause[] {
    return objects.slice(0, NAMED_CAUSES).flatMap((object) => this.#causesIn(object, []));
  }

  #causesIn(object: ObjectChange, rules: readonly SidedRule[]): Cause[] {
    const own = rules.filter(
      ({ side, rule }) => rule.policy === (side === this.head ? object.after : object.before),
    );
    if (object.kind !== 'POLICY' || own.length === 0) return [this.#objectCause(object)];
    const isNew = own.filter((one) => !this.#isInBoth(object, one));
    return (isNew.length > 0 ? isNew : own).map(({ side, rule }) => ({
      change: object.change,
      object: object.displayName,
      fields: object.fields,
      rule: rulePath(rule.direction, rule.rule, rule.peer),
      place: side.place(side.sources.locateRule(rule)),
    }));
  }

  /** The object, or the first of its rules that differs. */
  #objectCause({ change, kind, displayName, fields, before, after }: ObjectChange): Cause {
    const side = after === null ? this.base : this.head;
    const index = after ?? before ?? 0;
    const rule = kind === 'POLICY' ? firstRule(fields, index) : null;
    const isThere = rule !== null && ruleAt(side.analysis, rule) !== undefined;
    const location =
      rule !== null && isThere ? side.sources.locateRule(rule) : side.sources.locate(kind, index);
    return {
      change,
      object: displayName,
      fields,
      rule: rule !== null && isThere ? rulePath(rule.direction, rule.rule) : null,
      place: side.place(location),
    };
  }

  #rulesBehind(change: AccessChange): readonly SidedRule[] {
    const { source, destination, opened, closed, causedBy } = change;
    const from = source.ref.kind === 'workload' ? source.ref.namespace : stableName(source.ref);
    const alike = JSON.stringify([from, stableName(destination.ref), opened, closed, causedBy]);
    const known = this.#rulesOfAlike.get(alike);
    if (known !== undefined && ++this.#explained > EXPLAINED_CHANGES) return known;
    const rules = this.#explain(change);
    this.#rulesOfAlike.set(alike, rules);
    return rules;
  }

  /** Rules that let pass what was opened; of a change that only closed, those that let it pass before. */
  #explain(change: AccessChange): SidedRule[] {
    const side = change.opened.length > 0 ? this.head : this.base;
    const traffic = change.opened.length > 0 ? change.opened : change.closed;
    const [from, to] = [endOf(change.source.ref), endOf(change.destination.ref)];
    if (from === null || to === null) return [];
    const rules = this.#admitting[side.side].between(from, to, traffic);
    return rules.sort(compareRules).map((rule) => ({ side, rule }));
  }

  /** Whether the policy has the very same peer, with the same ports, in the other state. */
  #isInBoth(object: ObjectChange, { side, rule }: SidedRule): boolean {
    const key = `${object.before} ${object.after} ${side.side} ${keyOf(rule)}`;
    let isInBoth = this.#inBoth.get(key);
    if (isInBoth === undefined) {
      isInBoth = this.#findInBoth(object, { side, rule });
      this.#inBoth.set(key, isInBoth);
    }
    return isInBoth;
  }

  #findInBoth({ before, after }: ObjectChange, { side, rule }: SidedRule): boolean {
    const [other, policy] = side === this.head ? [this.base, before] : [this.head, after];
    if (policy === null) return false;
    const own = JSON.stringify(meaning(side.analysis, rule));
    const theirs = rulesOf(other.analysis.view.policy(policy).spec, rule.direction);
    return theirs.some(({ peers, ports }) =>
      rule.peer === null
        ? JSON.stringify([peers, ports]) === own
        : (peers ?? []).some((peer) => JSON.stringify([peer, ports]) === own),
    );
  }
}

interface SidedRule {
  readonly side: Side;
  readonly rule: RuleRef;
}

function meaning(analysis: Analysis, rule: RuleRef): unknown {
  const found = ruleAt(analysis, rule);
  return rule.peer === null
    ? [found?.peers, found?.ports]
    : [found?.peers?.[rule.peer], found?.ports];
}

function ruleAt(analysis: Analysis, { policy, direction, rule }: RuleRef) {
  return rulesOf(analysis.view.policy(policy).spec, direction)[rule];
}

function endOf(ref: EndpointRef): RuleEnd | null {
  switch (ref.kind) {
    case 'workload': {
      const { namespace, name, workloadKind } = ref;
      return { kind: 'workload', namespace, name, workloadKind };
    }
    case 'external': {
      const [cidr] = ref.cidrs;
      return cidr === undefined ? null : { kind: 'cidr', cidr };
    }
    case 'pod':
    case 'service':
    case 'namespace':
    case 'selection':
    case 'hypothetical':
      return null;
  }
}

function keyOf({ policy, direction, rule, peer }: RuleRef): string {
  return `${policy} ${direction} ${rule} ${peer ?? ''}`;
}

function compareRules(a: RuleRef, b: RuleRef): number {
  return (
    a.policy - b.policy ||
    Number(a.direction === 'EGRESS') - Number(b.direction === 'EGRESS') ||
    a.rule - b.rule ||
    (a.peer ?? -1) - (b.peer ?? -1)
  );
}

/** The first of the fields that names a rule. */
function firstRule(fields: readonly string[], policy: number): RuleRef | null {
  for (const field of fields) {
    const match = /^spec\.(ingress|egress)\[(\d+)\]$/.exec(field);
    if (match === null) continue;
    const direction = match[1] === 'ingress' ? 'INGRESS' : 'EGRESS';
    return { policy, direction, rule: Number(match[2]), peer: null };
  }
  return null;
}
