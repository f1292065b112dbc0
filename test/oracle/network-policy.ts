/** Section 2 of the semantics page: NetworkPolicy (networking.k8s.io/v1). */
import type { Direction } from '@portolan/model';
import { type Address, contains, readNetwork } from './addresses.js';
import {
  addressesOf,
  type Cluster,
  type Connection,
  type Endpoint,
  isItsNode,
  isPod,
  type NetworkPolicy,
  portsNamed,
  type RuleMatch,
} from './cluster.js';
import {
  type EgressRule,
  type IngressRule,
  type IpBlock,
  isSet,
  type Peer,
  type PolicySpec,
  type Port,
} from './kubernetes.js';
import { selects } from './selectors.js';
import type { Pod } from './workloads.js';

/** A policy selects pods of its own namespace only, in the directions of its effective policyTypes. */
export function isolates(
  { namespace, spec }: NetworkPolicy,
  direction: Direction,
  pod: Pod,
): boolean {
  return (
    pod.namespace === namespace &&
    policyTypes(spec).includes(direction === 'INGRESS' ? 'Ingress' : 'Egress') &&
    // A missing or null podSelector is an empty one: every pod of the namespace.
    selects(spec.podSelector ?? {}, pod.labels)
  );
}

/** The rules of a policy that admit a connection, each of their peers that does. */
export function admittingRules(
  cluster: Cluster,
  policy: NetworkPolicy,
  connection: Connection,
): RuleMatch[] {
  const { direction } = connection;
  return rulesOf(policy, direction).flatMap(({ peers, ports }, rule) =>
    portsMatch(ports, connection)
      ? matchingPeers(cluster, policy, peers, connection.peer).map((peer) => ({
          policy,
          direction,
          rule,
          peer,
        }))
      : [],
  );
}

/** Missing or empty: Ingress, and Egress as well when there is an egress rule. */
function policyTypes({ policyTypes: types, egress }: PolicySpec): readonly string[] {
  if (isSet(types) && types.length > 0) return types;
  return (egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly Port[];
}

function rulesOf({ spec }: NetworkPolicy, direction: Direction): Rule[] {
  const rules: readonly (IngressRule & EgressRule)[] =
    (direction === 'INGRESS' ? spec.ingress : spec.egress) ?? [];
  return rules.map(({ from, to, ports }) => ({ peers: from ?? to ?? [], ports: ports ?? [] }));
}

/** Missing or empty `from`/`to` do not restrict (null = no peer needed); otherwise one matching peer is enough. */
function matchingPeers(
  cluster: Cluster,
  policy: NetworkPolicy,
  peers: readonly Peer[],
  endpoint: Endpoint,
): (number | null)[] {
  if (peers.length === 0) return [null];
  return [...peers.keys()].filter((i) => peerMatches(cluster, policy, peers[i]!, endpoint));
}

function peerMatches(
  cluster: Cluster,
  policy: NetworkPolicy,
  peer: Peer,
  endpoint: Endpoint,
): boolean {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  // Also a pod's addresses, as far as they are known, where the plugin looks at them.
  if (isSet(ipBlock))
    return (
      (!isPod(endpoint) || cluster.switches.ipBlockMatchesPods) &&
      addressesOf(endpoint).some((address) => blockHolds(ipBlock, address))
    );
  // Selectors match pods only, and not those that are their node.
  if (!isPod(endpoint) || isItsNode(cluster, endpoint)) return false;
  // Without a namespaceSelector: the policy's own namespace.
  const inNamespace = !isSet(namespaceSelector)
    ? endpoint.namespace === policy.namespace
    : selects(namespaceSelector, cluster.namespaceLabels.get(endpoint.namespace)!);
  return inNamespace && selects(podSelector ?? {}, endpoint.labels);
}

/** `except` takes away from its own block only. */
function blockHolds({ cidr, except }: IpBlock, address: Address): boolean {
  return (
    contains(readNetwork(cidr)!, address) &&
    !(except ?? []).some((part) => contains(readNetwork(part)!, address))
  );
}

/** Missing or empty `ports` do not restrict; otherwise one matching entry is enough. */
function portsMatch(ports: readonly Port[], connection: Connection): boolean {
  return ports.length === 0 || ports.some((entry) => portMatches(entry, connection));
}

function portMatches(entry: Port, connection: Connection): boolean {
  const { protocol, port } = connection;
  // A missing protocol is TCP.
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  // A missing port: every port of the protocol.
  if (!isSet(entry.port)) return true;
  if (typeof entry.port === 'number')
    return entry.port <= port && port <= (entry.endPort ?? entry.port);
  // A name is looked up on the destination pod, name and protocol alike.
  return portsNamed(entry.port, connection).some(
    (declared) => declared.protocol === protocol && declared.number === port,
  );
}
