import {
  type Direction,
  type IpBlockPeer,
  parseCidr,
  type PodPeer,
  type RuleRef,
  rulesOf,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { NO_CLASS } from '../snapshot-index.js';
import { contains, podsInCidr, selectPods } from './resolve-endpoint.js';

/** Whether policies isolate something, and which ones (snapshot-wide indices, sorted). */
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
    classes.length > 0 && classes.every((one) => analysis.rowOf(direction, one) >= 0);
  return {
    ingress: isolated('INGRESS'),
    egress: isolated('EGRESS'),
    ingressPolicies: policiesOf(analysis, 'INGRESS', classes),
    egressPolicies: policiesOf(analysis, 'EGRESS', classes),
  };
}

/** What holds for every pod of a namespace, present or to come: policies with an empty podSelector. */
export function namespaceIsolation({ view }: Analysis, namespace: number): Isolation {
  const selecting = (direction: Direction): number[] =>
    range(view.firstPolicy(namespace), view.firstPolicy(namespace + 1)).filter((index) => {
      const { podSelector, policyTypes } = view.policy(index).spec;
      return podSelector.length === 0 && policyTypes.includes(direction);
    });
  const [ingressPolicies, egressPolicies] = [selecting('INGRESS'), selecting('EGRESS')];
  return {
    ingress: ingressPolicies.length > 0,
    egress: egressPolicies.length > 0,
    ingressPolicies,
    egressPolicies,
  };
}

/** Policies that select a pod, or any pod of a workload; `direction` null = in any direction. */
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
  const directions: readonly Direction[] = direction === null ? ['INGRESS', 'EGRESS'] : [direction];
  const found = new Set(directions.flatMap((one) => policiesOf(analysis, one, classes)));
  return [...found].sort((a, b) => a - b);
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
  const pods =
    wanted.kind === 'pods' ? selectedByPeer(analysis, policy, wanted) : inBlock(analysis, wanted);
  return [...new Set(pods.map((pod) => analysis.index.pods.podWorkload[pod]!))].sort(
    (a, b) => a - b,
  );
}

function policiesOf(analysis: Analysis, direction: Direction, classes: Int32Array): number[] {
  const found = new Set([...classes].flatMap((one) => analysis.isolatingPolicies(direction, one)));
  return [...found].sort((a, b) => a - b);
}

/** Asked of the manifests, since a policy that selects nothing is not compiled. hostNetwork pods are never selected. */
function selectedByPeer(
  analysis: Analysis,
  policy: number,
  { namespaceSelector, podSelector }: PodPeer,
): number[] {
  const { view, index } = analysis;
  const own = view.namespaceOfPolicy(policy);
  return selectPods(analysis, namespaceSelector, podSelector).filter(
    (pod) =>
      isGoverned(index.pods.podClass[pod]!, index.classes.host) &&
      (namespaceSelector !== null || view.namespaceOfPod(pod) === own),
  );
}

function isGoverned(podClass: number, host: Int32Array): boolean {
  return podClass !== NO_CLASS && host[podClass] === 0;
}

function inBlock(analysis: Analysis, { cidr, except }: IpBlockPeer): number[] {
  const excepted = except.map(parseCidr);
  return podsInCidr(analysis, parseCidr(cidr))
    .filter(({ addresses }) =>
      addresses.some((address) => !excepted.some((hole) => contains(hole, address))),
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

function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}
