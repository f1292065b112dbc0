import { labelsAt, type LabelSelector, matchesSelector } from '@portolan/model';
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

/** The pods of all namespaces that each of some selectors fits. Each label set is looked at once, however many there are. */
export function selectPodsByEach(
  { view }: Analysis,
  selectors: readonly LabelSelector[],
): number[][] {
  const found = selectors.map((): number[] => []);
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const segment = view.segment(namespace);
    const first = view.firstPod(namespace);
    const bySet = new Map<number, readonly number[]>();
    segment.columns.podLabelSets.forEach((set, i) => {
      let matching = bySet.get(set);
      if (matching === undefined) {
        const labels = new Map(Object.entries(labelsAt(segment, set)));
        matching = selectors.flatMap((selector, at) =>
          matchesSelector(labels, selector) ? [at] : [],
        );
        bySet.set(set, matching);
      }
      for (const at of matching) found[at]!.push(first + i);
    });
  }
  return found;
}
