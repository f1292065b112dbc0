import type { Direction } from './policy.js';
import type { WorkloadKind } from './segment.js';
import type { LabelSelector } from './selector.js';
import type { TrafficSet } from './traffic.js';

/** Answers are plain data: they cross threads and are cached as they are. Objects are named by their snapshot-wide index. */
export type Verdict = 'ALLOWED' | 'DENIED' | 'PARTIAL' | 'UNKNOWN';

/** One side of a row. `index` is the object's position in the snapshot (see SnapshotView). */
export type EndpointRef =
  | {
      readonly kind: 'workload';
      readonly index: number;
      readonly namespace: string;
      readonly name: string;
      readonly workloadKind: WorkloadKind;
      readonly kindName: string;
    }
  | {
      readonly kind: 'pod';
      readonly index: number;
      readonly namespace: string;
      readonly name: string;
    }
  | {
      readonly kind: 'service';
      readonly index: number;
      readonly namespace: string;
      readonly name: string;
    }
  | { readonly kind: 'namespace'; readonly index: number; readonly name: string }
  /** The pods that a `selector` or `cidr` question meant. */
  | { readonly kind: 'selection'; readonly text: string; readonly pods: number }
  /** Pods that need not exist: the one that was asked about, or all of a row. Both selectors must match. */
  | {
      readonly kind: 'hypothetical';
      readonly text: string;
      readonly namespaces: LabelSelector;
      readonly pods: LabelSelector;
      readonly isEntireCluster: boolean;
    }
  | {
      readonly kind: 'external';
      readonly cidrs: readonly string[];
      readonly includesInternet: boolean;
    };

/** Names a rule of a policy of the snapshot; `peer` = index of the peer that matched, null = a rule without peers. */
export interface RuleRef {
  readonly policy: number;
  readonly direction: Direction;
  readonly rule: number;
  readonly peer: number | null;
}

/** A rule that decides about traffic, and the traffic between the two endpoints that it decides about. */
export interface RuleMatch extends RuleRef {
  readonly traffic: TrafficSet;
}

/** Why one side lets traffic pass. */
export type AccessReasonCode =
  | 'NOT_ISOLATED'
  | 'ALLOWED_BY_POLICY'
  | 'ALLOWED_BY_ADMIN_POLICY'
  | 'ALLOWED_BY_BASELINE_POLICY'
  | 'NOT_GOVERNED'
  | 'NOT_ENFORCED'
  | 'NODE_LOCAL';
export interface AccessReason {
  readonly code: AccessReasonCode;
  /** Rules that allow some of the traffic, of any tier. */
  readonly rules: readonly RuleMatch[];
}

/**
 * Allowed traffic from one endpoint to another. For endpoints of several pods: what at least one pod of the source may
 * send to at least one pod of the destination.
 */
export interface AllowedAccess {
  readonly source: EndpointRef;
  readonly destination: EndpointRef;
  readonly traffic: TrafficSet;
  /** Null when the question did not ask for reasons; then there are no caveats either. */
  readonly egressReason: AccessReason | null;
  readonly ingressReason: AccessReason | null;
  readonly caveats: readonly Caveat[];
}

/** A page of rows; `totalCount` counts all pages. */
export interface AccessPage {
  readonly rows: readonly AllowedAccess[];
  readonly totalCount: number;
  readonly caveats: readonly Caveat[];
}

/** What kept a rule from matching. */
export type NearMissReason =
  | 'POD_LABEL'
  | 'NAMESPACE_LABEL'
  | 'NAMESPACE_NOT_LABELLED'
  | 'PORT'
  | 'SERVICE_PORT_USED'
  | 'PORT_NAME'
  | 'PROTOCOL'
  | 'IP_EXCEPT'
  | 'IP_BLOCK_OF_POD'
  | 'WRONG_NAMESPACE';

/** A rule that almost matched, and what did not match. */
export interface NearMiss extends RuleRef {
  readonly reason: NearMissReason;
  readonly detail: string;
}

/** What one side says about a connection, and by which policies. */
export interface SideExplanation {
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly reason: AccessReasonCode | 'DENIED_BY_ISOLATION' | 'DENIED_BY_POLICY';
  /** Whether some NetworkPolicy isolates the pod in this direction. */
  readonly isolated: boolean;
  /** NetworkPolicies (indices) that isolate the pod in this direction. */
  readonly isolatedBy: readonly number[];
  /** Whether some of what is asked is refused because the pod is isolated and no rule admits it. */
  readonly refusedByIsolation: boolean;
  /** Rules that allow some of what is asked, in the order in which they are asked. */
  readonly allowedBy: readonly RuleMatch[];
  /** Rules of admin and baseline policies that deny some of it. */
  readonly deniedBy: readonly RuleMatch[];
  /** Rules of admin and baseline policies that leave some of it to the next tier. */
  readonly passedBy: readonly RuleMatch[];
  /** Rules that may allow some of it: whether the peer is an address of their domain names is not known. */
  readonly maybeAllowedBy: readonly RuleMatch[];
  readonly nearMisses: readonly NearMiss[];
}

/** Both sides of an answer. */
export interface Explanation {
  /** Pairs of pods looked at, and the pair that the two sides speak of (`shop/web-1`, `10.1.0.0/16`): a denied one, if any. */
  readonly pairs: number;
  readonly source: string;
  readonly destination: string;
  readonly egress: SideExplanation;
  readonly ingress: SideExplanation;
}

/** The answer to `canReach`. */
export interface ReachabilityAnswer {
  readonly from: EndpointRef;
  readonly to: EndpointRef;
  readonly verdict: Verdict;
  /** As the question said: false = nothing enforces policies. */
  readonly isEnforced: boolean;
  /** What the policies say; differs from `verdict` only where nothing enforces them. */
  readonly verdictIfEnforced: Verdict;
  /** The part of the traffic asked about that at least one pair of pods may exchange. */
  readonly allowed: TrafficSet;
  /** The part that at least one pair may not exchange. Both overlap when the verdict is PARTIAL over several pairs. */
  readonly denied: TrafficSet;
  /** The part of which it is not known for at least one pair: see the caveats. */
  readonly unknown: TrafficSet;
  /** Of what the policies say, whether or not they are enforced. */
  readonly explanation: Explanation;
  readonly caveats: readonly Caveat[];
}

/** Stable codes of what an answer rests on. */
export const CAVEAT_CODES = [
  'SNAPSHOT_PARTIAL',
  'UNSUPPORTED_POLICY_KIND',
  'UNSUPPORTED_POLICY_FIELD',
  'PRIORITY_AMBIGUOUS',
  'DOMAIN_NAMES_NOT_RESOLVED',
  'HOST_NETWORK',
  'IP_BLOCK_MATCHES_PODS',
  'POD_ADDRESS_UNKNOWN',
  'SOURCE_ADDRESS_MAY_BE_TRANSLATED',
  'NAMED_PORT_UNRESOLVED',
  'NAMED_PORT_AMBIGUOUS',
  'NAMESPACE_NOT_DECLARED',
  'NODE_LOCAL_ALWAYS_ALLOWED',
  'NON_IP_PROTOCOL_UNDEFINED',
  'SERVICE_ADDRESS',
  'INGRESS_CONTROLLER_UNKNOWN',
  'TEMPLATE_SKIPPED',
  'INVALID_OBJECT_SKIPPED',
  'POLICIES_NOT_ENFORCED',
  'PROFILES_DIFFER',
  'ENFORCEMENT_UNKNOWN',
  'RESULT_TRUNCATED',
  'SETTINGS_PROPOSED',
] as const;
/** A code of CAVEAT_CODES. */
export type CaveatCode = (typeof CAVEAT_CODES)[number];

/** A reason to doubt an answer. */
export interface Caveat {
  readonly code: CaveatCode;
  readonly message: string;
}

/** The question names something that the snapshot does not have, or that cannot be asked. */
export interface QuestionProblem {
  readonly code: 'NOT_FOUND' | 'INVALID';
  readonly message: string;
  /** Which argument: `target`, `source`, `from`, `to`, `traffic`. */
  readonly argument: string;
}

/** An engine function answers, or says what is wrong with the question. */
export type Asked<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly problem: QuestionProblem };

// --- Diff -------------------------------------------------------------------------------------------------------------

/** Whether traffic was opened, closed, or both (ALTERED). */
export type AccessChangeKind = 'OPENED' | 'CLOSED' | 'ALTERED';

/** A side of a change: `index` in `EndpointRef` refers to the head, or to the base when `side` says so. */
export interface ChangedEndpoint {
  readonly side: 'BASE' | 'HEAD';
  readonly ref: EndpointRef;
}

/** What changed between two endpoints. */
export interface AccessChange {
  readonly source: ChangedEndpoint;
  readonly destination: ChangedEndpoint;
  readonly kind: AccessChangeKind;
  readonly before: TrafficSet;
  readonly after: TrafficSet;
  readonly opened: TrafficSet;
  readonly closed: TrafficSet;
  /** Indices into `objectChanges`. */
  readonly causedBy: readonly number[];
}

/** Kinds of object that a diff compares. */
export type ChangedObjectKind = 'NAMESPACE' | 'WORKLOAD' | 'POD' | 'POLICY' | 'NODE';

/** An object that differs between two snapshots. */
export interface ObjectChange {
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly kind: ChangedObjectKind;
  /** `shop/web (Deployment)`, `NetworkPolicy shop/web-allow`, … */
  readonly displayName: string;
  /** Index in the base snapshot; null when added. */
  readonly before: number | null;
  /** Index in the head snapshot; null when removed. */
  readonly after: number | null;
  /** What differs, in words: `labels`, `spec.ingress[0]`, … */
  readonly fields: readonly string[];
  readonly affectsAccess: boolean;
}

/** What a diff found, in numbers; also what its lists leave out. */
export interface DiffSummary {
  readonly opened: number;
  readonly closed: number;
  readonly altered: number;
  readonly internetIngressOpened: number;
  readonly internetEgressOpened: number;
  readonly crossNamespaceOpened: number;
  readonly newlyUnprotected: number;
  readonly text: string;
}

/** The difference of two snapshots. */
export interface SnapshotDiff {
  readonly equivalent: boolean;
  readonly summary: DiffSummary;
  /** Riskiest first; cut at the engine's limit, with the caveat RESULT_TRUNCATED. */
  readonly changes: readonly AccessChange[];
  readonly objectChanges: readonly ObjectChange[];
  /** Workloads (indices in the head) that lost all isolation in some direction. */
  readonly newlyUnprotected: readonly number[];
  readonly caveats: readonly Caveat[];
}
