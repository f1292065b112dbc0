import type { Direction } from '@portolan/model';
import { type AdminPeer, type AdminPort, type AdminRule, isSet } from './kubernetes.js';

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

/** Whether a peer has no field that its kind and direction know. */
export function isUnknownPeer(kind: AdminKind, direction: Direction, peer: AdminPeer): boolean {
  return chosenField(peer, peerFields(kind, direction)) === 'UNKNOWN';
}

/** Whether an entry of ports has no field that is known, or one of which nothing inside is. */
export function isUnknownEntry(kind: AdminKind, entry: AdminPort): boolean {
  if (kind !== 'ClusterNetworkPolicy') return chosenField(entry, PORT_FIELDS) === 'UNKNOWN';
  if (chosenField(entry, PROTOCOL_FIELDS) === 'UNKNOWN') return true;
  const match = entry.tcp ?? entry.udp ?? entry.sctp;
  if (!isSet(match)) return false;
  if (chosenField(match, ['destinationPort']) === 'UNKNOWN') return true;
  const { destinationPort } = match;
  return isSet(destinationPort) && chosenField(destinationPort, ['number', 'range']) === 'UNKNOWN';
}
