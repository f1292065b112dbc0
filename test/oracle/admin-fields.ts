import type { Direction } from '@portolan/model';
import {
  type AdminPeer,
  type AdminPolicySpec,
  type AdminPort,
  type AdminRule,
  isSet,
} from './kubernetes.js';

/** Kinds of policy.networking.k8s.io that are evaluated. */
export type AdminKind =
  'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy';

/** Of fields of which exactly one must be set that one; UNKNOWN when only fields are set that are not among them. */
export function chosenField<Field extends string>(
  object: object,
  fields: readonly Field[],
): Field | 'UNKNOWN' | 'INVALID' {
  const given = Object.entries(object)
    .filter(([, value]) => isSet(value))
    .map(([name]) => name);
  const [first, ...others] = fields.filter((field) => given.includes(field));
  if (first === undefined) return given.length > 0 ? 'UNKNOWN' : 'INVALID';
  return others.length > 0 ? 'INVALID' : first;
}

/** The fields of a peer: addresses only in egress, domain names not in a BaselineAdminNetworkPolicy. */
export function peerFields(kind: AdminKind, direction: Direction): readonly (keyof AdminPeer)[] {
  if (direction === 'INGRESS') return ['namespaces', 'pods'];
  const fields = ['namespaces', 'pods', 'networks', 'nodes'] as const;
  return kind === 'BaselineAdminNetworkPolicy' ? fields : [...fields, 'domainNames'];
}

export const PORT_FIELDS = ['portNumber', 'portRange', 'namedPort'] as const;
export const PROTOCOL_FIELDS = ['tcp', 'udp', 'sctp', 'destinationNamedPort'] as const;

export function peersOf({ from, to }: AdminRule, direction: Direction): readonly AdminPeer[] {
  return (direction === 'INGRESS' ? from : to) ?? [];
}

/** `protocols` of v1alpha2, `ports` of v1alpha1. */
export function entriesOf(kind: AdminKind, { ports, protocols }: AdminRule): readonly AdminPort[] {
  return (kind === 'ClusterNetworkPolicy' ? protocols : ports) ?? [];
}

/**
 * What the API server keeps of a valid spec: peers and entries of ports without the fields that they cannot have. Of a peer
 * in which nothing is known nothing is left, nor of such an entry.
 */
export function pruneSpec(kind: AdminKind, spec: AdminPolicySpec): AdminPolicySpec {
  const rules = (direction: Direction, all: AdminPolicySpec['ingress']): AdminRule[] =>
    (all ?? []).map((rule) => ({
      ...rule,
      [direction === 'INGRESS' ? 'from' : 'to']: peersOf(rule, direction).map((peer) =>
        only(peer, peerFields(kind, direction)),
      ),
      [kind === 'ClusterNetworkPolicy' ? 'protocols' : 'ports']: entriesOf(kind, rule).map(
        (entry) => (isUnknownEntry(kind, entry) ? {} : entry),
      ),
    }));
  return {
    ...spec,
    ingress: rules('INGRESS', spec.ingress),
    egress: rules('EGRESS', spec.egress),
  };
}

/** Whether the API server has left nothing of a peer, or of an entry of ports. */
export function isUnknown(part: AdminPeer | AdminPort): boolean {
  return Object.keys(part).length === 0;
}

function only(peer: AdminPeer, fields: readonly (keyof AdminPeer)[]): AdminPeer {
  const kept = fields.filter((field) => isSet(peer[field]));
  return Object.fromEntries(kept.map((field) => [field, peer[field]]));
}

/** Whether an entry of ports has no field that is known, or one of which nothing inside is. */
function isUnknownEntry(kind: AdminKind, entry: AdminPort): boolean {
  if (kind !== 'ClusterNetworkPolicy') return chosenField(entry, PORT_FIELDS) === 'UNKNOWN';
  if (chosenField(entry, PROTOCOL_FIELDS) === 'UNKNOWN') return true;
  const match = entry.tcp ?? entry.udp ?? entry.sctp;
  if (!isSet(match)) return false;
  if (chosenField(match, ['destinationPort']) === 'UNKNOWN') return true;
  const { destinationPort } = match;
  return isSet(destinationPort) && chosenField(destinationPort, ['number', 'range']) === 'UNKNOWN';
}
