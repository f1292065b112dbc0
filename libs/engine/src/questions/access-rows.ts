import {
  type AccessReason,
  type AllowedAccess,
  type Direction,
  type EndpointGrouping,
  type EndpointRef,
  formatCidr,
  type RuleMatch,
} from '@portolan/model';
import { type Analysis, opposite } from '../analysis.js';
import { Caveats, isIpBlockMatch, isNetworkMatch } from './caveats.js';
import type { PeerClass, PeerClasses } from '../hypothetical/find-peer-classes.js';
import type { ExternalGroup } from './external-traffic.js';
import { classesOfGroup, refOf } from './grouping.js';
import { type Group } from './groups.js';
import { hasPublicAddress } from './public-addresses.js';
import { reasonOf, type Side } from './reasons.js';
import type { ResolvedEndpoint } from './resolved-endpoint.js';

/** A row whose reasons are known. */
type ExplainedAccess = AllowedAccess & {
  readonly egressReason: AccessReason;
  readonly ingressReason: AccessReason;
};

/** A row that does not say why: for a group of pods. */
export function plainPodRow(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  groupBy: EndpointGrouping,
  { index, traffic }: Group,
): AllowedAccess {
  return plainRow(analysis, direction, endpoint.ref, refOf(analysis, groupBy, index), traffic);
}

/** A row for pods that need not exist. */
export function peerClassRow(
  { analysis, endpoint }: PeerClasses,
  direction: Direction,
  { ref, traffic, classes }: PeerClass,
  isExplained: boolean,
): AllowedAccess {
  return isExplained
    ? rowOfClasses(analysis, direction, endpoint, ref, classes, { traffic, isNodeLocal: false })
    : plainRow(analysis, direction, endpoint.ref, ref, traffic);
}

/** A row that does not say why: for addresses outside the cluster. */
export function plainExternalRow(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  group: ExternalGroup,
): AllowedAccess {
  return plainRow(analysis, direction, endpoint.ref, externalRef(group), group.traffic);
}

function plainRow(
  analysis: Analysis,
  direction: Direction,
  endpoint: EndpointRef,
  peer: EndpointRef,
  traffic: number,
): AllowedAccess {
  const [source, destination] = direction === 'INGRESS' ? [peer, endpoint] : [endpoint, peer];
  const why = { egressReason: null, ingressReason: null, caveats: [] };
  return { source, destination, traffic: analysis.traffic.get(traffic), ...why };
}

/** A row for a group of pods, with its reasons. */
export function podRow(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  groupBy: EndpointGrouping,
  group: Group,
): AllowedAccess {
  const classes = classesOfGroup(analysis, groupBy, group.index);
  const ref = refOf(analysis, groupBy, group.index);
  return rowOfClasses(analysis, direction, endpoint, ref, classes, group);
}

/** A row for pods of some classes, with its reasons. */
export function rowOfClasses(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  ref: EndpointRef,
  classes: readonly number[],
  group: Pick<Group, 'traffic' | 'isNodeLocal'>,
): AllowedAccess {
  const own: Side[] = [];
  const theirs: Side[] = [];
  for (const peer of classes) {
    for (const subject of endpoint.classes) {
      own.push({ subject, peer: { podClass: peer } });
      theirs.push({ subject: peer, peer: { podClass: subject } });
    }
    if (endpoint.external === null) continue;
    own.push({ subject: null, peer: { podClass: peer } });
    theirs.push({ subject: peer, peer: { atoms: endpoint.external.atoms } });
  }
  const row = access(analysis, direction, endpoint.ref, ref, group, own, theirs);
  const { egressReason, ingressReason } = row;
  const isHost = (one: number): boolean => analysis.isHost(one);
  const isIpBlock = (rule: RuleMatch): boolean => isIpBlockMatch(analysis, rule);
  const caveats = new Caveats(analysis);
  caveats.addAll([row]);
  caveats.addIf(classes.some(isHost) || endpoint.classes.some(isHost), 'HOST_NETWORK');
  const usesBlock = egressReason.rules.some(isIpBlock) || ingressReason.rules.some(isIpBlock);
  caveats.addIf(usesBlock && endpoint.classes.length > 0, 'IP_BLOCK_MATCHES_PODS');
  const usesNetwork = [...egressReason.rules, ...ingressReason.rules].some((rule) =>
    isNetworkMatch(analysis, rule),
  );
  caveats.addIf(usesNetwork && endpoint.external !== null, 'SOURCE_ADDRESS_MAY_BE_TRANSLATED');
  const isLocal = egressReason.code === 'NODE_LOCAL' || ingressReason.code === 'NODE_LOCAL';
  caveats.addIf(isLocal, 'NODE_LOCAL_ALWAYS_ALLOWED');
  return { ...row, caveats: caveats.list() };
}

/** A row for addresses outside the cluster. */
export function externalRow(
  analysis: Analysis,
  direction: Direction,
  endpoint: ResolvedEndpoint,
  group: ExternalGroup,
): AllowedAccess {
  const ref = externalRef(group);
  const own = [...endpoint.classes].map((subject) => ({ subject, peer: { atoms: group.atoms } }));
  const theirs = [...endpoint.classes].map((podClass) => ({ subject: null, peer: { podClass } }));
  const row = access(analysis, direction, endpoint.ref, ref, group, own, theirs);
  const caveats = new Caveats(analysis);
  caveats.addAll([row]);
  caveats.addIf(
    endpoint.classes.some((one) => analysis.isHost(one)),
    'HOST_NETWORK',
  );
  const reason = direction === 'INGRESS' ? row.ingressReason : row.egressReason;
  caveats.addIf(
    reason.rules.some((rule) => isNetworkMatch(analysis, rule)),
    'SOURCE_ADDRESS_MAY_BE_TRANSLATED',
  );
  caveats.addIf(reason.code === 'NODE_LOCAL', 'NODE_LOCAL_ALWAYS_ALLOWED');
  return { ...row, caveats: caveats.list() };
}

function access(
  analysis: Analysis,
  direction: Direction,
  endpoint: EndpointRef,
  peer: EndpointRef,
  { traffic, isNodeLocal }: Pick<Group, 'traffic' | 'isNodeLocal'>,
  own: readonly Side[],
  theirs: readonly Side[],
): ExplainedAccess {
  const { isWhole: hasAllOwn, ...ownReason } = reasonOf(
    analysis,
    direction,
    own,
    traffic,
    isNodeLocal,
  );
  const { isWhole: hasAllTheirs, ...theirReason } = reasonOf(
    analysis,
    opposite(direction),
    theirs,
    traffic,
    isNodeLocal,
  );
  const caveats = new Caveats(analysis);
  caveats.addIf(!hasAllOwn || !hasAllTheirs, 'RESULT_TRUNCATED');
  const [egressReason, ingressReason] =
    direction === 'INGRESS' ? [theirReason, ownReason] : [ownReason, theirReason];
  return {
    ...plainRow(analysis, direction, endpoint, peer, traffic),
    egressReason,
    ingressReason,
    caveats: caveats.list(),
  };
}

export function externalRef({ cidrs }: ExternalGroup): EndpointRef {
  return {
    kind: 'external',
    cidrs: cidrs.map(formatCidr),
    includesInternet: cidrs.some(hasPublicAddress),
  };
}
