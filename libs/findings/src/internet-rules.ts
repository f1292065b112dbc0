import type { Analysis, PublicCount, RowAddresses } from '@portolan/engine';
import { type Direction, type PolicyRule, rulesOf, type TrafficSet } from '@portolan/model';

/** As many public addresses as a /8 has: fewer are a list of those who are meant. */
const WIDE_IPV4 = 2 ** 24;
/** As many as a /16 of IPv6. */
const WIDE_IPV6 = 2 ** 112;

/** A rule that lets traffic pass between pods and a large part of the internet. */
export interface InternetRule {
  /** Index of the policy. */
  readonly policy: number;
  /** Position of the rule in its direction. */
  readonly at: number;
  readonly rule: PolicyRule;
  /** What it lets pass with public addresses, as far as policies that are asked before it leave it that. */
  readonly traffic: TrafficSet;
}

/** Whether so many public addresses are a part of the internet rather than somebody's. */
function isWide({ ipv4, ipv6 }: PublicCount): boolean {
  return ipv4 >= WIDE_IPV4 || ipv6 >= WIDE_IPV6;
}

/** Finds, row by row, the rules that let the internet in or out. */
export class InternetRules {
  readonly #rows: Record<Direction, Map<number, readonly InternetRule[]>> = {
    INGRESS: new Map(),
    EGRESS: new Map(),
  };
  readonly #wide = new Map<PolicyRule, boolean>();

  constructor(
    private readonly analysis: Analysis,
    private readonly addresses: RowAddresses,
  ) {}

  /** Those of a class that some policy selects. */
  of(direction: Direction, podClass: number): readonly InternetRule[] {
    const rows = this.#rows[direction];
    const row = this.analysis.rowOf(direction, podClass);
    let found = rows.get(row);
    if (found === undefined) {
      found = this.#find(direction, podClass);
      rows.set(row, found);
    }
    return found;
  }

  #find(direction: Direction, podClass: number): InternetRule[] {
    const { view, traffic } = this.analysis;
    const byRule = new Map<PolicyRule, InternetRule>();
    if (!this.#hasPublic(direction, podClass)) return [];
    for (const match of this.addresses.admitting(direction, podClass, this.addresses.internet)) {
      const rule = rulesOf(view.policy(match.policy).spec, direction)[match.rule]!;
      if (!this.#isWide(rule)) continue;
      const known = byRule.get(rule)?.traffic ?? [];
      const all = traffic.get(traffic.add([...known, ...match.traffic]));
      byRule.set(rule, { policy: match.policy, at: match.rule, rule, traffic: all });
    }
    return [...byRule.values()];
  }

  /** Most rows have no rule about public addresses at all. */
  #hasPublic(direction: Direction, podClass: number): boolean {
    const { analysis, addresses } = this;
    let found = false;
    analysis.eachEntry(direction, analysis.rowOf(direction, podClass), (entry) => {
      if (found) return;
      const { ipv4, ipv6 } = addresses.countPublicOfEntry(entry);
      found = ipv4 + ipv6 > 0;
    });
    return found;
  }

  #isWide(rule: PolicyRule): boolean {
    let found = this.#wide.get(rule);
    if (found === undefined) {
      const { addresses } = this;
      found = isWide(addresses.countPublic(addresses.atomsOfPeers(rule.peers)));
      this.#wide.set(rule, found);
    }
    return found;
  }
}
