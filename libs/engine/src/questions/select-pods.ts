import { type LabelSelector, matchesSelector } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { LabelSetMatcher } from '../lists/label-set-matcher.js';

/** The pods that a selection of `namespaces` and `pods` names, template pods included, hostNetwork pods as well. */
export function selectPods(
  analysis: Analysis,
  namespaces: LabelSelector | null,
  pods: LabelSelector | null,
): number[] {
  const { view } = analysis;
  const found: number[] = [];
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    if (
      namespaces !== null &&
      !matchesSelector(new Map(Object.entries(view.namespace(namespace).labels)), namespaces)
    )
      continue;
    for (const pod of selectPodsIn(analysis, namespace, pods)) found.push(pod);
  }
  return found;
}

/** The pods of a namespace that a selector fits; null = all. */
export function selectPodsIn(
  { view }: Analysis,
  namespace: number,
  selector: LabelSelector | null,
): number[] {
  const segment = view.segment(namespace);
  const labelled = new LabelSetMatcher(segment, selector);
  const first = view.firstPod(namespace);
  const found: number[] = [];
  segment.columns.podLabelSets.forEach((set, i) => {
    if (labelled.matches(set)) found.push(first + i);
  });
  return found;
}
