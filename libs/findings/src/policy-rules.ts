import {
  type Direction,
  DIRECTIONS,
  type PolicyPeer,
  type PolicyRecord,
  type PolicyRule,
  rulesOf,
  type SnapshotView,
} from '@portolan/model';
import { remembered } from './remembered.js';

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

/** Walks over the policies of a snapshot, in its order. Many rules take the same walks, so each is made once. */
export class PolicyRules {
  readonly #ranges = new Map<string, readonly PolicyRecord[]>();
  readonly #rules = new Map<readonly PolicyRecord[], readonly RuleAt[]>();
  readonly #peers = new Map<readonly PolicyRecord[], readonly PeerAt[]>();

  constructor(private readonly view: SnapshotView) {}

  /** Policies of every kind. */
  all(): readonly PolicyRecord[] {
    return this.#range(0, this.view.policyCount);
  }

  /** NetworkPolicies alone. */
  networkPolicies(): readonly PolicyRecord[] {
    return this.#range(0, this.view.firstClusterPolicy);
  }

  /** Cluster-scoped policies. */
  clusterScoped(): readonly PolicyRecord[] {
    return this.#range(this.view.firstClusterPolicy, this.view.policyCount);
  }

  #range(first: number, end: number): readonly PolicyRecord[] {
    return remembered(this.#ranges, `${first} ${end}`, () =>
      Array.from({ length: end - first }, (_, i) => this.view.policy(first + i)),
    );
  }

  /** Rules of the directions that their policies govern; others have no effect. */
  rules(policies = this.all()): readonly RuleAt[] {
    return remembered(this.#rules, policies, () => rulesAt(policies));
  }

  /** Peers of these rules. */
  peers(policies = this.all()): readonly PeerAt[] {
    return remembered(this.#peers, policies, () => peersAt(this.rules(policies)));
  }
}

function rulesAt(policies: readonly PolicyRecord[]): RuleAt[] {
  const found: RuleAt[] = [];
  for (const policy of policies)
    for (const direction of DIRECTIONS) {
      if (!policy.spec.directions.includes(direction)) continue;
      const rules = rulesOf(policy.spec, direction);
      for (let at = 0; at < rules.length; at++)
        found.push({ policy, direction, at, rule: rules[at]! });
    }
  return found;
}

function peersAt(rules: readonly RuleAt[]): PeerAt[] {
  const found: PeerAt[] = [];
  for (const { policy, direction, at, rule } of rules) {
    const peers = rule.peers ?? [];
    for (let peerAt = 0; peerAt < peers.length; peerAt++)
      found.push({ policy, direction, at, rule, peer: peers[peerAt]!, peerAt });
  }
  return found;
}
