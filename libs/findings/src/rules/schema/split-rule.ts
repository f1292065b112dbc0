import type { Analysis } from '@portolan/engine';
import type { Direction } from '@portolan/model';

/** Two rules of a policy that may have been one: the first has peers and no ports, the second ports and no peers. */
export interface SplitRule {
  /** Snapshot-wide index of the policy. */
  readonly policy: number;
  readonly direction: Direction;
  /** Positions in `spec.ingress` or `spec.egress`. */
  readonly withPeers: number;
  readonly withPorts: number;
}

/** What two rules let pass that the one rule would not, and nothing else in force does. */
export interface SplitEffect {
  /** The peers may use ports besides those of the other rule. */
  opensPorts: boolean;
  /** Pods that are no peers may use the ports. */
  opensToPods: boolean;
  /** So may addresses that are no peers, as of the internet. */
  opensToAddresses: boolean;
}

/** How many verdicts may be asked for: a snapshot made to be slow finds nothing rather than no end. */
export class Effort {
  constructor(private left: number) {}

  /** False when it is used up. */
  spend(): boolean {
    return this.left-- > 0;
  }
}

/** Judges a pair of rules on one class of pods that the policy selects; null when the effort is used up. */
export function splitEffect(
  analysis: Analysis,
  split: SplitRule,
  subject: number,
  effort: Effort,
): SplitEffect | null {
  const effect = { opensPorts: false, opensToPods: false, opensToAddresses: false };
  const row = analysis.rowOf(split.direction, subject);
  if (row < 0) return effect;
  const { peerEntries, portEntries } = entriesOf(analysis, split, row);
  const { traffic, index } = analysis;
  const ports = [...portEntries].reduce(
    (union, entry) => traffic.union(union, index.compiled.entryTraffic[entry]!),
    NOTHING,
  );
  /** What the pair adds for a peer, beyond what the one rule would add. */
  const extra = (matches: (entry: number) => boolean): readonly [isPeer: boolean, id: number] => {
    const all = analysis.rowTraffic(split.direction, row, matches);
    const rest = analysis.rowTraffic(
      split.direction,
      row,
      (entry) => !peerEntries.has(entry) && !portEntries.has(entry) && matches(entry),
    );
    const added = traffic.difference(all, rest);
    const isPeer = [...peerEntries].some(matches);
    return [isPeer, isPeer ? traffic.difference(added, ports) : added];
  };
  for (let atom = 0; atom < atomCount(analysis) && !effect.opensToAddresses; atom++) {
    if (!effort.spend()) return null;
    const ranges = Int32Array.of(atom, atom + 1);
    const [isPeer, id] = extra((entry) => analysis.entryAdmitsAtoms(entry, ranges));
    if (id === NOTHING || analysis.facts.isPodAddress(atom)) continue;
    if (isPeer) effect.opensPorts = true;
    else effect.opensToAddresses = true;
  }
  const otherWay = split.direction === 'INGRESS' ? 'EGRESS' : 'INGRESS';
  for (let peer = 0; peer < index.classes.count; peer++) {
    if (effect.opensPorts && (effect.opensToPods || effect.opensToAddresses)) break;
    if (analysis.isNode(peer)) continue;
    if (!effort.spend()) return null;
    const [isPeer, id] = extra((entry) => analysis.entryAdmitsClass(entry, peer));
    if (id === NOTHING) continue;
    if (traffic.intersection(id, analysis.sideTraffic(otherWay, peer, subject)) === NOTHING)
      continue;
    if (isPeer) effect.opensPorts = true;
    else effect.opensToPods = true;
  }
  return effect;
}

/** The id of the empty traffic set. */
const NOTHING = 0;

function atomCount({ index }: Analysis): number {
  return index.atoms.ipv4.length + index.atoms.ipv6.length / 4;
}

function entriesOf(
  analysis: Analysis,
  { policy, direction, withPeers, withPorts }: SplitRule,
  row: number,
): { peerEntries: Set<number>; portEntries: Set<number> } {
  const peerEntries = new Set<number>();
  const portEntries = new Set<number>();
  const { compiled } = analysis.index;
  analysis.eachEntry(direction, row, (entry, id) => {
    if (compiled.policy[id] !== policy) return;
    if (compiled.entryRule[entry] === withPeers) peerEntries.add(entry);
    if (compiled.entryRule[entry] === withPorts) portEntries.add(entry);
  });
  return { peerEntries, portEntries };
}
