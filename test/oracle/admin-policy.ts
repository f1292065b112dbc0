/**
 * Sections 3 and 4 of the semantics page: the policies of policy.networking.k8s.io. The page's conversion of v1alpha1 to
 * v1alpha2 (Allow → Accept, ports → protocols) is not made: both are read as they are written.
 */
import type { Direction } from '@portolan/model';
import { contains, readNetwork, sameAddress } from './addresses.js';
import { type AdminKind, entriesOf, isUnknown, peersOf } from './admin-fields.js';
import {
  addressesOf,
  type AdminPolicy,
  type Cluster,
  type Connection,
  type Endpoint,
  isItsNode,
  isPod,
  portsNamed,
  type RuleMatch,
} from './cluster.js';
import {
  type AdminPeer,
  type AdminPort,
  type AdminRule,
  type AdminSubject,
  isSet,
  type NamespacedPods,
  type PortSpan,
  type ProtocolMatch,
  type Selector,
} from './kubernetes.js';
import { selects } from './selectors.js';
import type { Pod } from './workloads.js';

/** What the first matching rule of a tier does, and rules before it of which it is not known whether they match. */
export interface TierOutcome {
  /** Null: no rule matches. */
  readonly action: Action | null;
  readonly decidedBy: readonly RuleMatch[];
  readonly maybeAllowedBy: readonly RuleMatch[];
}

type Action = 'ALLOW' | 'DENY' | 'PASS';

/** Asks policies in their order, and the rules of each in theirs: the first rule whose peers and ports match decides. */
export function askTier(
  cluster: Cluster,
  policies: readonly AdminPolicy[],
  connection: Connection,
): TierOutcome {
  const { direction, subject } = connection;
  const maybeAllowedBy: RuleMatch[] = [];
  for (const policy of policies) {
    if (!isSubject(cluster, policy.spec.subject, subject)) continue;
    for (const [rule, written] of rulesOf(policy, direction).entries()) {
      const { action, peers, maybe } = askRule(cluster, policy.kind, written, connection);
      const at = (peer: number): RuleMatch => ({ policy, direction, rule, peer });
      // Its first peer that matches is named.
      const [first] = peers;
      if (first !== undefined) return { action, decidedBy: [at(first)], maybeAllowedBy };
      maybeAllowedBy.push(...maybe.map(at));
    }
  }
  return { action: null, decidedBy: [], maybeAllowedBy };
}

/** Pods that are their node are never subjects. */
export function isSubject(cluster: Cluster, subject: AdminSubject, pod: Pod): boolean {
  return inNamespaces(cluster, subject.namespaces, pod) || inPods(cluster, subject.pods, pod);
}

export function rulesOf({ spec }: AdminPolicy, direction: Direction): readonly AdminRule[] {
  return (direction === 'INGRESS' ? spec.ingress : spec.egress) ?? [];
}

interface RuleOutcome {
  readonly action: Action;
  /** Peers that match, in their order. */
  readonly peers: readonly number[];
  /** Peers of which it is not known. */
  readonly maybe: readonly number[];
}

/**
 * Fail closed: a peer in which nothing is known matches nobody in a rule that allows, and turns any other rule into Deny
 * for every peer. The page says no word about an entry of ports in which nothing is known; it is alike: no traffic, or
 * Deny for all traffic of the rule's peers.
 */
function askRule(
  cluster: Cluster,
  kind: AdminKind,
  rule: AdminRule,
  connection: Connection,
): RuleOutcome {
  const { direction, peer: endpoint, domainName } = connection;
  const entries = entriesOf(kind, rule);
  const isAllow = rule.action === 'Allow' || rule.action === 'Accept';
  const isPortUnknown = !isAllow && entries.some(isUnknown);
  if (!isPortUnknown && !portsMatch(entries, connection)) return NO_MATCH;

  const peers = peersOf(rule, direction);
  const those = (wanted: (peer: AdminPeer) => boolean): number[] =>
    [...peers.keys()].filter((i) => wanted(peers[i]!));
  // Which addresses have a name cannot be known offline. No pod has.
  const namesOf = ({ domainNames }: AdminPeer): readonly string[] =>
    isPod(endpoint) ? [] : (domainNames ?? []);
  const matches = (peer: AdminPeer): boolean =>
    peerMatches(cluster, peer, endpoint) ||
    (domainName !== null && namesOf(peer).includes(domainName));
  if (isAllow) {
    const maybe = domainName === null ? those((peer) => namesOf(peer).length > 0) : [];
    return { action: 'ALLOW', peers: those(matches), maybe };
  }
  const isClosed = isPortUnknown || peers.some(isUnknown);
  return {
    action: isClosed || rule.action === 'Deny' ? 'DENY' : 'PASS',
    peers: those((peer) => isUnknown(peer) || matches(peer)),
    maybe: [],
  };
}

const NO_MATCH: RuleOutcome = { action: 'PASS', peers: [], maybe: [] };

/** By all fields but `domainNames`. */
function peerMatches(cluster: Cluster, peer: AdminPeer, endpoint: Endpoint): boolean {
  const { namespaces, pods, networks, nodes } = peer;
  if (
    isPod(endpoint) &&
    (inNamespaces(cluster, namespaces, endpoint) || inPods(cluster, pods, endpoint))
  )
    return true;
  return inNetworks(networks, endpoint) || isNode(cluster, nodes, endpoint);
}

/** `namespaces`: every pod of the namespaces, unless it uses its node's network. */
function inNamespaces(
  cluster: Cluster,
  namespaces: Selector | null | undefined,
  pod: Pod,
): boolean {
  return (
    isSet(namespaces) &&
    !isItsNode(cluster, pod) &&
    selects(namespaces, cluster.namespaceLabels.get(pod.namespace)!)
  );
}

/** `pods`: both selectors must match; a missing namespaceSelector is all namespaces. */
function inPods(cluster: Cluster, pods: NamespacedPods | null | undefined, pod: Pod): boolean {
  return (
    isSet(pods) &&
    inNamespaces(cluster, pods.namespaceSelector ?? {}, pod) &&
    selects(pods.podSelector, pod.labels)
  );
}

/** `networks`: addresses outside the cluster, and pods by theirs. */
function inNetworks(networks: readonly string[] | null | undefined, endpoint: Endpoint): boolean {
  return (networks ?? []).some((cidr) =>
    addressesOf(endpoint).some((address) => contains(readNetwork(cidr)!, address)),
  );
}

/** `nodes`: the addresses in the nodes' status, so also hostNetwork pods; never the pods on the nodes. */
function isNode(cluster: Cluster, nodes: Selector | null | undefined, endpoint: Endpoint): boolean {
  if (!isSet(nodes) || (isPod(endpoint) && !endpoint.hostNetwork)) return false;
  return [...cluster.nodes.values()]
    .filter(({ labels }) => selects(nodes, labels))
    .some(({ addresses }) =>
      addresses.some((one) => addressesOf(endpoint).some((other) => sameAddress(one, other))),
    );
}

/** Missing (or, in v1alpha1, empty) `ports` and `protocols` do not restrict; otherwise one matching entry is enough. */
function portsMatch(entries: readonly AdminPort[], connection: Connection): boolean {
  return entries.length === 0 || entries.some((entry) => entryMatches(entry, connection));
}

function entryMatches(entry: AdminPort, connection: Connection): boolean {
  const { protocol, port } = connection;
  const holds = ({ start, end }: PortSpan): boolean => start <= port && port <= end;
  const name = entry.namedPort ?? entry.destinationNamedPort;
  // The destination pod declares the protocol, too.
  if (isSet(name))
    return portsNamed(name, connection).some(
      (declared) => declared.protocol === protocol && declared.number === port,
    );
  return spansOf(entry).some((span) => span.protocol === protocol && holds(span));
}

/** The ports of an entry that has no name: one span, of one protocol. */
export function spansOf(entry: AdminPort): ({ readonly protocol: string } & PortSpan)[] {
  const { portNumber, portRange, tcp, udp, sctp } = entry;
  if (isSet(portNumber)) {
    const { protocol, port } = portNumber;
    return [{ protocol: protocol ?? 'TCP', start: port, end: port }];
  }
  if (isSet(portRange)) {
    const { protocol, start, end } = portRange;
    return [{ protocol: protocol ?? 'TCP', start, end }];
  }
  const spans = (protocol: string, match: ProtocolMatch | null | undefined) => {
    const { number, range } = match?.destinationPort ?? {};
    if (isSet(number)) return [{ protocol, start: number, end: number }];
    return isSet(range) ? [{ protocol, start: range.start, end: range.end }] : [];
  };
  return [...spans('TCP', tcp), ...spans('UDP', udp), ...spans('SCTP', sctp)];
}
