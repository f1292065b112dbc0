import type { Direction, ObjectChange } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import { NO_CLASS } from '../snapshot-index.js';
import type { GroupPair, Groups } from './match-groups.js';
import type { Namespaces } from './namespaces.js';

/**
 * Groups whose access can differ: what lies between two groups depends on the pods of both (labels, ports, addresses,
 * nodes), on the labels of their namespaces, and on the policies that select one of them. Between two groups that are
 * not here nothing changed.
 */
export function changedGroups(
  base: Analysis,
  head: Analysis,
  groups: Groups,
  namespaces: Namespaces,
  changes: readonly ObjectChange[],
): Set<GroupPair> {
  const changed = new Set<GroupPair>();
  for (const namespace of namespaces.touched)
    for (const pair of groups.of(namespace)) if (pair.base < 0 || pair.head < 0) changed.add(pair);
  for (const change of changes)
    for (const [analysis, index] of [
      [base, change.before],
      [head, change.after],
    ] as const)
      if (index !== null)
        for (const pod of podsOfObject(analysis, change, index))
          if (analysis.index.pods.podClass[pod] !== NO_CLASS)
            changed.add(groups.ofPod(analysis, pod));
  return changed;
}

/** Pods whose access an object's change can alter. */
function podsOfObject(
  analysis: Analysis,
  { kind, fields, change }: ObjectChange,
  index: number,
): Iterable<number> {
  const { view } = analysis;
  switch (kind) {
    case 'NAMESPACE':
      return change === 'CHANGED' && !fields.includes('labels')
        ? []
        : range(view.firstPod(index), view.firstPod(index + 1));
    case 'WORKLOAD': {
      const namespace = view.namespaceOfWorkload(index);
      return range(view.firstPod(namespace), view.firstPod(namespace + 1)).filter(
        (pod) => analysis.index.pods.podWorkload[pod] === index,
      );
    }
    case 'POD':
      return [index];
    case 'POLICY':
      return (['INGRESS', 'EGRESS'] as const).flatMap((direction) =>
        subjectsOf(analysis, direction, index),
      );
    case 'NODE':
      return [...groupOf(analysis.index.pods.podsOfNode, index), ...subjectsOfNodePeers(analysis)];
  }
}

/** Pods whose policies have rules over the addresses of nodes. */
function subjectsOfNodePeers(analysis: Analysis): number[] {
  const { view } = analysis;
  return range(view.firstClusterPolicy, view.policyCount)
    .filter((policy) =>
      view
        .policy(policy)
        .spec.egress.some(({ peers }) => peers?.some(({ kind }) => kind === 'nodes')),
    )
    .flatMap((policy) => subjectsOf(analysis, 'EGRESS', policy));
}

function subjectsOf(analysis: Analysis, direction: Direction, policy: number): number[] {
  const classes = groupOf(analysis.direction(direction).subjects, policy);
  return Array.from(classes).flatMap((one) =>
    Array.from(groupOf(analysis.index.classes.pods, one)),
  );
}
