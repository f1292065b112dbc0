/**
 * The slow and obvious evaluator: what the semantics page says, rule by rule, for one pair of endpoints and one port at a
 * time, over objects as they stand in manifests. It shares nothing with the engine but the names of protocols,
 * directions and reasons; where both disagree, one of them is wrong.
 *
 * Where the page leaves a choice, this is the literal reading:
 * - A template stands for several pods: traffic from it to itself is traffic between two of them, and not "a pod reaches
 *   itself".
 * - Of a template count labels, ports and hostNetwork: where its pods run is not known, even if it names a node.
 * - "Own node" is `spec.nodeName`, whether or not a Node object declares it. The node's traffic is that of its addresses
 *   (InternalIP, ExternalIP) and of the hostNetwork pods with the same `nodeName`.
 * - A hostNetwork pod has the addresses of its node, and those of its own status (which are its node's).
 * - A pod of several addresses is matched by an ipBlock, or by networks, that hold one of them.
 * - A name that a pod declares more than once (for a protocol, where one is given) stands for all those numbers.
 * - An address that a pod (without hostNetwork) has is that pod, not "outside every pod".
 * - Of duplicates the last one that is valid counts.
 * - A controller whose own owner is not among the objects is a top owner.
 * - A terminated pod is as if it were not there: its workload's template stands in when no other pod is left, unless the
 *   workload is a Job, which is then done.
 * - In the Admin tier policies of equal priority and name (of two kinds) go AdminNetworkPolicy first. In the Baseline tier
 *   the BaselineAdminNetworkPolicy, which has no priority, comes after all ClusterNetworkPolicies.
 * - "Always allowed" (a pod and itself, a pod and its own node) stands above every tier.
 * - Any address outside every pod, a node's included, may be one of a domain name; no pod is.
 */
import type { Direction, Protocol, SideExplanation } from '@portolan/model';
import { sameAddress } from './addresses.js';
import { askTier, isSubject, rulesOf } from './admin-policy.js';
import {
  type Cluster,
  type Connection,
  type Endpoint,
  isItsNode,
  isPod,
  type NetworkPolicy,
  type RuleMatch,
} from './cluster.js';
import { admittingRules, isolates } from './network-policy.js';
import { tierOf } from './tiers.js';
import type { Pod } from './workloads.js';

/** UNKNOWN: allowed if some address has a domain name, else denied. */
export type Outcome = 'ALLOWED' | 'DENIED' | 'UNKNOWN';

/** One direction of a connection, from the subject's end. */
export interface Side {
  readonly outcome: Outcome;
  /** Of UNKNOWN: why it is not certainly allowed. */
  readonly reason: SideExplanation['reason'];
  /** The NetworkPolicies that select the subject in this direction, whether or not they are asked. */
  readonly isolatedBy: readonly NetworkPolicy[];
  readonly allowedBy: readonly RuleMatch[];
  readonly deniedBy: readonly RuleMatch[];
  readonly passedBy: readonly RuleMatch[];
  /** Rules that would allow if the peer had one of their domain names, as far as they were asked. */
  readonly maybeAllowedBy: readonly RuleMatch[];
}

/** Section 1: both ends must let the connection pass; egress of the source, ingress of the destination. */
export function allowed(
  cluster: Cluster,
  source: Endpoint,
  destination: Endpoint,
  protocol: Protocol,
  port: number,
): Outcome {
  const egress = side(cluster, 'EGRESS', source, destination, protocol, port);
  const ingress = side(cluster, 'INGRESS', destination, source, protocol, port);
  return both(egress, ingress);
}

/** What is denied at one end is denied. */
export function both({ outcome: a }: Side, { outcome: b }: Side): Outcome {
  if (a === 'DENIED' || b === 'DENIED') return 'DENIED';
  return a === 'UNKNOWN' || b === 'UNKNOWN' ? 'UNKNOWN' : 'ALLOWED';
}

/**
 * Section 1, `verdict(direction, subject, peer)`; the port is one of the destination's. With a domain name: what is true if
 * that is the one that the peer has.
 */
export function side(
  cluster: Cluster,
  direction: Direction,
  subject: Endpoint,
  peer: Endpoint,
  protocol: Protocol,
  port: number,
  domainName: string | null = null,
): Side {
  // 1. An address is never a subject, nor is a pod that is its node: no policy speaks about it.
  if (!isPod(subject) || isItsNode(cluster, subject))
    return { ...NOTHING, outcome: 'ALLOWED', reason: 'NOT_GOVERNED' };
  const found = askTiers(cluster, { direction, subject, peer, protocol, port, domainName });
  // A pod reaches itself, and it and its own node reach each other, whatever policies say.
  const isLocal = (subject === peer && !subject.template) || isOwnNode(cluster, subject, peer);
  if (isLocal && found.outcome !== 'ALLOWED')
    return { ...found, outcome: 'ALLOWED', reason: 'NODE_LOCAL' };
  return found;
}

/** Whether any policy speaks about a pod in a direction. If not, no port is told from another. */
export function isGoverned(cluster: Cluster, direction: Direction, subject: Endpoint): boolean {
  if (!isPod(subject) || isItsNode(cluster, subject)) return false;
  return (
    cluster.policies.some((policy) => isolates(policy, direction, subject)) ||
    cluster.adminPolicies.some(
      (policy) =>
        rulesOf(policy, direction).length > 0 && isSubject(cluster, policy.spec.subject, subject),
    )
  );
}

const NOTHING = {
  isolatedBy: [],
  allowedBy: [],
  deniedBy: [],
  passedBy: [],
  maybeAllowedBy: [],
} as const;

function askTiers(cluster: Cluster, connection: Connection): Side {
  const { direction, subject } = connection;
  const isolatedBy = cluster.policies.filter((policy) => isolates(policy, direction, subject));

  // 2. The Admin tier: no match and Pass lead to step 3.
  const admin = askTier(cluster, tierOf(cluster, 'Admin'), connection);
  let rules: SideRules = { ...NOTHING, isolatedBy, maybeAllowedBy: admin.maybeAllowedBy };
  if (admin.action === 'ALLOW')
    return allow('ALLOWED_BY_ADMIN_POLICY', { ...rules, allowedBy: admin.decidedBy });
  if (admin.action === 'DENY')
    return deny('DENIED_BY_POLICY', { ...rules, deniedBy: admin.decidedBy });
  rules = { ...rules, passedBy: admin.decidedBy };

  // 3. NetworkPolicies: final if there is one.
  if (isolatedBy.length > 0) {
    const allowedBy = isolatedBy.flatMap((policy) => admittingRules(cluster, policy, connection));
    if (allowedBy.length > 0) return allow('ALLOWED_BY_POLICY', { ...rules, allowedBy });
    return deny('DENIED_BY_ISOLATION', rules);
  }

  // 4. The Baseline tier: no match and Pass lead to step 5.
  const baseline = askTier(cluster, tierOf(cluster, 'Baseline'), connection);
  const maybeAllowedBy = [...admin.maybeAllowedBy, ...baseline.maybeAllowedBy];
  rules = { ...rules, maybeAllowedBy };
  if (baseline.action === 'ALLOW')
    return allow('ALLOWED_BY_BASELINE_POLICY', { ...rules, allowedBy: baseline.decidedBy });
  if (baseline.action === 'DENY')
    return deny('DENIED_BY_POLICY', { ...rules, deniedBy: baseline.decidedBy });

  // 5. Everything may pass.
  return allow('NOT_ISOLATED', {
    ...rules,
    passedBy: [...admin.decidedBy, ...baseline.decidedBy],
  });
}

type SideRules = Omit<Side, 'outcome' | 'reason'>;

/** What is allowed needs no domain name. */
function allow(reason: Side['reason'], rules: SideRules): Side {
  return { ...rules, outcome: 'ALLOWED', reason };
}

/** What a rule of domain names before may have allowed is not known. */
function deny(reason: Side['reason'], rules: SideRules): Side {
  return { ...rules, outcome: rules.maybeAllowedBy.length > 0 ? 'UNKNOWN' : 'DENIED', reason };
}

function isOwnNode(cluster: Cluster, { node }: Pod, peer: Endpoint): boolean {
  if (node === null || !cluster.switches.allowNodeToLocalPods) return false;
  if (isPod(peer)) return isItsNode(cluster, peer) && peer.node === node;
  return (cluster.nodes.get(node)?.addresses ?? []).some((ip) => sameAddress(ip, peer));
}
