import type { Analysis } from '@portolan/engine';
import {
  ANY_TRAFFIC,
  type ContainerPort,
  DIRECTIONS,
  type Direction,
  type EndpointRef,
  type EndpointSelection,
  formatTraffic,
  matchesSelector,
  type PeerScope,
  type Protocol,
  type TrafficSet,
} from '@portolan/model';
import type { SupposedCluster, SupposedPod } from '../arbitrary-hypothetical.js';
import { sameAddress } from '../addresses.js';
import { type Cluster, type Endpoint, readCluster } from '../cluster.js';
import { difference, ExpectedAccess } from '../expected-access.js';
import type { KubernetesObject } from '../kubernetes.js';
import { externalAddresses } from '../sample-points.js';
import type { Pod } from '../workloads.js';
import {
  askRows,
  askVerdict,
  EVERY_PEER,
  peerOf,
  questionName,
  selectionOf,
} from './ask-engine.js';
import { same } from './disagreement.js';
import { endpointName, refKey, rowKey, workloadKey } from './names.js';

/**
 * Compares what the engine says of a pod that a cluster need not have with what the oracle says of the cluster that has it:
 * asked about by name, and as a row for any pod that may come to exist. Other pods take turns at the directions.
 */
export function compareHypothetical(analysis: Analysis, { objects, pod }: SupposedCluster): void {
  const cluster = readCluster(objects, analysis.index.switches);
  compareSupposedPod(analysis, cluster, objects, pod);
  compareRowsOf(analysis, cluster, objects, pod);
}

const NAME = 'supposed';

/** The cluster with the pod. */
function suppose(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  { namespace, namespaceLabels, labels, ports }: SupposedPod,
): ExpectedAccess {
  const isNew = !cluster.namespaceLabels.has(namespace);
  const pod = (name: string, more: object): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...more },
  });
  const containers = [{ name: 'main', image: 'app', ports: [...ports] }];
  return new ExpectedAccess(
    readCluster(
      [
        ...objects,
        ...(isNew
          ? [
              {
                apiVersion: 'v1',
                kind: 'Namespace',
                metadata: { name: namespace, labels: namespaceLabels },
              },
            ]
          : []),
        { ...pod(NAME, { namespace, labels }), spec: { containers } },
      ],
      cluster.switches,
    ),
  );
}

/** The endpoints that the cluster has anyway, as the cluster with more pods has them. */
function others(cluster: Cluster, expected: ExpectedAccess): Pod[] {
  return expected.cluster.pods.filter((pod) =>
    cluster.pods.some((known) => rowKey(known) === rowKey(pod)),
  );
}

function supposedIn({ cluster }: ExpectedAccess): Pod {
  return cluster.pods.find(({ name }) => name === NAME)!;
}

function compareSupposedPod(
  analysis: Analysis,
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  pod: SupposedPod,
): void {
  const expected = suppose(cluster, objects, pod);
  const supposed = supposedIn(expected);
  const selection = hypothetical(cluster, pod);
  const pods = others(cluster, expected);
  const addresses = externalAddresses(cluster)
    .filter((address) => !pods.some(({ ips }) => ips.some((ip) => sameAddress(ip, address))))
    .filter((_, i) => i % 3 === 0);
  for (const [i, other] of [...pods, ...addresses].entries())
    compareVerdict(analysis, expected, selection, supposed, other, DIRECTIONS[i % 2]!);
  for (const direction of DIRECTIONS) {
    const rows = askRows(analysis, direction, selection, 'POD', ANY_TRAFFIC);
    const found = new Map(rows.map((row) => [refKey(peerOf(row, direction)), row.traffic]));
    for (const other of pods)
      same(
        `${questionName(direction)} of the supposed pod: ${rowKey(other)}`,
        formatTraffic(found.get(rowKey(other)) ?? []),
        formatTraffic(passes(expected, direction, supposed, other)),
      );
  }
}

function compareVerdict(
  analysis: Analysis,
  expected: ExpectedAccess,
  selection: EndpointSelection,
  supposed: Pod,
  other: Endpoint,
  direction: Direction,
): void {
  const [from, to] =
    direction === 'EGRESS' ? [selection, selectionOf(other)] : [selectionOf(other), selection];
  const [source, destination] = direction === 'EGRESS' ? [supposed, other] : [other, supposed];
  const answer = askVerdict(analysis, from, to, ANY_TRAFFIC);
  const outcomes = expected.outcomes(source, destination);
  const name = `canReach ${endpointName(source)} → ${endpointName(destination)}`;
  same(`${name}: allowed`, formatTraffic(answer.allowed), formatTraffic(outcomes.ALLOWED));
  same(`${name}: denied`, formatTraffic(answer.denied), formatTraffic(outcomes.DENIED));
  same(`${name}: unknown`, formatTraffic(answer.unknown), formatTraffic(outcomes.UNKNOWN));
}

/** Of every pod of the cluster: the one row that has the supposed pod says what passes; no row, and nothing passes. */
function compareRowsOf(
  analysis: Analysis,
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  supposedPod: SupposedPod,
): void {
  // Nobody knows the ports of a pod that may come to exist.
  const pod = { ...supposedPod, ports: [] };
  const expected = suppose(cluster, objects, pod);
  const supposed = supposedIn(expected);
  const namespaceLabels = expected.cluster.namespaceLabels.get(pod.namespace)!;
  const all = others(cluster, expected);
  for (const [i, other] of all.entries()) {
    const peers: PeerScope = { ...EVERY_PEER, self: i % 4 < 2, hypothetical: true };
    const direction = DIRECTIONS[(i + 1) % 2]!;
    const rows = askRows(analysis, direction, selectionOf(other), 'POD', ANY_TRAFFIC, peers).filter(
      (row) => has(peerOf(row, direction), namespaceLabels, pod.labels),
    );
    const wanted = passes(expected, direction, other, supposed);
    const name = `${questionName(direction)} ${endpointName(other)}, rows of ${JSON.stringify(pod)}`;
    const found = rows.map(({ traffic }) => formatTraffic(traffic));
    // Without a row that of another pod of the namespace says as much.
    const saysAsMuch = (one: Pod): boolean =>
      (one !== other || one.template) &&
      one.namespace === pod.namespace &&
      (peers.self || workloadKey(one) !== workloadKey(other)) &&
      difference(expected.intervals, wanted, passes(expected, direction, other, one)).length === 0;
    const isLeftOut = rows.length === 0 && (wanted.length === 0 || all.some(saysAsMuch));
    if (!isLeftOut) same(name, found, [formatTraffic(wanted)]);
  }
}

function passes(
  expected: ExpectedAccess,
  direction: Direction,
  endpoint: Endpoint,
  peer: Endpoint,
): TrafficSet {
  return direction === 'EGRESS'
    ? expected.between(endpoint, peer)
    : expected.between(peer, endpoint);
}

function has(
  ref: EndpointRef,
  namespace: Readonly<Record<string, string>>,
  pod: Readonly<Record<string, string>>,
): boolean {
  return (
    ref.kind === 'hypothetical' &&
    matchesSelector(new Map(Object.entries(namespace)), ref.namespaces) &&
    matchesSelector(new Map(Object.entries(pod)), ref.pods)
  );
}

function hypothetical(cluster: Cluster, pod: SupposedPod): EndpointSelection {
  const isNew = !cluster.namespaceLabels.has(pod.namespace);
  const ports = pod.ports.map(({ name, containerPort, protocol }): ContainerPort => ({
    name: name ?? null,
    port: containerPort,
    protocol: (protocol ?? 'TCP') as Protocol,
  }));
  const { namespace, namespaceLabels, labels } = pod;
  return {
    kind: 'hypotheticalPod',
    pod: { namespace, namespaceLabels: isNew ? namespaceLabels : {}, labels, ports },
  };
}
