import { RULE_ACTIONS } from '@portolan/model';
import { groupOf } from './sets/grouped.js';
import { NO_TRAFFIC, type TrafficSets } from './sets/traffic-sets.js';
import { TrafficSum } from './sets/traffic-sum.js';
import type { CompiledColumns, DirectionColumns } from './snapshot-index.js';

export const ALLOW = RULE_ACTIONS.indexOf('ALLOW');
export const PASS = RULE_ACTIONS.indexOf('PASS');

/** The tables of an index that entries refer to. */
export interface EntryTables {
  readonly compiled: CompiledColumns;
  readonly traffic: TrafficSets;
}

/** What policies do with traffic between a class and a peer. */
export interface TierVerdict {
  /** What rules allow. */
  readonly allowed: number;
  /** What is left open, for the next tier; behind the last tier it passes. */
  readonly open: number;
}

/** Told of every rule that decides about some traffic, in the order in which the tiers are asked. */
export type DecisionVisitor = (entry: number, compiled: number, traffic: number) => void;

const NOBODY_WATCHES: DecisionVisitor = () => undefined;

/**
 * Asks a row about `within`, tier by tier (Network Policy API): its admin policies in order; its NetworkPolicies, of which
 * any rule allows and which decide finally; where there are none its baseline policies in order. `matches` says which
 * entries match the peer.
 */
export function walkTiers(
  tables: EntryTables,
  { rows, chains, adminOfRow, baselineOfRow }: DirectionColumns,
  row: number,
  within: number,
  matches: (entry: number) => boolean,
  visit: DecisionVisitor = NOBODY_WATCHES,
): TierVerdict {
  const { traffic } = tables;
  const admin = walkChain(tables, groupOf(chains, adminOfRow[row]!), within, matches, visit);
  const networkPolicies = groupOf(rows, row);
  const next =
    networkPolicies.length > 0
      ? walkNetworkPolicies(tables, networkPolicies, admin.open, matches, visit)
      : walkChain(tables, groupOf(chains, baselineOfRow[row]!), admin.open, matches, visit);
  return { allowed: traffic.union(admin.allowed, next.allowed), open: next.open };
}

/** Asks policies in order. The first rule that matches decides; what a rule passes, and what none matches, stays open. */
export function walkChain(
  { compiled, traffic }: EntryTables,
  policies: Int32Array,
  within: number,
  matches: (entry: number) => boolean,
  visit: DecisionVisitor = NOBODY_WATCHES,
): TierVerdict {
  const { entryOffsets, entryTraffic, entryAction } = compiled;
  let allowed = NO_TRAFFIC;
  let passed = NO_TRAFFIC;
  let undecided = within;
  for (const id of policies)
    for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
      if (undecided === NO_TRAFFIC) break;
      if (!matches(entry)) continue;
      const matched = traffic.intersection(entryTraffic[entry]!, undecided);
      if (matched === NO_TRAFFIC) continue;
      visit(entry, id, matched);
      undecided = traffic.difference(undecided, matched);
      if (entryAction[entry] === ALLOW) allowed = traffic.union(allowed, matched);
      else if (entryAction[entry] === PASS) passed = traffic.union(passed, matched);
    }
  return { allowed, open: traffic.union(undecided, passed) };
}

/** Rules add up, and leave nothing open. */
function walkNetworkPolicies(
  { compiled, traffic }: EntryTables,
  policies: Int32Array,
  within: number,
  matches: (entry: number) => boolean,
  visit: DecisionVisitor,
): TierVerdict {
  const allowed = new TrafficSum(traffic);
  for (const id of policies)
    for (let entry = compiled.entryOffsets[id]!; entry < compiled.entryOffsets[id + 1]!; entry++) {
      const admitted = compiled.entryTraffic[entry]!;
      // The cheap test first: most entries match nobody.
      if (admitted === NO_TRAFFIC || !matches(entry)) continue;
      const matched = traffic.intersection(admitted, within);
      if (matched === NO_TRAFFIC) continue;
      visit(entry, id, matched);
      allowed.add(matched);
    }
  return { allowed: allowed.total(), open: NO_TRAFFIC };
}
