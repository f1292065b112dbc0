import { type AccessReason, type Direction, type RuleMatch } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NOT_ISOLATED } from '../snapshot-index.js';

/** Class pairs beyond this many are not looked at for one row's reasons: the rules named are then not all. */
const REASON_PAIRS_LIMIT = 4096;

/** Who stands on the other end: a class, or addresses. */
export type Peer = { readonly podClass: number } | { readonly atoms: Int32Array };

/** One end of a connection as a side sees it: the pods' class (null = addresses outside the cluster) and its peer. */
export interface Side {
  readonly subject: number | null;
  readonly peer: Peer;
}

/** Collects the rules that admit traffic on one side, and what they contribute to `within`. */
export class RuleMatches {
  readonly #byEntry = new Map<number, { compiled: number; traffic: number }>();

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
  ) {}

  add(subject: number, peer: Peer, within: number): void {
    const { analysis, direction } = this;
    const row = analysis.rowOf(direction, subject);
    if (row === NOT_ISOLATED) return;
    const { entryTraffic } = analysis.index.compiled;
    analysis.eachEntry(direction, row, (entry, compiled) => {
      if (!admits(analysis, entry, peer)) return;
      const contributed = analysis.traffic.intersection(entryTraffic[entry]!, within);
      if (contributed === NO_TRAFFIC) return;
      const known = this.#byEntry.get(entry)?.traffic ?? NO_TRAFFIC;
      this.#byEntry.set(entry, { compiled, traffic: analysis.traffic.union(known, contributed) });
    });
  }

  /** The traffic that the rules admit together. */
  get admitted(): number {
    let admitted = NO_TRAFFIC;
    for (const { traffic } of this.#byEntry.values())
      admitted = this.analysis.traffic.union(admitted, traffic);
    return admitted;
  }

  /** A policy compiled for several port tables has several entries of one rule: they are one match. */
  list(): RuleMatch[] {
    const { policy, entryRule, entryPeer } = this.analysis.index.compiled;
    const matches = new Map<string, { match: Omit<RuleMatch, 'traffic'>; traffic: number }>();
    for (const [entry, { compiled, traffic }] of this.#byEntry) {
      const match = {
        policy: policy[compiled]!,
        direction: this.direction,
        rule: entryRule[entry]!,
        peer: entryPeer[entry]! < 0 ? null : entryPeer[entry]!,
      };
      const key = `${String(match.policy)} ${String(match.rule)} ${String(match.peer)}`;
      const known = matches.get(key)?.traffic ?? NO_TRAFFIC;
      matches.set(key, { match, traffic: this.analysis.traffic.union(known, traffic) });
    }
    return [...matches.values()]
      .sort(
        ({ match: a }, { match: b }) =>
          a.policy - b.policy || a.rule - b.rule || (a.peer ?? -1) - (b.peer ?? -1),
      )
      .map(({ match, traffic }) => ({ ...match, traffic: this.analysis.traffic.get(traffic) }));
  }
}

const NOT_GOVERNED_REASON: AccessReason = { code: 'NOT_GOVERNED', rules: [] };
const NOT_ISOLATED_REASON: AccessReason = { code: 'NOT_ISOLATED', rules: [] };

/** Why one side of a row lets `within` pass, over all its class pairs. */
export function reasonOf(
  analysis: Analysis,
  direction: Direction,
  sides: readonly Side[],
  within: number,
): AccessReason {
  let matches: RuleMatches | null = null;
  let free = NOT_GOVERNED_REASON;
  const looked = Math.min(sides.length, REASON_PAIRS_LIMIT);
  for (let i = 0; i < looked; i++) {
    const { subject, peer } = sides[i]!;
    if (subject === null || analysis.isHost(subject)) continue;
    if (analysis.rowOf(direction, subject) === NOT_ISOLATED) free = NOT_ISOLATED_REASON;
    else {
      matches ??= new RuleMatches(analysis, direction);
      matches.add(subject, peer, within);
    }
  }
  if (matches === null) return free;
  const rules = matches.list();
  if (free === NOT_ISOLATED_REASON) return { code: 'NOT_ISOLATED', rules };
  // What no rule explains on an isolated side passes because of the node.
  const isExplained = analysis.traffic.difference(within, matches.admitted) === NO_TRAFFIC;
  return { code: isExplained ? 'ALLOWED_BY_POLICY' : 'NODE_LOCAL', rules };
}

function admits(analysis: Analysis, entry: number, peer: Peer): boolean {
  return 'podClass' in peer
    ? analysis.entryAdmitsClass(entry, peer.podClass)
    : analysis.entryAdmitsAtoms(entry, peer.atoms);
}
