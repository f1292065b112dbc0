import type {
  ContainerPort,
  Direction,
  Labels,
  PolicyPeer,
  PolicyPort,
  PolicyRule,
  PolicySpec,
} from '@portolan/model';
import type {
  PeerManifest,
  PolicyManifest,
  PortManifest,
  RuleManifest,
} from '../validate/network-policy.js';
import type { ContainerPortManifest } from '../validate/ports.js';

/** The namespace of objects that name none. */
export const DEFAULT_NAMESPACE = 'default';

/** The label that the control plane keeps on every namespace. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/*
 * Everything that the API server fills in is filled in here. Past this step nothing asks whether a field was set.
 */

/** The labels of a namespace, declared or not. */
export function namespaceLabels(name: string, declared: Labels): Labels {
  return { ...declared, [NAMESPACE_NAME_LABEL]: name };
}

/** Container ports: protocol TCP. */
export function containerPort({ name, port, protocol }: ContainerPortManifest): ContainerPort {
  return { name, port, protocol: protocol ?? 'TCP' };
}

/** The spec of a NetworkPolicy: selectors, effective policy types, protocol TCP. */
export function networkPolicySpec(manifest: PolicyManifest): PolicySpec {
  return {
    tier: 'NETWORK_POLICY',
    priority: null,
    subject: { namespaceSelector: null, podSelector: manifest.podSelector ?? [] },
    directions: effectiveTypes(manifest),
    ingress: manifest.ingress.map(policyRule),
    egress: manifest.egress.map(policyRule),
  };
}

function effectiveTypes({ policyTypes, egress }: PolicyManifest): Direction[] {
  const isUnset = policyTypes.length === 0;
  const types: Direction[] = [];
  if (isUnset || policyTypes.includes('Ingress')) types.push('INGRESS');
  if (isUnset ? egress.length > 0 : policyTypes.includes('Egress')) types.push('EGRESS');
  return types;
}

function policyRule({ peers, ports }: RuleManifest): PolicyRule {
  return {
    name: null,
    action: 'ALLOW',
    peers: peers.length === 0 ? null : peers.map(policyPeer),
    ports: ports.length === 0 ? null : ports.map(policyPort),
  };
}

function policyPeer({ podSelector, namespaceSelector, ipBlock }: PeerManifest): PolicyPeer {
  if (ipBlock !== null) return { kind: 'networks', cidrs: [ipBlock.cidr], except: ipBlock.except };
  return { kind: 'pods', namespaceSelector, podSelector: podSelector ?? [] };
}

function policyPort({ protocol, port, endPort }: PortManifest): PolicyPort {
  return { protocol: protocol ?? 'TCP', port, endPort };
}
