import {
  type AllowedAccess,
  type Caveat,
  type CaveatCode,
  compareText,
  type Direction,
  type PolicyPeer,
  type PolicyPort,
  rulesOf,
  type RuleMatch,
  type TrafficQuery,
} from '@portolan/model';
import { type Analysis, opposite } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import type { AskedTraffic } from './asked-traffic.js';
import type { ResolvedEndpoint } from './resolve-endpoint.js';

const MESSAGES = {
  HOST_NETWORK:
    "A hostNetwork pod takes part: policies have no such pod as subject, its traffic is its node's, and what a network plugin does with it differs.",
  IP_BLOCK_MATCHES_PODS:
    'An ipBlock rule is taken to match the addresses of pods, as most network plugins do; the NetworkPolicy API leaves this open.',
  POD_ADDRESS_UNKNOWN:
    'A rule over addresses (ipBlock, networks) takes part and some pods have no known address (status.podIPs): the rule is taken not to match them.',
  SOURCE_ADDRESS_MAY_BE_TRANSLATED:
    'An ipBlock rule looks at addresses outside the cluster: load balancers, node ports and NAT may change the address before the rule sees it.',
  NAMED_PORT_UNRESOLVED:
    'A port name does not resolve on a destination pod: it opens nothing there.',
  NAMED_PORT_AMBIGUOUS: 'A port name means different numbers on the destination pods.',
  NAMESPACE_NOT_DECLARED:
    'A namespace takes part that the input uses but does not declare: it is taken to have no label but kubernetes.io/metadata.name, and a namespaceSelector looks at other labels.',
  NODE_LOCAL_ALWAYS_ALLOWED:
    'Traffic between a pod and its own node is always allowed, whatever policies say.',
  NON_IP_PROTOCOL_UNDEFINED:
    'Protocols other than TCP, UDP and SCTP (for example ICMP) are undefined by the NetworkPolicy API.',
  PRIORITY_AMBIGUOUS:
    'Policies of one tier have equal priority, select the same pods and disagree: Kubernetes leaves open which is asked first; here it is the one with the smaller name (a BaselineAdminNetworkPolicy last).',
  DOMAIN_NAMES_NOT_RESOLVED:
    'A rule allows traffic to domain names, whose addresses are not known here: it may allow more than the answer counts as allowed.',
  RESULT_TRUNCATED: 'The answer is cut at a limit: there is more than it lists.',
} as const satisfies Partial<Record<CaveatCode, string>>;

export type EngineCaveat = keyof typeof MESSAGES;

const NO_CAVEATS: readonly Caveat[] = [];

/** Collects what an answer rests on, each once. */
export class Caveats {
  readonly #codes = new Set<EngineCaveat>();

  add(code: EngineCaveat): void {
    this.#codes.add(code);
  }

  addIf(condition: boolean, code: EngineCaveat): void {
    if (condition) this.#codes.add(code);
  }

  addAll(rows: readonly Pick<AllowedAccess, 'caveats'>[]): void {
    for (const { caveats } of rows)
      for (const { code } of caveats) if (code in MESSAGES) this.#codes.add(code as EngineCaveat);
  }

  list(): readonly Caveat[] {
    if (this.#codes.size === 0) return NO_CAVEATS;
    return [...this.#codes].sort(compareText).map((code) => ({ code, message: MESSAGES[code] }));
  }
}

/** Whether a matched rule's peer is an ipBlock. (`networks` of admin policies match pods by their definition.) */
export function isIpBlockMatch(analysis: Analysis, rule: RuleMatch): boolean {
  return (
    peerKind(analysis, rule) === 'networks' &&
    analysis.view.policy(rule.policy).kind === 'NETWORK_POLICY'
  );
}

/** Whether a matched rule's peer is addresses. */
export function isNetworkMatch(analysis: Analysis, rule: RuleMatch): boolean {
  return peerKind(analysis, rule) === 'networks';
}

/** Whether a matched rule's peer is domain names. */
export function isDomainNameMatch(analysis: Analysis, rule: RuleMatch): boolean {
  return peerKind(analysis, rule) === 'domainNames';
}

function peerKind(
  analysis: Analysis,
  { policy, direction, rule, peer }: RuleMatch,
): PolicyPeer['kind'] | null {
  if (peer === null) return null;
  const { spec } = analysis.view.policy(policy);
  return rulesOf(spec, direction)[rule]?.peers?.[peer]?.kind ?? null;
}

/** What a question asks of one side, for its caveats. */
export interface AskedSide {
  readonly direction: Direction;
  readonly endpoint: ResolvedEndpoint;
  /** The other end; null = every pod and address. */
  readonly peer: ResolvedEndpoint | null;
  readonly asked: AskedTraffic;
  readonly query: TrafficQuery;
}

/** Caveats of one side: of the policies that govern the endpoint's pods, and of what is not known about its peers. */
export function sideCaveats(analysis: Analysis, side: AskedSide, caveats: Caveats): void {
  const { direction, endpoint, peer, query } = side;
  const { facts } = analysis;
  caveats.addIf(query.protocol === 'OTHER', 'NON_IP_PROTOCOL_UNDEFINED');
  caveats.addIf(
    endpoint.classes.some((one) => analysis.isHost(one)),
    'HOST_NETWORK',
  );
  const governed = endpoint.classes.filter((one) => analysis.rowOf(direction, one) !== NO_ROW);
  const rows = new Set([...governed].map((one) => analysis.rowOf(direction, one)));
  const usesBlocks = [...rows].some((row) => facts.rowUsesBlocks(direction, row));
  const someLacksAddress = peer === null ? facts.somePodHasNoAddress : lacksAddress(analysis, peer);
  caveats.addIf(usesBlocks && someLacksAddress, 'POD_ADDRESS_UNKNOWN');
  // Without a named peer, the peers' own policies may have ipBlocks that should match the endpoint.
  const peersUseBlocks = peer === null && facts.anyRowUsesBlocks(opposite(direction));
  caveats.addIf(peersUseBlocks && lacksAddress(analysis, endpoint), 'POD_ADDRESS_UNKNOWN');
  const isUndeclared =
    peer === null ? facts.someNamespaceUndeclared : hasUndeclared(analysis, peer);
  const labelsMatter = governed.length > 0 && analysis.index.namespaceLabelsMatter;
  caveats.addIf(labelsMatter && isUndeclared, 'NAMESPACE_NOT_DECLARED');
  const mayBeSubject = analysis.index.subjectLabelsMatter && hasUndeclared(analysis, endpoint);
  caveats.addIf(mayBeSubject, 'NAMESPACE_NOT_DECLARED');
  const isAmbiguous =
    [...rows].some((row) => facts.isAmbiguous(direction, row)) ||
    (peer === null && facts.anyRowIsAmbiguous(opposite(direction)));
  caveats.addIf(isAmbiguous, 'PRIORITY_AMBIGUOUS');
  const usesNames =
    (peer === null && [...rows].some((row) => facts.rowUsesNames(direction, row))) ||
    (peer === null && endpoint.external !== null && facts.anyRowUsesNames(opposite(direction)));
  caveats.addIf(usesNames, 'DOMAIN_NAMES_NOT_RESOLVED');
  portNameCaveats(analysis, side, governed, caveats);
}

function portNameCaveats(
  analysis: Analysis,
  { direction, endpoint, peer, asked, query }: AskedSide,
  governed: Int32Array,
  caveats: Caveats,
): void {
  const destinations = direction === 'INGRESS' ? endpoint.classes : (peer?.classes ?? null);
  if (query.portName !== null && direction === 'INGRESS') {
    const sets = new Set([...endpoint.classes].map((one) => asked.ofClass(one)));
    caveats.addIf(sets.has(NO_TRAFFIC) || endpoint.classes.length === 0, 'NAMED_PORT_UNRESOLVED');
    caveats.addIf(sets.size > 1, 'NAMED_PORT_AMBIGUOUS');
  }
  if (destinations === null) return;
  const policies = new Set(
    [...governed].flatMap((one) => analysis.selectingPolicies(direction, one)),
  );
  const names = [...policies].flatMap((policy) => portNames(analysis, direction, policy));
  if (names.length === 0) return;
  const isUnknown = destinations.some((one) => {
    const { ports } = analysis.samplePod(one);
    return names.some(
      (wanted) =>
        !ports.some(
          ({ name, protocol }) =>
            name === wanted.port && protocol === (wanted.protocol ?? protocol),
        ),
    );
  });
  caveats.addIf(isUnknown, 'NAMED_PORT_UNRESOLVED');
}

function portNames(analysis: Analysis, direction: Direction, policy: number): PolicyPort[] {
  return rulesOf(analysis.view.policy(policy).spec, direction).flatMap(({ ports }) =>
    (ports ?? []).filter(({ port }) => typeof port === 'string'),
  );
}

function lacksAddress({ facts }: Analysis, { classes }: ResolvedEndpoint): boolean {
  return classes.some((one) => facts.hasNoAddress(one));
}

function hasUndeclared({ index, facts }: Analysis, { classes }: ResolvedEndpoint): boolean {
  return classes.some((one) => facts.isUndeclared(index.classes.namespace[one]!));
}
