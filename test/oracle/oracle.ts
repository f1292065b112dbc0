/**
 * The slow and obvious evaluator: what the semantics page says about Kubernetes NetworkPolicy, rule by rule, for one pair
 * of endpoints and one port at a time, over objects as they stand in manifests. It shares nothing with the engine but
 * the names of protocols and directions; where both disagree, one of them is wrong.
 *
 * Where the page leaves a choice, this is the literal reading:
 * - A template stands for several pods: traffic from it to itself is traffic between two of them, and not "a pod reaches
 *   itself".
 * - Of a template count labels, ports and hostNetwork: where its pods run is not known, even if it names a node.
 * - "Own node" is `spec.nodeName`, whether or not a Node object declares it. The node's traffic is that of its addresses
 *   (InternalIP, ExternalIP) and of the hostNetwork pods with the same `nodeName`.
 * - A hostNetwork pod has the addresses of its node, and those of its own status (which are its node's).
 * - A pod of several addresses is matched by an ipBlock that holds one of them.
 * - A name that a pod declares more than once for a protocol stands for all those numbers.
 * - An address that a pod (without hostNetwork) has is that pod, not "outside every pod".
 * - Of duplicates the last one that is valid counts.
 * - A controller whose own owner is not among the objects is a top owner.
 * - A terminated pod is as if it were not there: its workload's template stands in when no other pod is left, unless the
 *   workload is a Job, which is then done.
 */
import type { Direction, Protocol } from '@portolan/model';
import { type Address, contains, readAddress, readNetwork, sameAddress } from './addresses.js';
import {
  type EgressRule,
  type IngressRule,
  type IpBlock,
  isSet,
  type KubernetesObject,
  type Labels,
  type Peer,
  type PolicySpec,
  type Port,
  type Selector,
} from './kubernetes.js';
import { isValidSpec } from './validity.js';
import {
  flatten,
  groupOf,
  nameOf,
  namespaceOf,
  nodeAddresses,
  type Pod,
  podsOf,
  withoutDuplicates,
} from './workloads.js';

/** A pod of the cluster, or an address outside every pod. */
export type Endpoint = Pod | Address;

export interface Policy {
  readonly namespace: string;
  readonly name: string;
  readonly spec: PolicySpec;
}

export interface Cluster {
  readonly pods: readonly Pod[];
  readonly policies: readonly Policy[];
  readonly namespaceLabels: ReadonlyMap<string, Labels>;
  readonly nodeAddresses: ReadonlyMap<string, readonly Address[]>;
}

/** A rule that admits; `peer` = the peer that matched, null = a rule without peers. */
export interface AdmittingRule {
  readonly policy: Policy;
  readonly rule: number;
  readonly peer: number | null;
}

/** One direction of a connection, from the subject's end. */
export interface Side {
  readonly reason: 'NOT_GOVERNED' | 'NODE_LOCAL' | 'NOT_ISOLATED' | 'ALLOWED_BY_POLICY' | 'DENIED';
  readonly isolatedBy: readonly Policy[];
  readonly admitting: readonly AdmittingRule[];
}

/** Reads objects: flattens lists, leaves out what the API server would reject, synthesizes namespaces and pods. */
export function readCluster(manifests: readonly KubernetesObject[]): Cluster {
  const objects = withoutDuplicates(
    flatten(manifests).filter((object) => !isPolicy(object) || isValidSpec(object.spec)),
  );
  const pods = podsOf(objects);
  const policies = objects.filter(isPolicy).map((object) => ({
    namespace: namespaceOf(object),
    name: nameOf(object),
    spec: object.spec as PolicySpec,
  }));
  const namespaceLabels = new Map<string, Labels>();
  // A namespace that is used but not declared exists, too, with the label that the control plane sets.
  for (const { namespace } of [...pods, ...policies]) namespaceLabels.set(namespace, {});
  for (const object of objects) {
    if (object.kind === 'Namespace' && groupOf(object) === '')
      namespaceLabels.set(nameOf(object), object.metadata?.labels ?? {});
  }
  for (const [name, labels] of namespaceLabels)
    namespaceLabels.set(name, { ...labels, 'kubernetes.io/metadata.name': name });
  return { pods, policies, namespaceLabels, nodeAddresses: nodeAddresses(objects) };
}

/** The endpoint that `{namespace, pod}` or `{ip}` names; null when there is none. */
export function findEndpoint(
  cluster: Cluster,
  named: { readonly namespace: string; readonly pod: string } | { readonly ip: string },
): Endpoint | null {
  if ('pod' in named)
    return (
      cluster.pods.find((p) => p.namespace === named.namespace && p.name === named.pod) ?? null
    );
  const address = readAddress(named.ip);
  if (address === null) return null;
  const owner = cluster.pods.find(
    (p) => !p.hostNetwork && p.ips.some((ip) => sameAddress(ip, address)),
  );
  return owner ?? address;
}

/** Section 1: both ends must let the connection pass; egress of the source, ingress of the destination. */
export function allowed(
  cluster: Cluster,
  source: Endpoint,
  destination: Endpoint,
  protocol: Protocol,
  port: number,
): boolean {
  const egress = side(cluster, 'EGRESS', source, destination, protocol, port);
  const ingress = side(cluster, 'INGRESS', destination, source, protocol, port);
  return egress.reason !== 'DENIED' && ingress.reason !== 'DENIED';
}

/** Section 1, `verdict(direction, subject, peer)`; the port is one of the destination's. */
export function side(
  cluster: Cluster,
  direction: Direction,
  subject: Endpoint,
  peer: Endpoint,
  protocol: Protocol,
  port: number,
): Side {
  // An address is never a subject, nor is a hostNetwork pod: no policy speaks about it.
  if (!isPod(subject) || subject.hostNetwork) return open('NOT_GOVERNED');
  const isolatedBy = cluster.policies.filter((policy) => isolates(policy, direction, subject));
  // No policy of this direction: everything may pass.
  if (isolatedBy.length === 0) return open('NOT_ISOLATED');
  // Otherwise what some rule of these policies admits.
  const destination = direction === 'EGRESS' ? peer : subject;
  const admitting = isolatedBy.flatMap((policy) =>
    rulesOf(policy, direction).flatMap(({ peers, ports }, rule) =>
      portsMatch(ports, destination, protocol, port)
        ? matchingPeers(cluster, policy, peers, peer).map((index) => ({
            policy,
            rule,
            peer: index,
          }))
        : [],
    ),
  );
  if (admitting.length > 0) return { reason: 'ALLOWED_BY_POLICY', isolatedBy, admitting };
  // A pod reaches itself, and it and its own node reach each other, whatever policies say.
  const isLocal = (subject === peer && !subject.template) || isOwnNode(cluster, subject, peer);
  // Nothing else may pass.
  return { reason: isLocal ? 'NODE_LOCAL' : 'DENIED', isolatedBy, admitting };
}

function isPolicy(object: KubernetesObject): boolean {
  return object.kind === 'NetworkPolicy' && groupOf(object) === 'networking.k8s.io';
}

export function isPod(endpoint: Endpoint): endpoint is Pod {
  return 'namespace' in endpoint;
}

function open(reason: Side['reason']): Side {
  return { reason, isolatedBy: [], admitting: [] };
}

function isOwnNode(cluster: Cluster, { node }: Pod, peer: Endpoint): boolean {
  if (node === null) return false;
  if (isPod(peer)) return peer.hostNetwork && peer.node === node;
  return (cluster.nodeAddresses.get(node) ?? []).some((ip) => sameAddress(ip, peer));
}

/** A policy selects pods of its own namespace only, in the directions of its effective policyTypes. */
function isolates({ namespace, spec }: Policy, direction: Direction, pod: Pod): boolean {
  return (
    pod.namespace === namespace &&
    policyTypes(spec).includes(direction === 'INGRESS' ? 'Ingress' : 'Egress') &&
    // A missing or null podSelector is an empty one: every pod of the namespace.
    selects(spec.podSelector ?? {}, pod.labels)
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

function rulesOf({ spec }: Policy, direction: Direction): Rule[] {
  const rules: readonly (IngressRule & EgressRule)[] =
    (direction === 'INGRESS' ? spec.ingress : spec.egress) ?? [];
  return rules.map(({ from, to, ports }) => ({ peers: from ?? to ?? [], ports: ports ?? [] }));
}

/** Missing or empty `from`/`to` do not restrict (null = no peer needed); otherwise one matching peer is enough. */
function matchingPeers(
  cluster: Cluster,
  policy: Policy,
  peers: readonly Peer[],
  endpoint: Endpoint,
): (number | null)[] {
  if (peers.length === 0) return [null];
  return [...peers.keys()].filter((i) => peerMatches(cluster, policy, peers[i]!, endpoint));
}

function peerMatches(cluster: Cluster, policy: Policy, peer: Peer, endpoint: Endpoint): boolean {
  if (isSet(peer.ipBlock)) {
    const { ipBlock } = peer;
    // Also a pod's addresses, as far as they are known; a hostNetwork pod's are its node's.
    const addresses = isPod(endpoint) ? endpoint.ips : [endpoint];
    return addresses.some((address) => blockHolds(ipBlock, address));
  }
  // Selectors match pods only, and not those that use their node's network.
  if (!isPod(endpoint) || endpoint.hostNetwork) return false;
  const { podSelector, namespaceSelector } = peer;
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
function portsMatch(
  ports: readonly Port[],
  destination: Endpoint,
  protocol: Protocol,
  port: number,
): boolean {
  return (
    ports.length === 0 || ports.some((entry) => portMatches(entry, destination, protocol, port))
  );
}

function portMatches(
  entry: Port,
  destination: Endpoint,
  protocol: Protocol,
  port: number,
): boolean {
  // A missing protocol is TCP.
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  // A missing port: every port of the protocol.
  if (!isSet(entry.port)) return true;
  if (typeof entry.port === 'number')
    return entry.port <= port && port <= (entry.endPort ?? entry.port);
  // A name is looked up on the destination pod, name and protocol alike; an address has no names.
  return (
    isPod(destination) &&
    destination.ports.some(
      ({ name, number, protocol: declared }) =>
        name === entry.port && declared === protocol && number === port,
    )
  );
}

/** All of matchLabels and matchExpressions must hold. */
function selects({ matchLabels, matchExpressions }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels ?? {}).every(([key, value]) => valueOf(labels, key) === value) &&
    (matchExpressions ?? []).every(({ key, operator, values }) => {
      const value = valueOf(labels, key);
      switch (operator) {
        case 'In':
          return value !== undefined && (values ?? []).includes(value);
        case 'NotIn':
          return value === undefined || !(values ?? []).includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          throw new Error(`a valid selector has no operator ${operator}`);
      }
    })
  );
}

/** Labels come from manifests: a key may be any text, `constructor` included. */
function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
