import { readNetwork } from './addresses.js';
import {
  type EgressRule,
  type Expression,
  type IngressRule,
  type IpBlock,
  isSet,
  type Peer,
  type PolicySpec,
  type Port,
  type Selector,
} from './kubernetes.js';

/**
 * Whether the API server would take a policy's spec, as far as the end of section 2 names what it rejects. A rejected
 * policy is left out as a whole.
 */
export function isValidSpec(spec: unknown): spec is PolicySpec {
  if (!hasOnly(spec, ['podSelector', 'policyTypes', 'ingress', 'egress'])) return false;
  const { podSelector, policyTypes, ingress, egress } = spec as PolicySpec;
  return (
    (!isSet(podSelector) || isValidSelector(podSelector)) &&
    isListOf(policyTypes, (type) => type === 'Ingress' || type === 'Egress') &&
    (policyTypes ?? []).length <= 2 &&
    isListOf(ingress, (rule) => isValidRule(rule, 'from')) &&
    isListOf(egress, (rule) => isValidRule(rule, 'to'))
  );
}

function isValidRule(rule: IngressRule | EgressRule, peersField: 'from' | 'to'): boolean {
  if (!hasOnly(rule, [peersField, 'ports'])) return false;
  const peers = 'from' in rule ? rule.from : 'to' in rule ? rule.to : null;
  return isListOf(peers, isValidPeer) && isListOf(rule.ports, isValidPort);
}

/** An empty peer, and an ipBlock together with a selector, are rejected. */
function isValidPeer(peer: Peer): boolean {
  if (!hasOnly(peer, ['podSelector', 'namespaceSelector', 'ipBlock'])) return false;
  const { podSelector, namespaceSelector, ipBlock } = peer;
  if (isSet(ipBlock))
    return !isSet(podSelector) && !isSet(namespaceSelector) && isValidBlock(ipBlock);
  if (!isSet(podSelector) && !isSet(namespaceSelector)) return false;
  return [podSelector, namespaceSelector].every((s) => !isSet(s) || isValidSelector(s));
}

/** `except` lies within `cidr`, and is smaller. */
function isValidBlock(block: IpBlock): boolean {
  if (!hasOnly(block, ['cidr', 'except'])) return false;
  const network = readNetwork(block.cidr);
  if (network === null) return false;
  return isListOf(block.except, (text) => {
    const part = readNetwork(text);
    return (
      part?.family === network.family &&
      network.first <= part.first &&
      part.last <= network.last &&
      part.last - part.first < network.last - network.first
    );
  });
}

function isValidPort(entry: Port): boolean {
  if (!hasOnly(entry, ['protocol', 'port', 'endPort'])) return false;
  const { protocol, port, endPort } = entry;
  if (isSet(protocol) && !['TCP', 'UDP', 'SCTP'].includes(protocol)) return false;
  if (typeof port === 'string' && !isPortName(port)) return false;
  if (typeof port === 'number' && !isPortNumber(port)) return false;
  if (!isSet(endPort)) return true;
  // endPort needs a numeric port, and ends where it begins or later.
  return typeof port === 'number' && isPortNumber(endPort) && port <= endPort;
}

export function isPortNumber(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

/** RFC 6335 service name: at most 15 of a-z, 0-9 and single inner hyphens, one letter at least. */
function isPortName(name: string): boolean {
  return name.length <= 15 && /[a-z]/.test(name) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

function isValidSelector(selector: Selector): boolean {
  if (!hasOnly(selector, ['matchLabels', 'matchExpressions'])) return false;
  return isListOf(selector.matchExpressions, isValidExpression);
}

/** In and NotIn need values; Exists and DoesNotExist take none. */
export function isValidExpression(expression: Expression): boolean {
  if (!hasOnly(expression, ['key', 'operator', 'values'])) return false;
  const count = (expression.values ?? []).length;
  if (['In', 'NotIn'].includes(expression.operator)) return count > 0;
  return ['Exists', 'DoesNotExist'].includes(expression.operator) && count === 0;
}

/** Missing, or a list of valid items. */
export function isListOf<Item>(
  list: readonly Item[] | null | undefined,
  isValid: (item: Item) => boolean,
): boolean {
  return !isSet(list) || (Array.isArray(list) && list.every(isValid));
}

function hasOnly(object: unknown, fields: readonly string[]): boolean {
  return isObject(object) && Object.keys(object).every((field) => fields.includes(field));
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
