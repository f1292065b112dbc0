import type { Direction } from '@portolan/model';
import { DIRECTIONS } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomCount } from '../build/address-atoms.js';
import { groupOf } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { EVERYONE, NO_CHAIN } from '../snapshot-index.js';
import { walkChain } from '../tier-walk.js';

/** A rule of a NetworkPolicy that has nothing to say, as admin policies decide about all of its traffic before. */
export interface OverriddenRule {
  readonly policy: number;
  readonly direction: Direction;
  readonly rule: number;
  /** The admin policies that decide (snapshot-wide indices), sorted. */
  readonly by: readonly number[];
}

/**
 * Rules of NetworkPolicies about whose traffic the admin tier always decides first, for every pod that they select and every
 * peer that they match now. A rule that passes decides nothing; a rule that matches nobody is not among them.
 */
export function findOverriddenRules(analysis: Analysis): OverriddenRule[] {
  return DIRECTIONS.flatMap((direction) => overriddenIn(analysis, direction));
}

interface Seen {
  readonly policy: number;
  readonly rule: number;
  readonly by: Set<number>;
  isOverridden: boolean;
  hasTraffic: boolean;
}

function overriddenIn(analysis: Analysis, direction: Direction): OverriddenRule[] {
  const { policy: policyOf, entryOffsets, entryRule } = analysis.index.compiled;
  const { rows, adminOfRow } = analysis.direction(direction);
  if (adminOfRow.every((chain) => chain === NO_CHAIN)) return [];
  const seen = new Map<string, Seen>();
  for (const [row, chain] of adminOfRow.entries())
    for (const id of groupOf(rows, row))
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
        const policy = policyOf[id]!;
        const rule = entryRule[entry]!;
        const key = `${policy} ${rule}`;
        let one = seen.get(key);
        if (one === undefined) {
          one = { policy, rule, by: new Set(), isOverridden: true, hasTraffic: false };
          seen.set(key, one);
        }
        if (one.isOverridden) lookAt(analysis, direction, chain, entry, one);
      }
  return [...seen.values()]
    .filter(({ isOverridden, hasTraffic }) => isOverridden && hasTraffic)
    .sort((a, b) => a.policy - b.policy || a.rule - b.rule)
    .map(({ policy, rule, by }) => ({
      policy,
      direction,
      rule,
      by: [...by].sort((a, b) => a - b),
    }));
}

/** Asks the admin tier about everything that an entry matches. */
function lookAt(
  analysis: Analysis,
  direction: Direction,
  chain: number,
  entry: number,
  seen: Seen,
): void {
  const { index, traffic } = analysis;
  const { compiled, classes, atoms, classSets, addressSets } = index;
  const wanted = compiled.entryTraffic[entry]!;
  if (wanted === NO_TRAFFIC) return;
  const policies = groupOf(analysis.direction(direction).chains, chain);
  const decides = (matches: (other: number) => boolean): void => {
    seen.hasTraffic = true;
    const { open } = walkChain({ compiled, traffic }, policies, wanted, matches, (_, id) =>
      seen.by.add(compiled.policy[id]!),
    );
    if (open !== NO_TRAFFIC) seen.isOverridden = false;
  };
  const set = compiled.entryClasses[entry]!;
  const peers = set === EVERYONE ? range(0, classes.count) : set < 0 ? [] : groupOf(classSets, set);
  for (const peer of peers) {
    decides((other) => analysis.entryAdmitsClass(other, peer));
    if (!seen.isOverridden) return;
  }
  const addresses = compiled.entryAddresses[entry]!;
  const ranges =
    addresses === EVERYONE
      ? [0, atomCount(atoms)]
      : addresses < 0
        ? []
        : groupOf(addressSets, addresses);
  for (let i = 0; i < ranges.length; i += 2)
    for (let atom = ranges[i]!; atom < ranges[i + 1]!; atom++) {
      const one = Int32Array.of(atom, atom + 1);
      decides((other) => analysis.entryAdmitsAtoms(other, one));
      if (!seen.isOverridden) return;
    }
}
