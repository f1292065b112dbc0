import { type Analysis, canReach, reachableFrom, whoCanReach } from '@portolan/engine';
import {
  type AccessPage,
  type AllowedAccess,
  DEFAULT_PEER_SCOPE,
  type Direction,
  type EndpointGrouping,
  type EndpointRef,
  type EndpointSelection,
  type PeerScope,
  type ReachabilityAnswer,
  type TrafficQuery,
} from '@portolan/model';
import { writeAddress } from '../addresses.js';
import { type Endpoint, isPod } from '../cluster.js';
import { Disagreement, same } from './disagreement.js';

/** Leaves no peer out. */
export const EVERY_PEER: PeerScope = { ...DEFAULT_PEER_SCOPE, self: true };

/** All rows of `whoCanReach` (INGRESS) or `reachableFrom` (EGRESS), with every kind of peer. */
export function askRows(
  analysis: Analysis,
  direction: Direction,
  endpoint: EndpointSelection,
  groupBy: EndpointGrouping,
  traffic: TrafficQuery,
  peers: PeerScope = EVERY_PEER,
): AccessPage['rows'] {
  const page = { offset: 0, limit: 10_000 };
  const question = { endpoint, traffic, groupBy, peers, page, isExplained: true, isEnforced: true };
  const asked = (direction === 'INGRESS' ? whoCanReach : reachableFrom)(analysis, question);
  if (!asked.ok) throw new Disagreement(`${questionName(direction)}: ${asked.problem.message}`);
  const { rows, totalCount } = asked.answer;
  same(`${questionName(direction)}: totalCount`, totalCount, rows.length);
  return rows;
}

export function askVerdict(
  analysis: Analysis,
  from: EndpointSelection,
  to: EndpointSelection,
  traffic: TrafficQuery,
): ReachabilityAnswer {
  const asked = canReach(analysis, { from, to, traffic, isEnforced: true });
  if (!asked.ok) throw new Disagreement(`${JSON.stringify([from, to])}: ${asked.problem.message}`);
  return asked.answer;
}

/** A template pod has no name of its own: its workload is asked for. */
export function selectionOf(endpoint: Endpoint): EndpointSelection {
  if (!isPod(endpoint)) {
    const bits = endpoint.family === 4 ? 32 : 128;
    return { kind: 'cidr', cidr: `${writeAddress(endpoint)}/${bits}` };
  }
  const { namespace, name, template } = endpoint;
  if (!template) return { kind: 'pod', namespace, name };
  return { kind: 'workload', namespace, name, workloadKind: null };
}

/** The end of a row that was not asked about. */
export function peerOf(row: AllowedAccess, direction: Direction): EndpointRef {
  return direction === 'INGRESS' ? row.source : row.destination;
}

export function questionName(direction: Direction): string {
  return direction === 'INGRESS' ? 'whoCanReach' : 'reachableFrom';
}
