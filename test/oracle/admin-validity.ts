import type { Direction } from '@portolan/model';
import { readNetwork } from './addresses.js';
import {
  type AdminKind,
  chosenField,
  entriesOf,
  peerFields,
  peersOf,
  PORT_FIELDS,
  PROTOCOL_FIELDS,
} from './admin-fields.js';
import {
  type AdminPeer,
  type AdminPolicySpec,
  type AdminPort,
  type AdminRule,
  isSet,
  type NamespacedPods,
  type ProtocolMatch,
  type Selector,
} from './kubernetes.js';
import { isListOf, isObject, isPortNumber, isValidExpression } from './validity.js';

const ACTIONS: Readonly<Record<AdminKind, readonly string[]>> = {
  AdminNetworkPolicy: ['Allow', 'Deny', 'Pass'],
  BaselineAdminNetworkPolicy: ['Allow', 'Deny'],
  ClusterNetworkPolicy: ['Accept', 'Deny', 'Pass'],
};

/** Rules of a direction, peers of a rule, ports of a rule. */
const MOST: Readonly<Record<AdminKind, number>> = {
  AdminNetworkPolicy: 100,
  BaselineAdminNetworkPolicy: 100,
  ClusterNetworkPolicy: 25,
};

const DOMAIN_NAME =
  /^(\*\.)?([a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.?$/;

/**
 * Whether the API server would take a policy, by the schema and the rules of its CRD. Fields that the kind does not have
 * are not looked at: the API server drops them.
 */
export function isValidAdminPolicy(kind: AdminKind, name: string, spec: unknown): boolean {
  if (!isObject(spec)) return false;
  const { tier, priority, subject, ingress, egress } = spec as unknown as AdminPolicySpec;
  const most = MOST[kind];
  return (
    (kind !== 'BaselineAdminNetworkPolicy' || name === 'default') &&
    (kind !== 'ClusterNetworkPolicy' || tier === 'Admin' || tier === 'Baseline') &&
    (kind === 'BaselineAdminNetworkPolicy' || isIntegerIn(priority, 0, 1000)) &&
    isValidSubject(subject) &&
    isListOf(ingress, (rule) => isValidRule(kind, 'INGRESS', rule)) &&
    isListOf(egress, (rule) => isValidRule(kind, 'EGRESS', rule)) &&
    [ingress, egress].every((rules) => (rules ?? []).length <= most)
  );
}

/** Exactly one of `namespaces` and `pods`. */
function isValidSubject(subject: unknown): boolean {
  if (!isObject(subject)) return false;
  const { namespaces, pods } = subject as AdminPolicySpec['subject'];
  switch (chosenField(subject, ['namespaces', 'pods'])) {
    case 'namespaces':
      return isValidSelector(namespaces);
    case 'pods':
      return isValidPods(pods);
    // There is nothing to fail closed.
    case 'UNKNOWN':
    case 'INVALID':
      return false;
  }
}

function isValidRule(kind: AdminKind, direction: Direction, rule: AdminRule): boolean {
  if (!isObject(rule)) return false;
  const most = MOST[kind];
  const peers = direction === 'INGRESS' ? rule.from : rule.to;
  const isCluster = kind === 'ClusterNetworkPolicy';
  const ports = isCluster ? rule.protocols : rule.ports;
  // An empty list of ports is taken in v1alpha1 only.
  const leastPorts = isCluster && isSet(ports) ? 1 : 0;
  return (
    (rule.name ?? '').length <= 100 &&
    ACTIONS[kind].includes(rule.action) &&
    isSet(peers) &&
    isListOf(peers, (peer) => isValidPeer(peerFields(kind, direction), rule, peer)) &&
    isIntegerIn(peers.length, 1, most) &&
    isListOf(ports, isCluster ? isValidProtocol : isValidPort) &&
    isIntegerIn((ports ?? []).length, leastPorts, most) &&
    !hasNamesOfAddresses(kind, direction, rule)
  );
}

/** A name is that of a pod's port: a rule with one must not have peers that are addresses. */
function hasNamesOfAddresses(kind: AdminKind, direction: Direction, rule: AdminRule): boolean {
  const chosen = peersOf(rule, direction).map((peer) =>
    chosenField(peer, peerFields(kind, direction)),
  );
  return (
    chosen.some((field) => ['networks', 'nodes', 'domainNames'].includes(field)) &&
    entriesOf(kind, rule).some((e) => isSet(e.namedPort) || isSet(e.destinationNamedPort))
  );
}

/** Exactly one of the fields that a peer may have; one with others only is taken, and fails closed. */
function isValidPeer(
  fields: readonly (keyof AdminPeer)[],
  { action }: AdminRule,
  peer: AdminPeer,
): boolean {
  if (!isObject(peer)) return false;
  const { namespaces, pods, networks, nodes, domainNames } = peer;
  switch (chosenField(peer, fields)) {
    case 'namespaces':
      return isValidSelector(namespaces);
    case 'pods':
      return isValidPods(pods);
    case 'nodes':
      return isValidSelector(nodes);
    case 'networks':
      return isSetOf(networks, isPlainNetwork);
    case 'domainNames':
      return (
        (action === 'Allow' || action === 'Accept') &&
        isSetOf(domainNames, (name) => DOMAIN_NAME.test(name))
      );
    case 'UNKNOWN':
      return true;
    case 'INVALID':
      return false;
  }
}

/** No IPv4 address inside an IPv6 one. */
function isPlainNetwork(cidr: string): boolean {
  return readNetwork(cidr) !== null && cidr.includes('.') !== cidr.includes(':');
}

/** 1 to 25 different texts. */
function isSetOf(
  list: readonly string[] | null | undefined,
  isValid: (text: string) => boolean,
): boolean {
  return (
    Array.isArray(list) &&
    isIntegerIn(list.length, 1, 25) &&
    new Set(list).size === list.length &&
    isListOf(list, isValid)
  );
}

/** A podSelector is required, a namespaceSelector is not. */
function isValidPods(pods: NamespacedPods | null | undefined): boolean {
  if (!isObject(pods)) return false;
  const { namespaceSelector, podSelector } = pods;
  return (
    (!isSet(namespaceSelector) || isValidSelector(namespaceSelector)) &&
    isValidSelector(podSelector)
  );
}

function isValidSelector(selector: Selector | null | undefined): boolean {
  return isObject(selector) && isListOf(selector.matchExpressions, isValidExpression);
}

/** An entry of `ports`: exactly one of its fields, or others only. */
function isValidPort(entry: AdminPort): boolean {
  if (!isObject(entry)) return false;
  const { portNumber, portRange, namedPort } = entry;
  switch (chosenField(entry, PORT_FIELDS)) {
    case 'portNumber':
      return isProtocol(portNumber!.protocol) && isPortNumber(portNumber!.port);
    case 'portRange': {
      const { protocol, start, end } = portRange!;
      return isProtocol(protocol) && isPortNumber(start) && isPortNumber(end) && start <= end;
    }
    case 'namedPort':
      return typeof namedPort === 'string';
    case 'UNKNOWN':
      return true;
    case 'INVALID':
      return false;
  }
}

/** An entry of `protocols`: exactly one of its fields, or others only. */
function isValidProtocol(entry: AdminPort): boolean {
  if (!isObject(entry)) return false;
  switch (chosenField(entry, PROTOCOL_FIELDS)) {
    case 'tcp':
    case 'udp':
    case 'sctp':
      return isValidMatch((entry.tcp ?? entry.udp ?? entry.sctp)!);
    case 'destinationNamedPort':
      return typeof entry.destinationNamedPort === 'string';
    case 'UNKNOWN':
      return true;
    case 'INVALID':
      return false;
  }
}

/** Exactly one of `number` and `range`; a range ends after it starts. */
function isValidMatch(match: ProtocolMatch): boolean {
  if (chosenField(match, ['destinationPort']) === 'UNKNOWN') return true;
  const { destinationPort } = match;
  if (!isObject(destinationPort)) return false;
  switch (chosenField(destinationPort, ['number', 'range'])) {
    case 'number':
      return isPortNumber(destinationPort.number!);
    case 'range': {
      const { start, end } = destinationPort.range!;
      return isPortNumber(start) && isPortNumber(end) && start < end;
    }
    case 'UNKNOWN':
      return true;
    case 'INVALID':
      return false;
  }
}

function isProtocol(protocol: string | null | undefined): boolean {
  return ['TCP', 'UDP', 'SCTP'].includes(protocol ?? 'TCP');
}

function isIntegerIn(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && least <= (value as number) && (value as number) <= most;
}
