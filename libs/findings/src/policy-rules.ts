import {
  type Direction,
  DIRECTIONS,
  type PolicyPeer,
  type PolicyRecord,
  type PolicyRule,
  rulesOf,
  type SnapshotView,
} from '@portolan/model';

/** A rule of a policy, and where it stands. */
export interface RuleAt {
  readonly policy: PolicyRecord;
  readonly direction: Direction;
  /** Position in `spec.ingress` or `spec.egress`. */
  readonly at: number;
  readonly rule: PolicyRule;
}

/** A peer of a rule, and where it stands. */
export interface PeerAt extends RuleAt {
  readonly peer: PolicyPeer;
  /** Position in `from` or `to`. */
  readonly peerAt: number;
}

/** Walks over the policies of a snapshot, in its order. */
export class PolicyRules {
  constructor(private readonly view: SnapshotView) {}

  /** Policies of every kind. */
  *all(): Generator<PolicyRecord> {
    for (let index = 0; index < this.view.policyCount; index++) yield this.view.policy(index);
  }

  /** NetworkPolicies alone. */
  *networkPolicies(): Generator<PolicyRecord> {
    for (let index = 0; index < this.view.firstClusterPolicy; index++)
      yield this.view.policy(index);
  }

  /** Cluster-scoped policies. */
  *clusterScoped(): Generator<PolicyRecord> {
    for (let index = this.view.firstClusterPolicy; index < this.view.policyCount; index++)
      yield this.view.policy(index);
  }

  /** Rules of the directions that their policies govern; others have no effect. */
  *rules(policies: Iterable<PolicyRecord> = this.all()): Generator<RuleAt> {
    for (const policy of policies)
      for (const direction of DIRECTIONS)
        if (policy.spec.directions.includes(direction))
          for (const [at, rule] of rulesOf(policy.spec, direction).entries())
            yield { policy, direction, at, rule };
  }

  /** Peers of these rules. */
  *peers(policies: Iterable<PolicyRecord> = this.all()): Generator<PeerAt> {
    for (const found of this.rules(policies))
      for (const [peerAt, peer] of (found.rule.peers ?? []).entries())
        yield { ...found, peer, peerAt };
  }
}
