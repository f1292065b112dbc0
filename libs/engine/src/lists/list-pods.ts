import { compareWords, type IpAddress, type LabelSelector, POD_FLAGS } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { LabelSetMatcher } from './label-set-matcher.js';
import { namedNamespaces } from './named-namespaces.js';

/** Which pods; null = any. */
export interface PodFilter {
  readonly namespaces: readonly string[] | null;
  readonly labels: LabelSelector | null;
  readonly ip: IpAddress | null;
}

/** Pods (indices) that a filter admits, by namespace and name. Template pods are none. */
export function listPods({ view }: Analysis, { namespaces, labels, ip }: PodFilter): number[] {
  const found: number[] = [];
  for (const namespace of namedNamespaces(view, namespaces)) {
    const segment = view.segment(namespace);
    const { podFlags, podLabelSets } = segment.columns;
    const first = view.firstPod(namespace);
    const labelled = new LabelSetMatcher(segment, labels);
    for (let i = 0; i < podFlags.length; i++) {
      if ((podFlags[i]! & POD_FLAGS.template) !== 0 || !labelled.matches(podLabelSets[i]!))
        continue;
      if (ip !== null && !view.pod(first + i).ips.some((own) => isEqual(own, ip))) continue;
      found.push(first + i);
    }
  }
  return found;
}

function isEqual(a: IpAddress, b: IpAddress): boolean {
  return a.family === b.family && compareWords(a.words, b.words) === 0;
}
