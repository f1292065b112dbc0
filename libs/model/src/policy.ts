import type { LabelSelector } from './selector.js';
import type { Protocol } from './traffic.js';

/** Direction of a rule, from the selected pod's view. */
export const DIRECTIONS = ['INGRESS', 'EGRESS'] as const;
/** A direction that a policy governs, seen from the pods that it selects. */
export type Direction = (typeof DIRECTIONS)[number];

/**
 * `spec` of a NetworkPolicy (networking.k8s.io/v1) after defaulting. Rules keep the order and number of the manifest, so
 * that `spec.ingress[2].from[1]` names the same rule here and there. Stored as canonical JSON (see `policySpecJson`).
 */
export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  /** Effective policy types: never empty, INGRESS before EGRESS. Rules of a direction not listed have no effect. */
  readonly policyTypes: readonly Direction[];
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/** One rule: peers AND ports must match. */
export interface PolicyRule {
  /** ORed; null = `from`/`to` missing or empty = any peer, addresses outside the cluster included. */
  readonly peers: readonly PolicyPeer[] | null;
  /** ORed; null = `ports` missing or empty = all traffic. */
  readonly ports: readonly PolicyPort[] | null;
}

export type PolicyPeer = PodPeer | IpBlockPeer;

/** Pods by selectors. `namespaceSelector` null = the policy's own namespace; empty = every namespace. */
export interface PodPeer {
  readonly kind: 'pods';
  readonly namespaceSelector: LabelSelector | null;
  /** Empty = every pod of the matching namespaces. */
  readonly podSelector: LabelSelector;
}

/** Addresses. Canonical CIDRs: host bits zero, lower-case, shortest IPv6 form (RFC 5952). */
export interface IpBlockPeer {
  readonly kind: 'ipBlock';
  readonly cidr: string;
  readonly except: readonly string[];
}

/** A port entry after defaulting (protocol TCP). */
export interface PolicyPort {
  readonly protocol: Protocol;
  /** Number (1-65535), name of a container port of the destination, or null = every port of the protocol. */
  readonly port: number | string | null;
  /** Inclusive end of the range that starts at `port`; null = the one port. */
  readonly endPort: number | null;
}

/** The rules of one direction. */
export function rulesOf(spec: NetworkPolicySpec, direction: Direction): readonly PolicyRule[] {
  return direction === 'INGRESS' ? spec.ingress : spec.egress;
}

/** JSON path of a rule, and of one of its peers: `spec.ingress[0]`, `spec.ingress[0].from[1]`. */
export function rulePath(direction: Direction, rule: number, peer?: number | null): string {
  const [list, peers] = direction === 'INGRESS' ? ['ingress', 'from'] : ['egress', 'to'];
  const path = `spec.${list}[${String(rule)}]`;
  return peer === undefined || peer === null ? path : `${path}.${peers}[${String(peer)}]`;
}

/** Canonical JSON: fixed key order, so that equal specs are equal text. */
export function policySpecJson(spec: NetworkPolicySpec): string {
  return JSON.stringify({
    podSelector: spec.podSelector.map(requirementFields),
    policyTypes: spec.policyTypes,
    ingress: spec.ingress.map(ruleFields),
    egress: spec.egress.map(ruleFields),
  });
}

function ruleFields({ peers, ports }: PolicyRule): PolicyRule {
  return {
    peers: peers === null ? null : peers.map(peerFields),
    ports: ports === null ? null : ports.map(portFields),
  };
}

function peerFields(peer: PolicyPeer): PolicyPeer {
  if (peer.kind === 'ipBlock') return { kind: 'ipBlock', cidr: peer.cidr, except: peer.except };
  return {
    kind: 'pods',
    namespaceSelector:
      peer.namespaceSelector === null ? null : peer.namespaceSelector.map(requirementFields),
    podSelector: peer.podSelector.map(requirementFields),
  };
}

function portFields({ protocol, port, endPort }: PolicyPort): PolicyPort {
  return { protocol, port, endPort };
}

function requirementFields({
  key,
  operator,
  values,
}: LabelSelector[number]): LabelSelector[number] {
  return { key, operator, values };
}
