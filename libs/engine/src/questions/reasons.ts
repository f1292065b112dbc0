import {
  type AccessReason,
  type Direction,
  POLICY_TIERS,
  type PolicyRecord,
  type PolicySwitches,
  RULE_ACTIONS,
  type RuleAction,
  type RuleMatch,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import { addressTest, alikeAddresses, type NameReading } from './external-traffic.js';

/** Class pairs beyond this many are not looked at for one row's reasons: the rules named are then not all. */
const REASON_PAIRS_LIMIT = 4096;

/** Who stands on the other end: a class, addresses, or whoever some entries match. */
export type Peer =
  | { readonly podClass: number }
  | { readonly atoms: Int32Array }
  | { readonly matches: (entry: number) => boolean };

/** One end of a connection as a side sees it: the pods' class (null = addresses outside the cluster) and its peer. */
export interface Side {
  readonly subject: number | null;
  readonly peer: Peer;
}

interface Decision {
  readonly compiled: number;
  readonly traffic: number;
}

/** Collects the rules that decide about traffic on one side, and about what of `within`. */
export class RuleMatches {
  readonly #byEntry = new Map<number, Decision>();
  #open = NO_TRAFFIC;

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
    private readonly names: NameReading = 'CERTAIN',
  ) {}

  /** A subject that some policy selects, and a peer. */
  add(subject: number, peer: Peer, within: number): void {
    const { analysis, direction } = this;
    const row = analysis.rowOf(direction, subject);
    if ('matches' in peer) this.#walk(row, within, peer.matches);
    else if ('podClass' in peer)
      this.#walk(row, within, (entry) => analysis.entryAdmitsClass(entry, peer.podClass));
    else
      for (const atoms of analysis.isTiered(direction, row)
        ? alikeAddresses(analysis, direction, row, peer.atoms)
        : [peer.atoms])
        this.#walk(row, within, addressTest(analysis, atoms, this.names));
  }

  #walk(row: number, within: number, matches: (entry: number) => boolean): void {
    const { analysis, direction } = this;
    const { traffic } = analysis;
    const { open } = analysis.rowVerdict(
      direction,
      row,
      within,
      matches,
      (entry, compiled, decided) => {
        const known = this.#byEntry.get(entry)?.traffic ?? NO_TRAFFIC;
        this.#byEntry.set(entry, { compiled, traffic: traffic.union(known, decided) });
      },
    );
    this.#open = traffic.union(this.#open, open);
  }

  /** The traffic that rules of an action decide about. */
  decided(action: RuleAction): number {
    let decided = NO_TRAFFIC;
    for (const [entry, { traffic }] of this.#byEntry)
      if (this.#actionOf(entry) === action) decided = this.analysis.traffic.union(decided, traffic);
    return decided;
  }

  /** What passes since no rule decides about it and no NetworkPolicy isolates. */
  get open(): number {
    return this.#open;
  }

  /** All that passes. */
  get admitted(): number {
    return this.analysis.traffic.union(this.decided('ALLOW'), this.#open);
  }

  #actionOf(entry: number): RuleAction {
    return RULE_ACTIONS[this.analysis.index.compiled.entryAction[entry]!]!;
  }

  /**
   * The rules of an action, in the order in which they are asked. A policy compiled for several port tables has several
   * entries of one rule: they are one match.
   */
  list(action: RuleAction): RuleMatch[] {
    const { view, index, traffic } = this.analysis;
    const { policy, entryRule, entryPeer } = index.compiled;
    const matches = new Map<string, { match: Omit<RuleMatch, 'traffic'>; traffic: number }>();
    for (const [entry, { compiled, traffic: decided }] of this.#byEntry) {
      if (this.#actionOf(entry) !== action) continue;
      const match = {
        policy: policy[compiled]!,
        direction: this.direction,
        rule: entryRule[entry]!,
        peer: entryPeer[entry]! < 0 ? null : entryPeer[entry]!,
      };
      const key = `${String(match.policy)} ${String(match.rule)} ${String(match.peer)}`;
      const known = matches.get(key)?.traffic ?? NO_TRAFFIC;
      matches.set(key, { match, traffic: traffic.union(known, decided) });
    }
    return [...matches.values()]
      .map((one) => ({ ...one, record: view.policy(one.match.policy) }))
      .sort(
        ({ match: a, record: x }, { match: b, record: y }) =>
          compareAsked(x, y, index.switches) || a.rule - b.rule || (a.peer ?? -1) - (b.peer ?? -1),
      )
      .map(({ match, traffic: decided }) => ({ ...match, traffic: traffic.get(decided) }));
  }

  /** The reason why traffic passes, by the tier that lets it; null when no rule does and nothing is open. */
  get reason(): AccessReason['code'] | null {
    if (this.#open !== NO_TRAFFIC) return 'NOT_ISOLATED';
    const tiers = new Set<PolicyRecord['spec']['tier']>();
    for (const [entry, { compiled }] of this.#byEntry)
      if (this.#actionOf(entry) === 'ALLOW')
        tiers.add(
          this.analysis.view.policy(this.analysis.index.compiled.policy[compiled]!).spec.tier,
        );
    if (tiers.has('NETWORK_POLICY')) return 'ALLOWED_BY_POLICY';
    if (tiers.has('ADMIN')) return 'ALLOWED_BY_ADMIN_POLICY';
    return tiers.has('BASELINE') ? 'ALLOWED_BY_BASELINE_POLICY' : null;
  }
}

/** The order in which policies are asked: tier by tier; in a tier by priority, then by name, then as the snapshot has them. */
export function compareAsked(
  a: PolicyRecord,
  b: PolicyRecord,
  { priorityTies }: PolicySwitches,
): number {
  const isTie = a.spec.tier !== 'NETWORK_POLICY' && a.name !== b.name;
  const byName = isTie && priorityTies === 'LARGER_NAME_FIRST' ? -1 : 1;
  const priority = ({ spec }: PolicyRecord): number => spec.priority ?? Number.MAX_SAFE_INTEGER;
  return (
    POLICY_TIERS.indexOf(a.spec.tier) - POLICY_TIERS.indexOf(b.spec.tier) ||
    priority(a) - priority(b) ||
    byName * (a.index - b.index)
  );
}

/** A reason, and whether all class pairs were looked at for it. */
export interface FoundReason extends AccessReason {
  readonly isWhole: boolean;
}

/** Why one side of a row lets `within` pass, over all its class pairs; `isNodeLocal` = some of it because of a node. */
export function reasonOf(
  analysis: Analysis,
  direction: Direction,
  sides: readonly Side[],
  within: number,
  isNodeLocal: boolean,
): FoundReason {
  const matches = new RuleMatches(analysis, direction);
  let isOpen = false;
  let isSelected = false;
  const looked = Math.min(sides.length, REASON_PAIRS_LIMIT);
  const isWhole = looked === sides.length;
  for (let i = 0; i < looked; i++) {
    const { subject, peer } = sides[i]!;
    if (subject === null || analysis.isNode(subject)) continue;
    if (analysis.rowOf(direction, subject) === NO_ROW) isOpen = true;
    else {
      isSelected = true;
      matches.add(subject, peer, within);
    }
  }
  const rules = matches.list('ALLOW');
  const found = (code: AccessReason['code']): FoundReason => ({ code, rules, isWhole });
  if (isOpen) return found(analysis.index.isEnforced ? 'NOT_ISOLATED' : 'NOT_ENFORCED');
  if (!isSelected) return found('NOT_GOVERNED');
  const isExplained = analysis.traffic.difference(within, matches.admitted) === NO_TRAFFIC;
  if (isExplained || !isWhole) return found(matches.reason ?? 'ALLOWED_BY_POLICY');
  // What no rule explains on a side that policies govern passes because of the node, or to pods that none governs.
  return found(isNodeLocal ? 'NODE_LOCAL' : 'NOT_GOVERNED');
}
