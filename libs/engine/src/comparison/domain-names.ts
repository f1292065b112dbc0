import { type Direction, rulesOf } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_ROW } from '../snapshot-index.js';

/** By entry of a row: the domain names that its peer names; entries without any are not in it. */
export type EntryNames = ReadonlyMap<number, readonly string[]>;

const NO_NAMES: EntryNames = new Map();

export function namesOfRow(analysis: Analysis, direction: Direction, row: number): EntryNames {
  if (row === NO_ROW || !analysis.facts.rowUsesNames(direction, row)) return NO_NAMES;
  const { policy, entryRule, entryPeer } = analysis.index.compiled;
  const found = new Map<number, readonly string[]>();
  analysis.eachEntry(direction, row, (entry, compiled) => {
    const { spec } = analysis.view.policy(policy[compiled]!);
    const peer = rulesOf(spec, direction)[entryRule[entry]!]?.peers?.[entryPeer[entry]!];
    if (peer?.kind === 'domainNames') found.set(entry, peer.names);
  });
  return found;
}

/**
 * Names that stand for every name that an address may have, as far as rules tell them apart: none (null), each that a rule names,
 * and for each `*.example.com` some name under it that no rule names by itself. No name has a `*`, so the pattern is such a name.
 */
export function nameVariants(rows: readonly EntryNames[]): readonly (string | null)[] {
  return [null, ...new Set(rows.flatMap((names) => [...names.values()].flat()))];
}

/** Whether a name in a rule, perhaps with `*.` for whatever labels stand before, is that of an address. */
export function isDomainNamed(pattern: string, name: string | null): boolean {
  if (name === null) return false;
  return pattern === name || (pattern.startsWith('*.') && name.endsWith(pattern.slice(1)));
}
