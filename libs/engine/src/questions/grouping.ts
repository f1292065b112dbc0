import type { EndpointGrouping, EndpointRef, HypotheticalPod } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { refOfPod } from '../hypothetical/hypothetical-ref.js';

/** The group that a pod falls into. */
export function groupOfPod(
  { view, index }: Analysis,
  groupBy: EndpointGrouping,
  pod: number,
): number {
  switch (groupBy) {
    case 'POD':
      return pod;
    case 'WORKLOAD':
      return index.pods.podWorkload[pod]!;
    case 'NAMESPACE':
      return view.namespaceOfPod(pod);
  }
}

/** The classes of a group's pods. */
export function classesOfGroup(
  { index }: Analysis,
  groupBy: EndpointGrouping,
  group: number,
): number[] {
  const { podClass } = index.pods;
  const { ofWorkload, firstOfNamespace } = index.classes;
  switch (groupBy) {
    case 'POD':
      return [podClass[group]!];
    case 'WORKLOAD':
      return Array.from(
        ofWorkload.items.subarray(ofWorkload.offsets[group], ofWorkload.offsets[group + 1]),
      );
    case 'NAMESPACE':
      return Array.from(
        { length: firstOfNamespace[group + 1]! - firstOfNamespace[group]! },
        (_, i) => firstOfNamespace[group]! + i,
      );
  }
}

/**
 * Names a group. A template pod is no pod that anybody could look up: its workload is named. What only hypothetical pods
 * are in is named by them.
 */
export function refOf(analysis: Analysis, groupBy: EndpointGrouping, index: number): EndpointRef {
  const { view } = analysis;
  const supposed = supposedIn(analysis, groupBy, index);
  if (supposed !== undefined) return refOfPod(supposed);
  switch (groupBy) {
    case 'POD': {
      const { name, namespace, template, workload } = view.pod(index);
      if (template) return refOf(analysis, 'WORKLOAD', workload);
      return { kind: 'pod', index, namespace: view.namespaceName(namespace), name };
    }
    case 'WORKLOAD': {
      const { kind, ...identity } = view.workloadIdentity(index);
      return { kind: 'workload', index, ...identity, workloadKind: kind };
    }
    case 'NAMESPACE':
      return { kind: 'namespace', index, name: view.namespaceName(index) };
  }
}

/** The first hypothetical pod of a group that does not exist either. */
function supposedIn(
  { view, index }: Analysis,
  groupBy: EndpointGrouping,
  group: number,
): HypotheticalPod | undefined {
  switch (groupBy) {
    case 'POD':
      return index.hypothetical[group - view.podCount];
    case 'WORKLOAD':
      return index.hypothetical[group - view.workloadCount];
    case 'NAMESPACE':
      return view.isExistingNamespace(group)
        ? undefined
        : index.hypothetical.find((_, i) => view.namespaceOfPod(view.podCount + i) === group);
  }
}
