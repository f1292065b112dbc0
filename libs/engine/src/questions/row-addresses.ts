import {
  compareWords,
  countAddresses,
  type Direction,
  lastWords,
  parseCidr,
  type PolicyPeer,
  type RuleMatch,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import {
  atomBounds,
  atomCount,
  atomsOfFamily,
  atomsOfNetworks,
  type AddressAtoms,
} from '../build/address-atoms.js';
import { groupOf } from '../sets/grouped.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../sets/traffic-sets.js';
import { EVERYONE, NO_ROW } from '../snapshot-index.js';
import { AddressEntries, type PeerPlace } from './address-entries.js';
import {
  addressTest,
  cutsOfRow,
  piecesBetween,
  trafficWithAddresses,
  trafficWithSomeAddress,
} from './external-traffic.js';
import { PUBLIC_CIDRS } from './public-addresses.js';
import { RuleMatches } from './reasons.js';

/** How many public addresses there are of each family; of IPv6 about as many. */
export interface PublicCount {
  readonly ipv4: number;
  readonly ipv6: number;
}

/**
 * What the policies of a row let pass with addresses outside the cluster, for those who judge rows rather than ask about
 * endpoints. Any class of a row stands for it. Addresses are sorted, disjoint [first, end) pairs of atoms.
 */
export class RowAddresses {
  /** All addresses. */
  readonly everywhere: Int32Array;
  /** The atoms that have public addresses. */
  readonly internet: Int32Array;
  readonly #publicOfAtom: Float64Array;
  /** By atom, the public IPv4 addresses before it. */
  readonly #publicBefore: Float64Array;
  readonly #ofSets = new Map<number, PublicCount>();
  readonly #ofPeers = new Map<PolicyPeer, Int32Array>();
  readonly #cuts: Record<Direction, Map<number, Int32Array>> = {
    INGRESS: new Map(),
    EGRESS: new Map(),
  };
  #entries: AddressEntries | null = null;

  constructor(private readonly analysis: Analysis) {
    const { atoms } = analysis.index;
    this.everywhere = Int32Array.of(0, atomCount(atoms));
    this.internet = this.atomsOf(PUBLIC_CIDRS);
    this.#publicOfAtom = countPublicOfAtoms(atoms);
    const [, endOfIpv4] = atomsOfFamily(atoms, 4);
    this.#publicBefore = new Float64Array(endOfIpv4 + 1);
    for (let atom = 0; atom < endOfIpv4; atom++)
      this.#publicBefore[atom + 1] = this.#publicBefore[atom]! + this.#publicOfAtom[atom]!;
  }

  /** The atoms that networks touch. Of networks of policies these are exactly their addresses. */
  atomsOf(cidrs: readonly string[]): Int32Array {
    return atomsOfNetworks(this.analysis.index.atoms, { cidrs, except: [] });
  }

  /** The addresses that a peer of a rule names; null = the rule has no peers. */
  atomsOfPeer(peer: PolicyPeer | null): Int32Array {
    if (peer === null) return this.everywhere;
    let found = this.#ofPeers.get(peer);
    if (found === undefined) {
      found =
        peer.kind === 'networks'
          ? atomsOfNetworks(this.analysis.index.atoms, peer)
          : new Int32Array(0);
      this.#ofPeers.set(peer, found);
    }
    return found;
  }

  /** The addresses that some peer of a rule names; null = the rule has no peers. */
  atomsOfPeers(peers: readonly PolicyPeer[] | null): Int32Array {
    if (peers === null) return this.everywhere;
    const [only = null] = peers;
    return peers.length === 1
      ? this.atomsOfPeer(only)
      : united(peers.map((one) => this.atomsOfPeer(one)));
  }

  /** The traffic (its id) that passes with at least one of some addresses. */
  withSome(direction: Direction, podClass: number, addresses: Int32Array): number {
    return trafficWithSomeAddress(this.analysis, direction, podClass, addresses);
  }

  /**
   * Of some traffic (an id), what passes with each and every one of some addresses. Whatever else passes is not looked at:
   * what many rules admit together may be a set of its own for every address.
   */
  withEach(
    direction: Direction,
    podClass: number,
    addresses: Int32Array,
    within = FULL_TRAFFIC,
  ): number {
    const { analysis } = this;
    const row = analysis.rowOf(direction, podClass);
    if (row === NO_ROW) return within;
    let common = within;
    for (const alike of piecesBetween(this.#cutsOf(direction, row), addresses)) {
      if (common === NO_TRAFFIC) break;
      const matches = addressTest(analysis, alike);
      const { allowed, open } = analysis.rowVerdict(direction, row, common, matches);
      common = analysis.traffic.union(allowed, open);
    }
    return common;
  }

  /**
   * Whether some policy that may select the same pods as a NetworkPolicy admits, with some addresses, some traffic of one of its
   * peers. A no holds for all its pods, however many rows they have.
   */
  mayPass(place: PeerPlace, addresses: Int32Array): boolean {
    return (this.#entries ??= new AddressEntries(this.analysis)).mayPass(place, addresses);
  }

  /** The addresses with which all of some traffic (an id) passes. */
  withAll(direction: Direction, podClass: number, wanted: number): Int32Array {
    const subjects = [{ podClass, asked: wanted }];
    const { cuts, traffic } = trafficWithAddresses(this.analysis, direction, subjects);
    const found: number[] = [];
    traffic.forEach((one, piece) => {
      if (one !== wanted) return;
      const [first, end] = [cuts[piece]!, cuts[piece + 1]!];
      if (found.at(-1) === first) found[found.length - 1] = end;
      else found.push(first, end);
    });
    return Int32Array.from(found);
  }

  /** The rules that let traffic (an id) of a class pass with some of these addresses, in the order in which they are asked. */
  admitting(
    direction: Direction,
    podClass: number,
    addresses: Int32Array,
    within = FULL_TRAFFIC,
  ): RuleMatch[] {
    const matches = new RuleMatches(this.analysis, direction);
    matches.add(podClass, { atoms: addresses }, within);
    return matches.list('ALLOW');
  }

  #cutsOf(direction: Direction, row: number): Int32Array {
    let found = this.#cuts[direction].get(row);
    if (found === undefined) {
      found = cutsOfRow(this.analysis, direction, row);
      this.#cuts[direction].set(row, found);
    }
    return found;
  }

  /** How many of some addresses are public. */
  countPublic(addresses: Int32Array): PublicCount {
    const [ipv6] = atomsOfFamily(this.analysis.index.atoms, 6);
    const count = { ipv4: 0, ipv6: 0 };
    for (let i = 0; i < addresses.length; i += 2) {
      const [first, end] = [addresses[i]!, addresses[i + 1]!];
      if (first < ipv6)
        count.ipv4 += this.#publicBefore[Math.min(end, ipv6)]! - this.#publicBefore[first]!;
      // There are so many that differences of sums would lose the small ones.
      for (let atom = Math.max(first, ipv6); atom < end; atom++)
        count.ipv6 += this.#publicOfAtom[atom]!;
    }
    return count;
  }

  /** The same of the addresses that an entry of a rule matches; each set of addresses is counted once. */
  countPublicOfEntry(entry: number): PublicCount {
    const set = this.analysis.index.compiled.entryAddresses[entry]!;
    let found = this.#ofSets.get(set);
    if (found === undefined) {
      const { addressSets } = this.analysis.index;
      found = this.countPublic(
        set === EVERYONE ? this.everywhere : set < 0 ? NOWHERE : groupOf(addressSets, set),
      );
      this.#ofSets.set(set, found);
    }
    return found;
  }
}

const NOWHERE = new Int32Array(0);

function countPublicOfAtoms(atoms: AddressAtoms): Float64Array {
  const counts = new Float64Array(atomCount(atoms));
  for (const text of PUBLIC_CIDRS) {
    const { words, ...cidr } = parseCidr(text);
    const end = lastWords({ words, ...cidr });
    const [first = 0, stop = 0] = atomsOfNetworks(atoms, { cidrs: [text], except: [] });
    for (let atom = first; atom < stop; atom++) {
      const bounds = atomBounds(atoms, atom);
      const from = compareWords(bounds.first, words) < 0 ? words : bounds.first;
      const to = compareWords(end, bounds.last) < 0 ? end : bounds.last;
      counts[atom]! += countAddresses(from, to);
    }
  }
  return counts;
}

/** What lies in one of several lists of ranges. */
function united(lists: readonly Int32Array[]): Int32Array {
  const ranges = lists
    .flatMap((list) =>
      Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i]!, list[2 * i + 1]!] as const),
    )
    .sort(([a], [b]) => a - b);
  const found: number[] = [];
  for (const [first, end] of ranges)
    if (found.length > 0 && first <= found.at(-1)!)
      found[found.length - 1] = Math.max(found.at(-1)!, end);
    else found.push(first, end);
  return Int32Array.from(found);
}
