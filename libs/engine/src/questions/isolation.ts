import {
  contains,
  type Direction,
  DIRECTIONS,
  type NetworksPeer,
  parseCidr,
  type PodSelection,
  type PolicyPeer,
  type RuleRef,
  rulesOf,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { addressesOfNodes } from '../build/addresses-of-nodes.js';
import { groupOf } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import { NO_CLASS } from '../snapshot-index.js';
import { podsInCidr } from './resolve-endpoint.js';
import { selectPods } from './select-pods.js';

/** Whether NetworkPolicies isolate something, and which ones (snapshot-wide indices, sorted). */
export interface Isolation {
  readonly ingress: boolean;
  readonly egress: boolean;
  readonly ingressPolicies: readonly number[];
  readonly egressPolicies: readonly number[];
}

/** Isolation of a workload: a direction counts as isolated when all its pods are. The policies are those of any pod. */
export function workloadIsolation(analysis: Analysis, workload: number): Isolation {
  const classes = groupOf(analysis.index.classes.ofWorkload, workload);
  const isolated = (direction: Direction): boolean =>
    classes.length > 0 && classes.every((one) => analysis.isIsolated(direction, one));
  return {
    ingress: isolated('INGRESS'),
    egress: isolated('EGRESS'),
    ingressPolicies: distinct(classes, (one) => analysis.isolatingPolicies('INGRESS', one)),
    egressPolicies: distinct(classes, (one) => analysis.isolatingPolicies('EGRESS', one)),
  };
}

/** What holds for every pod of a namespace, present or to come: NetworkPolicies with an empty podSelector. */
export function namespaceIsolation({ view }: Analysis, namespace: number): Isolation {
  const selecting = (direction: Direction): number[] =>
    range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1)).filter((index) => {
      const { subject, directions } = view.policy(index).spec;
      return subject.podSelector.length === 0 && directions.includes(direction);
    });
  const [ingressPolicies, egressPolicies] = [selecting('INGRESS'), selecting('EGRESS')];
  return {
    ingress: ingressPolicies.length > 0,
    egress: egressPolicies.length > 0,
    ingressPolicies,
    egressPolicies,
  };
}

/** Policies of every kind that select a pod, or any pod of a workload; `direction` null = in any direction. */
export function policiesSelecting(
  analysis: Analysis,
  subject: { readonly workload: number } | { readonly pod: number },
  direction: Direction | null,
): number[] {
  const { index } = analysis;
  const classes =
    'workload' in subject
      ? groupOf(index.classes.ofWorkload, subject.workload)
      : Int32Array.of(index.pods.podClass[subject.pod]!).filter((one) => one !== NO_CLASS);
  const directions = direction === null ? DIRECTIONS : [direction];
  return distinct(directions, (way) =>
    distinct(classes, (one) => analysis.selectingPolicies(way, one)),
  );
}

/** Workloads and pods (template pods left out) that a policy selects, sorted. */
export function policySubjects(
  analysis: Analysis,
  policy: number,
): { workloads: number[]; pods: number[] } {
  const { ingress, egress } = analysis.index;
  const classes = new Set([
    ...groupOf(ingress.subjects, policy),
    ...groupOf(egress.subjects, policy),
  ]);
  return podsOfClasses(analysis, classes);
}

/** Workloads that one peer of a rule matches; every workload for a rule without peers. */
export function peerWorkloads(
  analysis: Analysis,
  { policy, direction, rule, peer }: RuleRef,
): number[] {
  const target = rulesOf(analysis.view.policy(policy).spec, direction)[rule];
  if (target === undefined) return [];
  if (target.peers === null || peer === null) return range(0, analysis.view.workloadCount);
  const wanted = target.peers[peer];
  if (wanted === undefined) return [];
  if (wanted.kind === 'unknown' && target.action !== 'ALLOW')
    return range(0, analysis.view.workloadCount);
  return distinct(podsOfPeer(analysis, policy, wanted), (pod) => [
    analysis.index.pods.podWorkload[pod]!,
  ]);
}

function podsOfPeer(analysis: Analysis, policy: number, peer: PolicyPeer): number[] {
  switch (peer.kind) {
    case 'pods':
      return selectedByPeer(analysis, policy, peer);
    case 'networks': {
      const isIpBlock = policy < analysis.view.firstClusterPolicy;
      const matchesPods = !isIpBlock || analysis.index.switches.ipBlockMatchesPods;
      return matchesPods ? inNetworks(analysis, peer) : [];
    }
    case 'nodes':
      return inNetworks(analysis, { cidrs: addressesOfNodes(analysis.view, peer), except: [] });
    case 'domainNames':
    case 'unknown':
      return [];
  }
}

/** What is found for any of some things, sorted, each once. */
function distinct<Of>(all: Iterable<Of>, find: (one: Of) => readonly number[]): number[] {
  const found = new Set<number>();
  for (const one of all) for (const index of find(one)) found.add(index);
  return [...found].sort((a, b) => a - b);
}

/** Asked of the manifests, since a policy that selects nothing is not compiled. hostNetwork pods are never selected. */
function selectedByPeer(
  analysis: Analysis,
  policy: number,
  { namespaceSelector, podSelector }: PodSelection,
): number[] {
  const { view, index } = analysis;
  const own = view.namespaceOfPolicy(policy);
  return selectPods(analysis, namespaceSelector, podSelector).filter(
    (pod) =>
      isGoverned(index.pods.podClass[pod]!, index.classes.node) &&
      (namespaceSelector !== null || view.namespaceOfPod(pod) === own),
  );
}

function isGoverned(podClass: number, node: Int32Array): boolean {
  return podClass !== NO_CLASS && node[podClass] === 0;
}

function inNetworks(
  analysis: Analysis,
  { cidrs, except }: Pick<NetworksPeer, 'cidrs' | 'except'>,
): number[] {
  const holes = except.map(parseCidr);
  return cidrs
    .flatMap((cidr) => podsInCidr(analysis, parseCidr(cidr)))
    .filter(({ addresses }) =>
      addresses.some((address) => !holes.some((hole) => contains(hole, address))),
    )
    .map(({ pod }) => pod);
}

function podsOfClasses(
  { index, view }: Analysis,
  classes: Iterable<number>,
): { workloads: number[]; pods: number[] } {
  const workloads = new Set<number>();
  const pods: number[] = [];
  for (const one of classes)
    for (const pod of groupOf(index.classes.pods, one)) {
      workloads.add(index.pods.podWorkload[pod]!);
      if (!view.pod(pod).template) pods.push(pod);
    }
  return { workloads: [...workloads].sort((a, b) => a - b), pods: pods.sort((a, b) => a - b) };
}
