import type { IpAddress, PodRecord } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { refOfPod } from '../hypothetical/hypothetical-ref.js';
import { FULL_TRAFFIC } from '../sets/traffic-sets.js';
import type { AskedTraffic } from './asked-traffic.js';
import { clipAtoms, trafficWithAddresses } from './external-traffic.js';
import { networkName } from './network-name.js';
import { addressesWithin, nodeAddresses } from './node-local.js';
import { type ExternalAddresses, externalOf, type ResolvedEndpoint } from './resolved-endpoint.js';

/** One end of a pair: pods of one class, or addresses that all policies treat alike. */
export interface PairEnd {
  readonly podClass: number | null;
  /** A pod of the class that the endpoint means. */
  readonly pod: PodRecord | null;
  /** [first, end) pairs of atoms; empty for pods. */
  readonly atoms: Int32Array;
  readonly name: string;
}

/** Ends that policies treat alike: whatever holds for one pair of them holds for all. */
export interface EndPair {
  readonly source: PairEnd;
  readonly destination: PairEnd;
  readonly asked: number;
  /** What both sides together admit. */
  readonly admitted: number;
  /** What they may admit: more than `admitted` where a rule has domain names. */
  readonly possible: number;
  /** One end is the other's node. */
  readonly isOwnNode: boolean;
  /** Allowed because of that. */
  readonly isNodeLocal: boolean;
  /** The same pod on both ends. */
  readonly isSelf: boolean;
}

/** Every pair of ends that may differ in its answer. A pod with itself counts only when there is no other pair. */
export function* pairsOf(
  analysis: Analysis,
  from: ResolvedEndpoint,
  to: ResolvedEndpoint,
  asked: AskedTraffic,
): Generator<EndPair> {
  let self: EndPair | null = null;
  let others = 0;
  for (const pair of allPairs(analysis, from, to, asked)) {
    if (pair.isSelf) self ??= pair;
    else {
      others++;
      yield pair;
    }
  }
  if (self !== null && others === 0) yield self;
}

function* allPairs(
  analysis: Analysis,
  from: ResolvedEndpoint,
  to: ResolvedEndpoint,
  asked: AskedTraffic,
): Generator<EndPair> {
  const sources = endsOf(analysis, from);
  const destinations = endsOf(analysis, to);
  for (const source of sources)
    for (const destination of destinations) yield* podPairs(analysis, source, destination, asked);
  if (from.external !== null)
    for (const destination of destinations)
      yield* addressPairs(analysis, from.external, destination, asked, 'INGRESS');
  if (to.external !== null)
    for (const source of sources)
      yield* addressPairs(analysis, to.external, source, asked, 'EGRESS');
}

export interface PodsOfClass {
  readonly podClass: number;
  readonly pods: readonly number[];
}

function endsOf(analysis: Analysis, { pods }: ResolvedEndpoint): PodsOfClass[] {
  const byClass = new Map<number, number[]>();
  for (const pod of pods) {
    const podClass = analysis.index.pods.podClass[pod]!;
    const list = byClass.get(podClass);
    if (list === undefined) byClass.set(podClass, [pod]);
    else list.push(pod);
  }
  return Array.from(byClass, ([podClass, list]) => ({ podClass, pods: list }));
}

/** Splits by what makes pairs of two classes differ: being the same pod, and being on the same node as a hostNetwork pod. */
function* podPairs(
  analysis: Analysis,
  source: PodsOfClass,
  destination: PodsOfClass,
  asked: AskedTraffic,
): Generator<EndPair> {
  const { podNode } = analysis.index.pods;
  const { allowNodeToLocalPods } = analysis.index.switches;
  const wanted = asked.ofClass(destination.podClass);
  const pair = (a: number, b: number, kind: { isOwnNode: boolean; isSelf: boolean }): EndPair => {
    const isNodeLocal = kind.isOwnNode && allowNodeToLocalPods;
    const admitted =
      isNodeLocal || kind.isSelf
        ? FULL_TRAFFIC
        : analysis.traffic.intersection(
            analysis.sideTraffic('EGRESS', source.podClass, destination.podClass),
            analysis.sideTraffic('INGRESS', destination.podClass, source.podClass),
          );
    const ends = { source: podEnd(analysis, a), destination: podEnd(analysis, b) };
    return { ...ends, asked: wanted, admitted, possible: admitted, isNodeLocal, ...kind };
  };
  const canBeLocal = analysis.isNode(source.podClass) !== analysis.isNode(destination.podClass);
  const isLocal = (a: number, b: number): boolean =>
    canBeLocal && podNode[a]! >= 0 && podNode[a] === podNode[b];
  const isSame = (a: number, b: number): boolean => a === b && !analysis.view.pod(a).template;
  const ordinary = findPair(
    source.pods,
    destination.pods,
    (a, b) => !isSame(a, b) && !isLocal(a, b),
  );
  if (ordinary !== null) yield pair(...ordinary, { isOwnNode: false, isSelf: false });
  const local = canBeLocal ? findPair(source.pods, destination.pods, isLocal) : null;
  if (local !== null) yield pair(...local, { isOwnNode: true, isSelf: false });
  if (source.podClass === destination.podClass && ordinary === null) {
    const [self] = source.pods;
    if (self !== undefined && destination.pods.includes(self))
      yield pair(self, self, { isOwnNode: false, isSelf: true });
  }
}

function findPair(
  sources: readonly number[],
  destinations: readonly number[],
  wanted: (a: number, b: number) => boolean,
): [number, number] | null {
  for (const a of sources) for (const b of destinations) if (wanted(a, b)) return [a, b];
  return null;
}

/** Pairs of addresses with the pods of one class; `direction` is the pods' side. */
export function* addressPairs(
  analysis: Analysis,
  external: ExternalAddresses,
  { podClass, pods }: PodsOfClass,
  asked: AskedTraffic,
  direction: 'INGRESS' | 'EGRESS',
): Generator<EndPair> {
  const { allowNodeToLocalPods } = analysis.index.switches;
  const wanted = direction === 'INGRESS' ? asked.ofClass(podClass) : asked.ofAddresses();
  const subjects = [{ podClass, asked: FULL_TRAFFIC }];
  // Both readings of domain names cut the addresses alike.
  const { cuts, traffic } = trafficWithAddresses(analysis, direction, subjects);
  const possible = trafficWithAddresses(analysis, direction, subjects, 'POSSIBLE').traffic;
  const name = networkName(external.cidrs, true);
  const make = (
    pod: number,
    atoms: Int32Array,
    passes: Pick<EndPair, 'admitted' | 'possible' | 'isOwnNode' | 'isNodeLocal'>,
  ): EndPair => {
    const outside: PairEnd = { podClass: null, pod: null, atoms, name };
    const inside = podEnd(analysis, pod);
    const [source, destination] = direction === 'INGRESS' ? [outside, inside] : [inside, outside];
    return { source, destination, asked: wanted, isSelf: false, ...passes };
  };
  // Addresses of its own node pass whatever the policies say: the others are those that not every pod has so.
  const ownAddresses = (pod: number): IpAddress[] =>
    analysis.isNode(podClass)
      ? []
      : addressesWithin(external.cidrs, nodeAddresses(analysis, analysis.index.pods.podNode[pod]!));
  const local = pods.find((pod) => ownAddresses(pod).length > 0);
  const isOwnNode = local !== undefined;
  if (isOwnNode && allowNodeToLocalPods) {
    const always = { admitted: FULL_TRAFFIC, possible: FULL_TRAFFIC };
    yield make(local, external.atoms, { ...always, isOwnNode, isNodeLocal: true });
  }
  const nodes = new Set(pods.map((pod) => analysis.index.pods.podNode[pod]!));
  const rest =
    !isOwnNode || !allowNodeToLocalPods || nodes.size > 1
      ? external
      : externalOf(analysis, external.cidrs, [...external.taken, ...ownAddresses(local)]);
  if (rest === null) return;
  const other = pods.find((pod) => ownAddresses(pod).length === 0) ?? pods[0]!;
  for (let piece = 0; piece < traffic.length; piece++) {
    const atoms = clipAtoms(rest.atoms, cuts[piece]!, cuts[piece + 1]!);
    const passes = { admitted: traffic[piece]!, possible: possible[piece]!, isNodeLocal: false };
    if (atoms.length > 0)
      yield make(other, atoms, { ...passes, isOwnNode: isOwnNode && !allowNodeToLocalPods });
  }
}

function podEnd(analysis: Analysis, index: number): PairEnd {
  const pod = analysis.view.pod(index);
  const supposed = analysis.index.hypothetical[index - analysis.view.podCount];
  const name =
    supposed === undefined
      ? `${analysis.view.namespaceName(pod.namespace)}/${pod.name}`
      : refOfPod(supposed).text;
  return { podClass: analysis.index.pods.podClass[index]!, pod, atoms: new Int32Array(0), name };
}
