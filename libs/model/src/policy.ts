import type { LabelSelector } from './selector.js';
import type { Protocol } from './traffic.js';

/** Direction of a rule, from the selected pod's view. */
export const DIRECTIONS = ['INGRESS', 'EGRESS'] as const;
/** A direction that a policy governs, seen from the pods that it selects. */
export type Direction = (typeof DIRECTIONS)[number];

/** Kinds of policy that are evaluated, in the order of the column `policyKinds`. */
export const POLICY_KINDS = [
  /** `networking.k8s.io/v1`. */
  'NETWORK_POLICY',
  /** `policy.networking.k8s.io/v1alpha1`, cluster-scoped. */
  'ADMIN_NETWORK_POLICY',
  /** `policy.networking.k8s.io/v1alpha1`, cluster-scoped; the one named `default`. */
  'BASELINE_ADMIN_NETWORK_POLICY',
  /** `policy.networking.k8s.io/v1alpha2`, cluster-scoped. */
  'CLUSTER_NETWORK_POLICY',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

const KIND_NAMES: Readonly<Record<PolicyKind, string>> = {
  NETWORK_POLICY: 'NetworkPolicy',
  ADMIN_NETWORK_POLICY: 'AdminNetworkPolicy',
  BASELINE_ADMIN_NETWORK_POLICY: 'BaselineAdminNetworkPolicy',
  CLUSTER_NETWORK_POLICY: 'ClusterNetworkPolicy',
};

/** The kind as Kubernetes writes it: `AdminNetworkPolicy`. */
export function policyKindName(kind: PolicyKind): string {
  return KIND_NAMES[kind];
}

/** Names a policy for people: `NetworkPolicy shop/web`, `AdminNetworkPolicy deny-all` (namespace null). */
export function policyName(
  namespace: string | null,
  { kind, name }: { readonly kind: PolicyKind; readonly name: string },
): string {
  return `${policyKindName(kind)} ${namespace === null ? '' : `${namespace}/`}${name}`;
}

/** Tiers in the order in which they are asked: the first that decides wins. */
export const POLICY_TIERS = ['ADMIN', 'NETWORK_POLICY', 'BASELINE'] as const;
export type PolicyTier = (typeof POLICY_TIERS)[number];

/** What a rule does with the traffic that it matches. PASS leaves it to the next tier. */
export const RULE_ACTIONS = ['ALLOW', 'DENY', 'PASS'] as const;
export type RuleAction = (typeof RULE_ACTIONS)[number];

/**
 * `spec` of a policy of any kind after defaulting. Rules keep the order and number of the manifest, so that
 * `spec.ingress[2].from[1]` names the same rule here and there. Stored as canonical JSON (see `policySpecJson`).
 */
export interface PolicySpec {
  readonly tier: PolicyTier;
  /** 0 to 1000, lower first within the tier; null for kinds without priorities. */
  readonly priority: number | null;
  readonly subject: PodSelection;
  /**
   * INGRESS before EGRESS; rules of a direction not listed have no effect. Of a NetworkPolicy its effective policy types,
   * never empty: it isolates its pods in these directions. Of other kinds the directions that have rules.
   */
  readonly directions: readonly Direction[];
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/** Pods by the labels of their namespaces and their own; both must match. hostNetwork pods are never selected. */
export interface PodSelection {
  /** Null = the policy's own namespace; empty = every namespace. */
  readonly namespaceSelector: LabelSelector | null;
  /** Empty = every pod of the matching namespaces. */
  readonly podSelector: LabelSelector;
}

/** One rule: peers AND ports must match. */
export interface PolicyRule {
  /** Of admin and baseline policies; null when the rule has none. */
  readonly name: string | null;
  /** Rules of a NetworkPolicy allow. */
  readonly action: RuleAction;
  /** ORed; null = `from`/`to` missing or empty = any peer, addresses outside the cluster included. */
  readonly peers: readonly PolicyPeer[] | null;
  /**
   * ORed; null = `ports` or `protocols` missing or empty = all traffic. Entries in which nothing is known here are left out
   * of rules that allow: an empty list matches no traffic.
   */
  readonly ports: readonly PolicyPort[] | null;
}

export type PolicyPeer = PodPeer | NetworksPeer | NodesPeer | DomainNamesPeer | UnknownPeer;

/** Pods by selectors. */
export interface PodPeer extends PodSelection {
  readonly kind: 'pods';
}

/**
 * Addresses that lie in one of the networks and in no exception: an `ipBlock` (one network), or `networks` (no exceptions).
 * Canonical CIDRs: host bits zero, lower-case, shortest IPv6 form (RFC 5952).
 */
export interface NetworksPeer {
  readonly kind: 'networks';
  readonly cidrs: readonly string[];
  readonly except: readonly string[];
}

/** The addresses in the status of nodes, by the nodes' labels; not the pods on them. */
export interface NodesPeer {
  readonly kind: 'nodes';
  readonly selector: LabelSelector;
}

/** Domain names outside the cluster; `*.` at the beginning stands for one or more labels. Only rules that allow have them. */
export interface DomainNamesPeer {
  readonly kind: 'domainNames';
  readonly names: readonly string[];
}

/**
 * A peer with no field that is known here. It fails closed: nobody in a rule that allows, everybody in one that denies (a
 * rule that passes with such a peer is stored as one that denies).
 */
export interface UnknownPeer {
  readonly kind: 'unknown';
}

/** A port entry after defaulting (protocol TCP). */
export interface PolicyPort {
  /** Null = whatever protocol the port of that name is declared with; only with a name. */
  readonly protocol: Protocol | null;
  /** Number (1-65535), name of a container port of the destination, or null = every port of the protocol. */
  readonly port: number | string | null;
  /** Inclusive end of the range that starts at `port`; null = the one port. */
  readonly endPort: number | null;
}

/** The rules of one direction. */
export function rulesOf(spec: PolicySpec, direction: Direction): readonly PolicyRule[] {
  return direction === 'INGRESS' ? spec.ingress : spec.egress;
}

/** JSON path of a rule, and of one of its peers: `spec.ingress[0]`, `spec.ingress[0].from[1]`. */
export function rulePath(direction: Direction, rule: number, peer?: number | null): string {
  const [list, peers] = direction === 'INGRESS' ? ['ingress', 'from'] : ['egress', 'to'];
  const path = `spec.${list}[${String(rule)}]`;
  return peer === undefined || peer === null ? path : `${path}.${peers}[${String(peer)}]`;
}

/** Canonical JSON: fixed key order, so that equal specs are equal text. */
export function policySpecJson(spec: PolicySpec): string {
  const { tier, priority, subject, directions } = spec;
  return JSON.stringify({
    tier,
    priority,
    subject: selectionFields(subject),
    directions,
    ingress: spec.ingress.map(ruleFields),
    egress: spec.egress.map(ruleFields),
  });
}

function ruleFields({ name, action, peers, ports }: PolicyRule): PolicyRule {
  return {
    name,
    action,
    peers: peers === null ? null : peers.map(peerFields),
    ports: ports === null ? null : ports.map(portFields),
  };
}

function peerFields(peer: PolicyPeer): PolicyPeer {
  switch (peer.kind) {
    case 'pods':
      return { kind: 'pods', ...selectionFields(peer) };
    case 'networks':
      return { kind: 'networks', cidrs: peer.cidrs, except: peer.except };
    case 'nodes':
      return { kind: 'nodes', selector: selectorFields(peer.selector) };
    case 'domainNames':
      return { kind: 'domainNames', names: peer.names };
    case 'unknown':
      return { kind: 'unknown' };
  }
}

function selectionFields({ namespaceSelector, podSelector }: PodSelection): PodSelection {
  return {
    namespaceSelector: namespaceSelector === null ? null : selectorFields(namespaceSelector),
    podSelector: selectorFields(podSelector),
  };
}

function portFields({ protocol, port, endPort }: PolicyPort): PolicyPort {
  return { protocol, port, endPort };
}

function selectorFields(selector: LabelSelector): LabelSelector {
  return selector.map(({ key, operator, values }) => ({ key, operator, values }));
}
