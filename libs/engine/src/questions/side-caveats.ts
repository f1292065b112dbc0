import { type Direction, DIRECTIONS, type TrafficQuery } from '@portolan/model';
import { type Analysis, opposite } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import type { AskedTraffic } from './asked-traffic.js';
import type { Caveats } from './caveats.js';
import type { ResolvedEndpoint } from './resolved-endpoint.js';

/** What a question asks of one side, for its caveats. */
export interface AskedSide {
  readonly direction: Direction;
  readonly endpoint: ResolvedEndpoint;
  /** The other end; null = every pod and address. */
  readonly peer: ResolvedEndpoint | null;
  readonly asked: AskedTraffic;
  readonly query: TrafficQuery;
  /** Whether addresses outside the cluster are asked about where `peer` is null. */
  readonly external: boolean;
}

/** Caveats of one side: of the policies that govern the endpoint's pods, and of what is not known about its peers. */
export function sideCaveats(analysis: Analysis, side: AskedSide, caveats: Caveats): void {
  const { direction, endpoint, peer, query } = side;
  const { facts } = analysis;
  caveats.addIf(query.protocol === 'OTHER', 'NON_IP_PROTOCOL_UNDEFINED');
  const destination = direction === 'INGRESS' ? endpoint : peer;
  caveats.addIf(destination?.hasServiceAddress === true, 'SERVICE_ADDRESS');
  caveats.addIf(
    endpoint.classes.some((one) => analysis.isHost(one)),
    'HOST_NETWORK',
  );
  const rows = rowsOf(analysis, direction, endpoint);
  const usesBlocks = rows.some((row) => facts.rowUsesBlocks(direction, row));
  const someLacksAddress = peer === null ? facts.somePodHasNoAddress : lacksAddress(analysis, peer);
  caveats.addIf(usesBlocks && someLacksAddress, 'POD_ADDRESS_UNKNOWN');
  const isOutside = peer === null ? side.external : peer.external !== null;
  caveats.addIf(usesBlocks && isOutside, 'SOURCE_ADDRESS_MAY_BE_TRANSLATED');
  const isUndeclared =
    peer === null ? facts.someNamespaceUndeclared : hasUndeclared(analysis, peer);
  const { namespaceLabelsMatter, subjectLabelsMatter } = analysis.index;
  caveats.addIf(
    (rows.length > 0 && namespaceLabelsMatter && isUndeclared) ||
      (subjectLabelsMatter && hasUndeclared(analysis, endpoint)),
    'NAMESPACE_NOT_DECLARED',
  );
  const isAmbiguous = rows.some((row) => facts.isAmbiguous(direction, row));
  caveats.addIf(isAmbiguous, 'PRIORITY_AMBIGUOUS');
  const usesNames = rows.some((row) => facts.rowUsesNames(direction, row));
  caveats.addIf(usesNames && peer === null && isOutside, 'DOMAIN_NAMES_NOT_RESOLVED');
  const { ipBlockMatchesPods, allowNodeToLocalPods } = analysis.index.switches;
  // What a block matches is told with the rows that it allows; of what it is taken not to match there is no row.
  const hidesPods =
    !ipBlockMatchesPods &&
    rows.some((row) => facts.blockHasPods(direction, row, peer?.classes ?? null));
  caveats.addIf(hidesPods, 'IP_BLOCK_MATCHES_PODS');
  const mayBeOwnNode = peer === null && rows.length > 0;
  caveats.addIf(!allowNodeToLocalPods && mayBeOwnNode, 'NODE_LOCAL_ALWAYS_ALLOWED');
  if (peer === null) everyPeerCaveats(analysis, side, caveats);
  portNameCaveats(analysis, side, rows, caveats);
}

/** Of the policies of the peers, when every pod is one. */
function everyPeerCaveats(
  analysis: Analysis,
  { direction, endpoint }: AskedSide,
  caveats: Caveats,
): void {
  const { facts } = analysis;
  const { namespaceLabelsMatter, subjectLabelsMatter, switches } = analysis.index;
  const otherWay = opposite(direction);
  const hidesPods =
    !switches.ipBlockMatchesPods && facts.blockHasPods(otherWay, null, endpoint.classes);
  caveats.addIf(hidesPods, 'IP_BLOCK_MATCHES_PODS');
  const usesBlocks = facts.anyRowUsesBlocks(otherWay);
  caveats.addIf(usesBlocks && lacksAddress(analysis, endpoint), 'POD_ADDRESS_UNKNOWN');
  const isOutside = endpoint.external !== null;
  caveats.addIf(usesBlocks && isOutside, 'SOURCE_ADDRESS_MAY_BE_TRANSLATED');
  caveats.addIf(isOutside && facts.anyRowUsesNames(otherWay), 'DOMAIN_NAMES_NOT_RESOLVED');
  caveats.addIf(facts.anyRowIsAmbiguous(otherWay), 'PRIORITY_AMBIGUOUS');
  caveats.addIf(
    (namespaceLabelsMatter && hasUndeclared(analysis, endpoint)) ||
      (subjectLabelsMatter && facts.someNamespaceUndeclared),
    'NAMESPACE_NOT_DECLARED',
  );
}

/** Of port names: the one asked about, and those of rules. */
function portNameCaveats(
  analysis: Analysis,
  { direction, endpoint, peer, asked }: AskedSide,
  rows: readonly number[],
  caveats: Caveats,
): void {
  const { ports } = analysis;
  const destinations = direction === 'INGRESS' ? endpoint.classes : (peer?.classes ?? null);
  if (asked.isByDestination) {
    const sets = askedOf(analysis, asked, destinations);
    // Among all pods it is enough that some have the name.
    const isUnresolved =
      destinations === null
        ? sets.size === 1 && sets.has(NO_TRAFFIC)
        : sets.size === 0 || destinations.some((one) => asked.isUnresolvedOn(one));
    caveats.addIf(isUnresolved, 'NAMED_PORT_UNRESOLVED');
    sets.delete(NO_TRAFFIC);
    caveats.addIf(sets.size > 1, 'NAMED_PORT_AMBIGUOUS');
  }
  const found = rows.map((row) =>
    direction === 'EGRESS' && destinations !== null
      ? ports.ofRowTo(row, destinations)
      : ports.ofRow(direction, row),
  );
  if (peer === null)
    found.push(direction === 'EGRESS' ? ports.ofAll('INGRESS') : ports.ofAllTo(endpoint.classes));
  caveats.addIf(
    found.some(({ unresolved }) => unresolved),
    'NAMED_PORT_UNRESOLVED',
  );
  caveats.addIf(
    found.some(({ ambiguous }) => ambiguous),
    'NAMED_PORT_AMBIGUOUS',
  );
}

/** The numbers that a port name has on some classes, or on all. */
function askedOf(
  { index }: Analysis,
  asked: AskedTraffic,
  classes: Int32Array | null,
): Set<number> {
  if (classes !== null) return new Set(Array.from(classes, (one) => asked.ofClass(one)));
  const all = new Set<number>();
  for (let one = 0; one < index.classes.count; one++) all.add(asked.ofClass(one));
  return all;
}

/** What all allowed access of a snapshot rests on; `external` = with addresses outside the cluster. */
export function allAccessCaveats(analysis: Analysis, external: boolean, caveats: Caveats): void {
  const { facts, index, ports } = analysis;
  const usesBlocks = DIRECTIONS.some((direction) => facts.anyRowUsesBlocks(direction));
  caveats.addIf(index.pods.hostPods.length > 0, 'HOST_NETWORK');
  caveats.addIf(!index.switches.allowNodeToLocalPods, 'NODE_LOCAL_ALWAYS_ALLOWED');
  caveats.addIf(facts.someBlockHasPods, 'IP_BLOCK_MATCHES_PODS');
  caveats.addIf(usesBlocks && facts.somePodHasNoAddress, 'POD_ADDRESS_UNKNOWN');
  caveats.addIf(usesBlocks && external, 'SOURCE_ADDRESS_MAY_BE_TRANSLATED');
  caveats.addIf(external && facts.anyRowUsesNames('EGRESS'), 'DOMAIN_NAMES_NOT_RESOLVED');
  const isAmbiguous = DIRECTIONS.some((direction) => facts.anyRowIsAmbiguous(direction));
  caveats.addIf(isAmbiguous, 'PRIORITY_AMBIGUOUS');
  const labelsMatter = index.namespaceLabelsMatter || index.subjectLabelsMatter;
  caveats.addIf(labelsMatter && facts.someNamespaceUndeclared, 'NAMESPACE_NOT_DECLARED');
  const named = DIRECTIONS.map((direction) => ports.ofAll(direction));
  caveats.addIf(
    named.some(({ unresolved }) => unresolved),
    'NAMED_PORT_UNRESOLVED',
  );
  caveats.addIf(
    named.some(({ ambiguous }) => ambiguous),
    'NAMED_PORT_AMBIGUOUS',
  );
}

function rowsOf(analysis: Analysis, direction: Direction, endpoint: ResolvedEndpoint): number[] {
  const rows = new Set<number>();
  for (const one of endpoint.classes) rows.add(analysis.rowOf(direction, one));
  rows.delete(NO_ROW);
  return [...rows];
}

function lacksAddress({ facts }: Analysis, { classes }: ResolvedEndpoint): boolean {
  return classes.some((one) => facts.hasNoAddress(one));
}

function hasUndeclared({ index, facts }: Analysis, { classes }: ResolvedEndpoint): boolean {
  return classes.some((one) => facts.isUndeclared(index.classes.namespace[one]!));
}
