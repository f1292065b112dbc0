import type { HypotheticalPod, PolicySwitches, SegmentBytes } from '@portolan/model';
import type { AddressAtoms } from './build/address-atoms.js';
import type { Grouped } from './sets/grouped.js';

/** In an entry: the rule has no peers, so it admits every pod or every address. */
export const EVERYONE = -1;
/** In an entry: the peer is not of this sort (selectors name no address; a namespace's pods are no ipBlock). */
export const NOBODY = -2;
/** In an entry: the addresses of domain names, which nobody knows here: any address outside the cluster, perhaps. */
export const UNRESOLVED = -3;
/** In `entryPortNames`. Zero = the rule names no ports, or it is an egress rule for everyone and speaks of no pod in particular. */
export const PORT_NAMES = {
  /** Some name has a number on the destinations. */
  resolved: 1,
  /** Some name has none. */
  unresolved: 2,
  /** Some name has several on one pod. */
  ambiguous: 4,
} as const;
/** In `rowOfClass`: no policy selects the class in this direction. */
export const NO_ROW = -1;
/** The chain without policies. */
export const NO_CHAIN = 0;
/** In `podClass`: the pod takes no part (phase Succeeded or Failed). */
export const NO_CLASS = -1;

/**
 * Everything the engine knows of a snapshot, as integers in shared memory: any thread reads it without a copy.
 *
 * Pods that no policy can tell apart are one *class*. The policies that select a class in a direction are its *row*: a
 * chain of admin policies, the NetworkPolicies, a chain of baseline policies. They are *compiled policies* (policy,
 * direction, and the subject's port table where the rules name ports), made of *entries*: one for each peer of each
 * rule, with its action, the traffic, the classes and the addresses that it matches, and where it stands in the policy.
 */
export interface SnapshotIndex {
  /** The snapshot's objects; their bytes are in shared memory as well. */
  readonly segments: readonly SegmentBytes[];
  /** Pods that are taken to exist beside those of the snapshot: their indices come behind these. Nearly always none. */
  readonly hypothetical: readonly HypotheticalPod[];
  /** The reading of policies that it is built for. */
  readonly switches: PolicySwitches;
  /** Whether policies take effect; false only in what `withoutPolicies` makes. */
  readonly isEnforced: boolean;
  readonly pods: PodColumns;
  readonly classes: ClassColumns;
  readonly atoms: AddressAtoms;
  /** Traffic sets by id: runs of [protocol, from, to]. */
  readonly traffic: Grouped;
  /** Class sets by id: sorted classes. */
  readonly classSets: Grouped;
  /** By class: the class sets that have it. */
  readonly classSetsOfClass: Grouped;
  /** Address sets by id: sorted [first, end) pairs of atoms. */
  readonly addressSets: Grouped;
  readonly compiled: CompiledColumns;
  readonly ingress: DirectionColumns;
  readonly egress: DirectionColumns;
  /** Whether some peer's namespaceSelector looks at a label other than kubernetes.io/metadata.name. */
  readonly namespaceLabelsMatter: boolean;
  /** The same of the subjects of cluster-scoped policies. */
  readonly subjectLabelsMatter: boolean;
  /** Memory of all arrays in bytes, the segments included. */
  readonly byteLength: number;
}

export interface PodColumns {
  /** Class of each pod, or NO_CLASS. */
  readonly podClass: Int32Array;
  /** Workload (snapshot-wide index) of each pod; hypothetical pods have numbers behind all workloads, each its own. */
  readonly podWorkload: Int32Array;
  /** Node of each pod, or -1. Numbers below the snapshot's node count are its nodes, others are nodes only named by pods. */
  readonly podNode: Int32Array;
  /** The node with which a pod exchanges everything, whatever policies say; -1 = none, or not known. */
  readonly localNode: Int32Array;
  /** hostNetwork pods that take part, sorted. */
  readonly hostPods: Int32Array;
  /** By node: the pods on it that take part. */
  readonly podsOfNode: Grouped;
}

export interface ClassColumns {
  readonly count: number;
  readonly namespace: Int32Array;
  /** 1 = hostNetwork. */
  readonly host: Int32Array;
  /** 1 = to policies the pods are their node: hostNetwork pods, unless the plugin tells them from it. */
  readonly node: Int32Array;
  /** Atoms of the pods' addresses by class; empty when unknown. */
  readonly atoms: Grouped;
  /** By class: its pods. */
  readonly pods: Grouped;
  /** By namespace: first class; classes of a namespace are contiguous. */
  readonly firstOfNamespace: Int32Array;
  /** By workload: its classes; `podsInWorkload` beside each. */
  readonly ofWorkload: Grouped;
  readonly podsInWorkload: Int32Array;
}

export interface CompiledColumns {
  /** Policy (snapshot-wide index) of each compiled policy. */
  readonly policy: Int32Array;
  /** First entry of each compiled policy, and the end of the last. */
  readonly entryOffsets: Int32Array;
  readonly entryRule: Int32Array;
  /** Peer of the rule, or -1 when the rule has none. */
  readonly entryPeer: Int32Array;
  /** Index in RULE_ACTIONS. */
  readonly entryAction: Int32Array;
  readonly entryTraffic: Int32Array;
  /** What became of the port names of the rule on the destinations of the entry: bits of PORT_NAMES. */
  readonly entryPortNames: Int32Array;
  /** Class set, EVERYONE or NOBODY. */
  readonly entryClasses: Int32Array;
  /** Address set, EVERYONE, NOBODY or UNRESOLVED. */
  readonly entryAddresses: Int32Array;
}

export interface DirectionColumns {
  /** By class: its row, or NO_ROW. */
  readonly rowOfClass: Int32Array;
  /** By row: compiled NetworkPolicies. They isolate the classes of the row unless there are none. */
  readonly rows: Grouped;
  /** By row: the chain of its admin policies, and of its baseline policies. */
  readonly adminOfRow: Int32Array;
  readonly baselineOfRow: Int32Array;
  /** By chain: compiled policies in the order in which they are asked. */
  readonly chains: Grouped;
  /** By class set: [row, traffic] pairs, flattened, of the rows whose NetworkPolicies admit that set. */
  readonly uses: Grouped;
  /** [row, traffic] pairs, flattened, of entries of NetworkPolicies that admit every pod. */
  readonly usesOfEveryone: Int32Array;
  /** By policy: the classes it selects in this direction; empty when it does not govern it. */
  readonly subjects: Grouped;
}
