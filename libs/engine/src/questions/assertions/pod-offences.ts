import type { Direction } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import type { AskedTraffic } from '../asked-traffic.js';
import type { ResolvedEndpoint } from '../resolved-endpoint.js';
import type { Offences } from './offences.js';
import { podsByClass } from './workload-pods.js';

/** What two ends have to do. */
export type Demand = 'REACH' | 'NOT_REACH';

/** Where it is written down what does not do it, and of what that is not known. */
export interface Verdicts {
  readonly broken: Offences;
  readonly unknown: Offences;
}

/** The ends of an assertion, and the traffic that it is about. */
export interface AssertedPairs {
  readonly from: ResolvedEndpoint;
  readonly to: ResolvedEndpoint;
  readonly asked: AskedTraffic;
  readonly demand: Demand;
}

/**
 * Pairs of pods that do not do what they have to, class by class. A pod and itself are no pair. A pod and its own node always reach
 * each other: that is enough where they have to, and where they must not the policies are judged, which cannot forbid it.
 */
export function findPodOffences(
  analysis: Analysis,
  { from, to, asked, demand }: AssertedPairs,
  { broken, unknown }: Verdicts,
): void {
  const direction: Direction = to.classes.length <= from.classes.length ? 'INGRESS' : 'EGRESS';
  const [near, far] = direction === 'INGRESS' ? [to, from] : [from, to];
  if (near.classes.length === 0 || far.classes.length === 0) return;
  const [nearPods, farPods] = [podsByClass(analysis, near), podsByClass(analysis, far)];
  const { traffic } = analysis;
  const passing = new Int32Array(analysis.index.classes.count);
  for (const [one, ownWorkloads] of nearPods) {
    analysis.trafficWithPeers(direction, one, passing);
    for (const [other, workloads] of farPods) {
      const wanted = asked.ofClass(direction === 'INGRESS' ? one : other);
      const passes = passing[other]!;
      const isNameless = demand === 'REACH' && wanted === NO_TRAFFIC;
      const offending =
        demand === 'REACH'
          ? traffic.difference(wanted, passes)
          : traffic.intersection(passes, wanted);
      if (offending === NO_TRAFFIC && !isNameless) continue;
      for (const [own, pods] of ownWorkloads)
        for (const [theirs, others] of workloads) {
          const isSame = one === other && own === theirs;
          if (isSame && isOnePod(analysis, pods, others)) continue;
          if (demand === 'REACH' && !isNameless && areOnOneNode(analysis, pods, others)) continue;
          const found = isNameless ? unknown : broken;
          if (direction === 'INGRESS') found.addPair(theirs, own, offending);
          else found.addPair(own, theirs, offending);
          if (broken.isFull || unknown.isFull) return;
        }
    }
  }
}

/** Whether both are the one pod; a template stands for several. */
function isOnePod(
  { view }: Analysis,
  [pod, ...more]: readonly number[],
  others: readonly number[],
): boolean {
  if (pod === undefined || more.length > 0) return false;
  return others.length === 1 && others[0] === pod && !view.pod(pod).template;
}

/** Whether each of some pods and each of some others are a pod and its own node, whatever policies say. */
function areOnOneNode(
  analysis: Analysis,
  pods: readonly number[],
  others: readonly number[],
): boolean {
  const { podClass, localNode } = analysis.index.pods;
  const [a = -1, b = -1] = [pods[0], others[0]];
  if (analysis.isNode(podClass[a]!) === analysis.isNode(podClass[b]!)) return false;
  const node = localNode[a]!;
  return node >= 0 && [...pods, ...others].every((pod) => localNode[pod] === node);
}
