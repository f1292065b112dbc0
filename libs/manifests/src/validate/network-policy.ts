import type { LabelSelector, Protocol } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { readIpBlock, type IpBlockManifest } from './ip-block.js';
import { readLabelSelector } from './label-selector.js';
import { faultInPortName } from './names.js';
import { checkObjectFields } from './object-fields.js';
import { faultInPortNumber, readProtocol } from './ports.js';
import { type Fields, integerAt, listAt, mapAt, textAt } from './shape.js';
import { rejectUnknown } from './unknown-fields.js';

/** `spec` of a NetworkPolicy as written: null = missing. */
export interface PolicyManifest {
  readonly podSelector: LabelSelector | null;
  readonly policyTypes: readonly PolicyType[];
  readonly ingress: readonly RuleManifest[];
  readonly egress: readonly RuleManifest[];
}

/** A value of `policyTypes`, as written. */
export type PolicyType = 'Ingress' | 'Egress';

/** A rule as written. */
export interface RuleManifest {
  readonly peers: readonly PeerManifest[];
  readonly ports: readonly PortManifest[];
}

/** A peer as written. */
export interface PeerManifest {
  readonly podSelector: LabelSelector | null;
  readonly namespaceSelector: LabelSelector | null;
  readonly ipBlock: IpBlockManifest | null;
}

/** An entry of `ports` as written. */
export interface PortManifest {
  readonly protocol: Protocol | null;
  readonly port: number | string | null;
  readonly endPort: number | null;
}

const POLICY_TYPES = ['Ingress', 'Egress'] as const;

/** Reads a NetworkPolicy by the rules of the API server's validation, and refuses fields that it does not have. */
export function readNetworkPolicy(object: Fields, findings: Findings): PolicyManifest {
  checkObjectFields(object, rejectUnknown, findings);
  const path = ['spec'];
  const spec = mapAt(object.spec, path, findings) ?? {};
  rejectUnknown(spec, ['podSelector', 'policyTypes', 'ingress', 'egress'], path, findings);
  return {
    podSelector: readLabelSelector(spec.podSelector, [...path, 'podSelector'], findings),
    policyTypes: readPolicyTypes(spec.policyTypes, [...path, 'policyTypes'], findings),
    ingress: readRules(spec.ingress, 'from', [...path, 'ingress'], findings),
    egress: readRules(spec.egress, 'to', [...path, 'egress'], findings),
  };
}

function readPolicyTypes(value: unknown, path: Path, findings: Findings): PolicyType[] {
  const types = listAt(value, path, findings) ?? [];
  if (types.length > POLICY_TYPES.length)
    findings.reject(path, 'must not have more than two entries');
  return types.flatMap((entry, i) => {
    const text = textAt(entry, [...path, i], findings) ?? '';
    const type = POLICY_TYPES.find((known) => known === text);
    if (type !== undefined) return [type];
    findings.reject([...path, i], `${quoted(text)} is none of ${POLICY_TYPES.join(', ')}`);
    return [];
  });
}

function readRules(
  value: unknown,
  peersField: 'from' | 'to',
  path: Path,
  findings: Findings,
): RuleManifest[] {
  return (listAt(value, path, findings) ?? []).map((entry, i) => {
    const at = [...path, i];
    const rule = mapAt(entry, at, findings) ?? {};
    rejectUnknown(rule, [peersField, 'ports'], at, findings);
    return {
      peers: readEach(rule[peersField], [...at, peersField], findings, readPeer),
      ports: readEach(rule.ports, [...at, 'ports'], findings, readPort),
    };
  });
}

function readEach<T>(
  value: unknown,
  path: Path,
  findings: Findings,
  read: (fields: Fields, path: Path, findings: Findings) => T,
): T[] {
  return (listAt(value, path, findings) ?? []).map((entry, i) => {
    const at = [...path, i];
    return read(mapAt(entry, at, findings) ?? {}, at, findings);
  });
}

function readPeer(fields: Fields, path: Path, findings: Findings): PeerManifest {
  rejectUnknown(fields, ['podSelector', 'namespaceSelector', 'ipBlock'], path, findings);
  const peer = {
    podSelector: readLabelSelector(fields.podSelector, [...path, 'podSelector'], findings),
    namespaceSelector: readLabelSelector(
      fields.namespaceSelector,
      [...path, 'namespaceSelector'],
      findings,
    ),
    ipBlock: readIpBlock(fields.ipBlock, [...path, 'ipBlock'], findings),
  };
  const hasSelector = peer.podSelector !== null || peer.namespaceSelector !== null;
  if (peer.ipBlock !== null && hasSelector) {
    findings.reject(path, 'ipBlock must not stand together with podSelector or namespaceSelector');
  } else if (peer.ipBlock === null && !hasSelector) {
    findings.reject(path, 'needs podSelector, namespaceSelector or ipBlock');
  }
  return peer;
}

function readPort(fields: Fields, path: Path, findings: Findings): PortManifest {
  rejectUnknown(fields, ['protocol', 'port', 'endPort'], path, findings);
  const port = readPortValue(fields.port, [...path, 'port'], findings);
  const endPort = integerAt(fields.endPort, [...path, 'endPort'], findings);
  if (endPort !== null) checkEndPort(endPort, port, [...path, 'endPort'], findings);
  return {
    protocol: readProtocol(fields.protocol, [...path, 'protocol'], findings),
    port,
    endPort,
  };
}

function readPortValue(value: unknown, path: Path, findings: Findings): number | string | null {
  const port = typeof value === 'string' ? value : integerAt(value, path, findings);
  if (port === null) return null;
  const fault = typeof port === 'string' ? faultInPortName(port) : faultInPortNumber(port);
  if (fault !== null) findings.reject(path, `${quoted(String(port))} ${fault}`);
  return port;
}

function checkEndPort(
  endPort: number,
  port: number | string | null,
  path: Path,
  findings: Findings,
): void {
  const fault = faultInPortNumber(endPort);
  if (fault !== null) findings.reject(path, `${endPort} ${fault}`);
  else if (port === null) findings.reject(path, 'needs port, the beginning of the range');
  else if (typeof port === 'string') findings.reject(path, 'needs a port that is a number');
  else if (endPort < port) findings.reject(path, `must not be smaller than port (${port})`);
}
