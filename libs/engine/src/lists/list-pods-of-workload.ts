import { POD_FLAGS } from '@portolan/model';
import type { Analysis } from '../analysis.js';

/** The pods (indices) of a workload, by name. Template pods are none. */
export function listPodsOfWorkload({ view }: Analysis, workload: number): number[] {
  const namespace = view.namespaceOfWorkload(workload);
  const { podWorkloads, podFlags } = view.segment(namespace).columns;
  const local = workload - view.firstWorkload(namespace);
  const first = view.firstPod(namespace);
  const found: number[] = [];
  for (let i = 0; i < podWorkloads.length; i++) {
    if (podWorkloads[i] === local && (podFlags[i]! & POD_FLAGS.template) === 0)
      found.push(first + i);
  }
  return found;
}
