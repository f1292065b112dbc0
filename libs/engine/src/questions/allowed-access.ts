import {
  type AccessPage,
  type AllowedAccess,
  type AllowedAccessQuestion,
  ANY_TRAFFIC,
  type Asked,
  type Caveat,
  DEFAULT_PEER_SCOPE,
  type Direction,
  type EndpointGrouping,
  type EndpointRef,
  type PeerScope,
  type TrafficSet,
} from '@portolan/model';
import { type Analysis, opposite } from '../analysis.js';
import { externalRef, externalRow, podRow } from './access-rows.js';
import { AskedTraffic } from './asked-traffic.js';
import { Caveats } from './caveats.js';
import { sideCaveats, allAccessCaveats } from './side-caveats.js';
import type { ExternalGroup } from './external-traffic.js';
import { groupOfPod, refOf } from './grouping.js';
import { externalGroups, type Group, listGroups, namespaceTest } from './groups.js';
import { supposePods } from '../hypothetical/suppose-pods.js';
import { range } from '../sets/range.js';
import { missingServicePort } from '../services/resolve-service.js';
import { PeerTraffic } from './peer-traffic.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';
import { endpointOfPods, type ResolvedEndpoint } from './resolved-endpoint.js';

/** A row of an export: what may pass from one endpoint to another. */
export interface AccessTriple {
  readonly source: EndpointRef;
  readonly destination: EndpointRef;
  readonly traffic: TrafficSet;
}

/** Leaves nothing out. */
const EVERY_PEER: PeerScope = { ...DEFAULT_PEER_SCOPE, self: true };

/** A row before its reasons are looked up. */
type RawRow = { readonly endpoint: ResolvedEndpoint; readonly direction: Direction } & (
  | { readonly group: Group; readonly external: null }
  | { readonly group: null; readonly external: ExternalGroup }
);

/**
 * Every allowed pair, filtered. Sorted by source, then destination, addresses outside the cluster last, and what they
 * may reach at the end; when only `to` is given, by destination, then source.
 */
export function allowedAccess(given: Analysis, question: AllowedAccessQuestion): Asked<AccessPage> {
  const isBetween = question.from !== null && question.to !== null;
  const analysis = supposePods(given.inForce(question), [question.from, question.to], isBetween);
  analysis.startQuestion();
  const from = question.from === null ? null : resolveEndpoint(analysis, question.from);
  if (from !== null && !isResolved(from))
    return { ok: false, problem: { ...from, argument: 'from' } };
  const to = question.to === null ? null : resolveEndpoint(analysis, question.to);
  if (to !== null && !isResolved(to)) return { ok: false, problem: { ...to, argument: 'to' } };
  const missing = to === null ? null : missingServicePort(to, question.traffic);
  if (missing !== null) return { ok: false, problem: { ...missing, argument: 'traffic' } };
  const { offset, limit } = question.page;
  const rows: AllowedAccess[] = [];
  let totalCount = 0;
  for (const row of rawRows(analysis, question, from, to)) {
    if (totalCount >= offset && rows.length < limit)
      rows.push(withReasons(analysis, question.groupBy, row));
    totalCount++;
  }
  const caveats = new Caveats(analysis);
  caveats.addAll(rows);
  questionCaveats(analysis, question, from, to, caveats);
  return { ok: true, answer: { rows, totalCount, caveats: caveats.list() } };
}

function questionCaveats(
  analysis: Analysis,
  { traffic: query, peers }: AllowedAccessQuestion,
  from: ResolvedEndpoint | null,
  to: ResolvedEndpoint | null,
  caveats: Caveats,
): void {
  caveats.addIf(query.protocol === 'OTHER', 'NON_IP_PROTOCOL_UNDEFINED');
  const { external } = peers;
  const asked = new AskedTraffic(analysis, query, to?.servicePorts ?? null);
  const common = { asked, query, external };
  if (from !== null)
    sideCaveats(analysis, { direction: 'EGRESS', endpoint: from, peer: to, ...common }, caveats);
  if (to !== null)
    sideCaveats(analysis, { direction: 'INGRESS', endpoint: to, peer: from, ...common }, caveats);
  if (from === null && to === null) allAccessCaveats(analysis, external, caveats);
}

/** What is exported: one row for each pair of groups. */
export interface ExportedAccess {
  readonly groupBy: EndpointGrouping;
  /** Whether policies take effect, as in a question. */
  readonly isEnforced: boolean;
}

/** What an export of all allowed access rests on. */
export function exportCaveats(
  given: Analysis,
  exported: Pick<ExportedAccess, 'isEnforced'>,
): readonly Caveat[] {
  const analysis = given.inForce(exported);
  const caveats = new Caveats(analysis);
  allAccessCaveats(analysis, true, caveats);
  return caveats.list();
}

/** Every allowed pair without its reasons, one after the other: for exports, which nobody holds as a whole. */
export function* exportAccess(given: Analysis, exported: ExportedAccess): Generator<AccessTriple> {
  const analysis = given.inForce(exported);
  const { groupBy } = exported;
  analysis.startQuestion();
  const question = {
    traffic: ANY_TRAFFIC,
    crossNamespace: false,
    groupBy,
    peers: DEFAULT_PEER_SCOPE,
  };
  for (const { endpoint, direction, group, external } of rawRows(analysis, question, null, null)) {
    const peer = group === null ? externalRef(external) : refOf(analysis, groupBy, group.index);
    const traffic = analysis.traffic.get((group ?? external).traffic);
    if (direction === 'EGRESS') yield { source: endpoint.ref, destination: peer, traffic };
    else yield { source: peer, destination: endpoint.ref, traffic };
  }
}

type Filter = Pick<AllowedAccessQuestion, 'traffic' | 'crossNamespace' | 'groupBy' | 'peers'>;

function* rawRows(
  analysis: Analysis,
  filter: Filter,
  from: ResolvedEndpoint | null,
  to: ResolvedEndpoint | null,
): Generator<RawRow> {
  const { groupBy, peers: scope } = filter;
  const direction: Direction = from === null && to !== null ? 'INGRESS' : 'EGRESS';
  const [near, far] = direction === 'EGRESS' ? [from, to] : [to, from];
  const asked = new AskedTraffic(analysis, filter.traffic, to?.servicePorts ?? null);
  const withAddresses = scope.external && !filter.crossNamespace;
  const nearScope = near === null ? { ...EVERY_PEER, hosts: scope.hosts } : EVERY_PEER;
  for (const endpoint of endpointsOf(analysis, groupBy, near, nearScope)) {
    forgetTraffic(analysis, asked);
    const peers = new PeerTraffic(analysis, direction, endpoint, asked, scope);
    for (const group of listGroups(analysis, peers, groupBy, scope, far))
      if (
        !filter.crossNamespace ||
        namespaceOf(endpoint.ref) !== namespaceOf(refOf(analysis, groupBy, group.index))
      )
        yield { endpoint, direction, group, external: null };
    if (withAddresses) yield* addressRows(analysis, direction, endpoint, asked, scope, far);
  }
  // The addresses of the near end: pods of the far end have the policies.
  if (!withAddresses || near?.external === null) return;
  for (const endpoint of endpointsOf(analysis, groupBy, far, scope)) {
    forgetTraffic(analysis, asked);
    yield* addressRows(analysis, opposite(direction), endpoint, asked, scope, near);
  }
}

/**
 * Each pair of pods may have a union of its own, so what earlier endpoints left in the table is dropped once it is much. Of what
 * outlives an endpoint only what is asked about has an id, and that of all traffic is the same in every table.
 */
function forgetTraffic(analysis: Analysis, asked: AskedTraffic): void {
  if (asked.isAny) analysis.startQuestion();
}

/** What a group of pods exchanges with addresses; `of` = with those of an endpoint, null = with all outside the cluster. */
function* addressRows(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  asked: AskedTraffic,
  { hosts }: PeerScope,
  of: ResolvedEndpoint | null,
): Generator<RawRow> {
  if (of?.external === null) return;
  const within = of?.external ?? null;
  for (const external of externalGroups(analysis, direction, endpoint, asked, hosts, within))
    yield { endpoint, direction, group: null, external };
}

function withReasons(analysis: Analysis, groupBy: EndpointGrouping, row: RawRow): AllowedAccess {
  return row.group === null
    ? externalRow(analysis, row.direction, row.endpoint, row.external)
    : podRow(analysis, row.direction, row.endpoint, groupBy, row.group);
}

/** The groups that an endpoint's pods fall into, each with only those pods. Null = all pods; `scope` leaves pods out. */
function* endpointsOf(
  analysis: Analysis,
  groupBy: EndpointGrouping,
  within: ResolvedEndpoint | null,
  scope: PeerScope,
): Generator<ResolvedEndpoint> {
  const { view, index } = analysis;
  const isWanted = namespaceTest(analysis, scope);
  const groups = new Map<number, number[]>();
  const pods = within?.pods ?? range(0, view.podCount);
  for (const pod of pods) {
    if (!isWanted(view.namespaceOfPod(pod))) continue;
    if (!scope.hosts && analysis.isHost(index.pods.podClass[pod]!)) continue;
    const group = groupOfPod(analysis, groupBy, pod);
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [pod]);
    else list.push(pod);
  }
  for (const group of [...groups.keys()].sort((a, b) => a - b)) {
    const endpoint = endpointOfPods(
      analysis,
      refOf(analysis, groupBy, group),
      groups.get(group) ?? [],
      ownWorkload(analysis, groupBy, group),
    );
    if (endpoint.pods.length > 0) yield endpoint;
  }
}

function ownWorkload(analysis: Analysis, groupBy: EndpointGrouping, group: number): number {
  return groupBy === 'WORKLOAD'
    ? group
    : groupBy === 'POD'
      ? analysis.index.pods.podWorkload[group]!
      : -1;
}

function namespaceOf(ref: EndpointRef): string | null {
  return ref.kind === 'namespace'
    ? ref.name
    : ref.kind === 'workload' || ref.kind === 'pod'
      ? ref.namespace
      : null;
}
