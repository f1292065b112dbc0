import type { Path } from '../documents/line-map.js';
import type { AdminAction, AdminGrammar } from './admin-grammar.js';
import type { AdminPeerManifest } from './admin-peer.js';
import type { AdminPortManifest } from './admin-ports.js';
import { readChoice } from './choice.js';
import type { Findings } from './findings.js';
import { readEachOf } from './one-of.js';
import { boundedListAt, checkGiven, type Fields, mapAt, textAt } from './shape.js';
import { pruneUnknown } from './unknown-fields.js';

/** A rule as written, closed where something in it is not known. */
export interface AdminRuleManifest {
  /** Null = missing or empty. */
  readonly name: string | null;
  readonly action: AdminAction;
  readonly peers: readonly AdminPeerManifest[];
  /** Null = missing or empty. A null in it is an entry that matches nothing. */
  readonly ports: readonly (AdminPortManifest | null)[] | null;
}

/** What follows from a peer or an entry of ports in which nothing is known. */
const UNKNOWN_IN_ALLOW = {
  peer: 'nothing in this peer is known here, so it matches nobody',
  port: 'nothing in this entry is known here, so it matches no traffic',
};
const UNKNOWN_IN_DENY = {
  peer: 'nothing in this peer is known here, so the rule denies every peer',
  port: 'nothing in this entry is known here, so the rule denies all traffic of its peers',
};

const PEERS_FIELD = { ingress: 'from', egress: 'to' } as const;
const LONGEST_NAME = 100;
/** Peers whose ports have no names. */
const NAMELESS: readonly AdminPeerManifest['kind'][] = ['networks', 'nodes', 'domainNames'];

/** Reads the rules of a direction. */
export function readAdminRules(
  spec: Fields,
  direction: 'ingress' | 'egress',
  grammar: AdminGrammar,
  findings: Findings,
): AdminRuleManifest[] {
  const list = ['spec', direction];
  const peersField = PEERS_FIELD[direction];
  return (boundedListAt(spec[direction], grammar.rules, list, findings) ?? []).map((entry, i) => {
    const path = [...list, i];
    const fields = mapAt(entry, path, findings) ?? {};
    const rule = readRule(fields, peersField, grammar, path, findings);
    checkPeers(rule, peersField, path, findings);
    return failClosed(rule);
  });
}

function readRule(
  fields: Fields,
  peersField: 'from' | 'to',
  grammar: AdminGrammar,
  path: Path,
  findings: Findings,
): AdminRuleManifest {
  const { portsField } = grammar;
  pruneUnknown(fields, ['name', 'action', peersField, portsField], path, findings);
  const at = { peers: [...path, peersField], ports: [...path, portsField] };
  const action = readAction(fields.action, grammar, [...path, 'action'], findings);
  const unknown = isAllow(action) ? UNKNOWN_IN_ALLOW : UNKNOWN_IN_DENY;
  checkGiven(fields[peersField], at.peers, findings);
  const peers = readEachOf(
    fields[peersField],
    grammar[peersField],
    at.peers,
    findings,
    unknown.peer,
  );
  const ports = readEachOf(fields[portsField], grammar.ports, at.ports, findings, unknown.port);
  return {
    name: readName(fields.name, [...path, 'name'], findings),
    action,
    peers: (peers ?? []).map((peer) => peer ?? { kind: 'unknown' }),
    ports: ports?.length === 0 ? null : ports,
  };
}

function readName(value: unknown, path: Path, findings: Findings): string | null {
  const name = textAt(value, path, findings) ?? '';
  if (Array.from(name).length > LONGEST_NAME) {
    findings.reject(path, `must not be longer than ${LONGEST_NAME} characters`);
  }
  return name === '' ? null : name;
}

function readAction(
  value: unknown,
  { actions }: AdminGrammar,
  path: Path,
  findings: Findings,
): AdminAction {
  checkGiven(value, path, findings);
  return readChoice(value, actions, path, findings) ?? 'Deny';
}

function isAllow(action: AdminAction): boolean {
  return action === 'Accept' || action === 'Allow';
}

/** What the kinds of the peers allow in the rest of the rule. */
function checkPeers(
  { action, peers, ports }: AdminRuleManifest,
  peersField: 'from' | 'to',
  path: Path,
  findings: Findings,
): void {
  for (const [i, { kind }] of peers.entries()) {
    if (kind !== 'domainNames' || isAllow(action)) continue;
    findings.reject([...path, peersField, i, kind], 'is only for rules that allow');
  }
  const hasNames = ports?.some((port) => port?.kind === 'name') ?? false;
  if (hasNames && peers.some(({ kind }) => NAMELESS.includes(kind))) {
    findings.reject(path, `names of ports are not for ${NAMELESS.join(', ')}, which have none`);
  }
}

/**
 * What is not known here may narrow a rule or widen it. So it adds nothing to a rule that allows; any other rule denies
 * every peer when it is in a peer, and all traffic when it is in an entry of ports.
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/ (AdminNetworkPolicyEgressPeer)
 */
function failClosed(rule: AdminRuleManifest): AdminRuleManifest {
  if (isAllow(rule.action)) return rule;
  const isPortUnknown = rule.ports?.includes(null) ?? false;
  if (!isPortUnknown && rule.peers.every(({ kind }) => kind !== 'unknown')) return rule;
  return { ...rule, action: 'Deny', ports: isPortUnknown ? null : rule.ports };
}
