import type { Analysis } from '../analysis.js';
import { overlap } from '../sets/atom-ranges.js';
import { groupOf } from '../sets/grouped.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { EVERYONE } from '../snapshot-index.js';

/** A peer of a rule, by its positions. */
export interface PeerPlace {
  /** Snapshot-wide index. */
  readonly policy: number;
  readonly rule: number;
  readonly peer: number;
}

/** Who has a policy that is cluster-scoped. */
const CLUSTER = -1;

/** The entries that match addresses, by the namespace of their policy. Both directions are in one list. */
export class AddressEntries {
  readonly #byNamespace = new Map<number, number[]>();
  readonly #policyOf: Int32Array;

  constructor(private readonly analysis: Analysis) {
    const { policy, entryOffsets, entryAddresses, entryTraffic } = analysis.index.compiled;
    this.#policyOf = new Int32Array(entryTraffic.length);
    for (const [id, index] of policy.entries()) {
      const namespace = analysis.view.namespaceOfPolicy(index);
      const known = this.#byNamespace.get(namespace) ?? [];
      this.#byNamespace.set(namespace, known);
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
        this.#policyOf[entry] = index;
        const set = entryAddresses[entry]!;
        if ((set >= 0 || set === EVERYONE) && entryTraffic[entry] !== NO_TRAFFIC) known.push(entry);
      }
    }
  }

  /**
   * Whether some policy that may select the same pods admits, with some of these addresses, some traffic of a peer of a
   * NetworkPolicy. It may also do so for other pods, or in the other direction: a yes is to be looked into.
   */
  mayPass(place: PeerPlace, addresses: Int32Array): boolean {
    const namespace = this.analysis.view.namespaceOfPolicy(place.policy);
    const beside = this.#byNamespace.get(namespace) ?? [];
    const { traffic, index } = this.analysis;
    const { entryRule, entryPeer, entryTraffic, entryAddresses } = index.compiled;
    const own = beside.filter(
      (entry) =>
        this.#policyOf[entry] === place.policy &&
        entryRule[entry] === place.rule &&
        entryPeer[entry] === place.peer,
    );
    const wanted = traffic.unionOf(own.map((entry) => entryTraffic[entry]!));
    const admits = (entry: number): boolean => {
      const set = entryAddresses[entry]!;
      return (
        (set === EVERYONE || overlap(groupOf(index.addressSets, set), addresses)) &&
        traffic.intersection(entryTraffic[entry]!, wanted) !== NO_TRAFFIC
      );
    };
    return beside.some(admits) || this.#byNamespace.get(CLUSTER)?.some(admits) === true;
  }
}
