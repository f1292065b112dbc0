import type { Analysis } from '../../analysis.js';
import type { ResolvedEndpoint } from '../resolved-endpoint.js';

/** The pods of an endpoint by class, and within a class by workload. */
export type PodsByClass = ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;

/** Puts the pods of an endpoint together that policies treat alike and that one row stands for. */
export function podsByClass({ index }: Analysis, { pods }: ResolvedEndpoint): PodsByClass {
  const { podClass, podWorkload } = index.pods;
  const found = new Map<number, Map<number, number[]>>();
  for (const pod of pods) {
    const [one, workload] = [podClass[pod]!, podWorkload[pod]!];
    let ofClass = found.get(one);
    if (ofClass === undefined) found.set(one, (ofClass = new Map<number, number[]>()));
    const alike = ofClass.get(workload);
    if (alike === undefined) ofClass.set(workload, [pod]);
    else alike.push(pod);
  }
  return found;
}
