import { type Direction, DIRECTIONS, type ObjectChange } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import { NO_CLASS } from '../snapshot-index.js';
import type { GroupPair, Groups } from './match-groups.js';
import type { Namespaces } from './namespaces.js';

/** Groups whose access can differ, and as what: INGRESS = as destinations, EGRESS = as sources. */
export type ChangedGroups = ReadonlyMap<GroupPair, ReadonlySet<Direction>>;

/**
 * What lies between two groups depends on the pods of both (labels, ports, addresses, nodes), on the labels of their
 * namespaces, and on the policies that select the source for egress or the destination for ingress. Between two groups of
 * which the source is not here for EGRESS and the destination not for INGRESS nothing changed.
 */
export function changedGroups(
  base: Analysis,
  head: Analysis,
  groups: Groups,
  namespaces: Namespaces,
  changes: readonly ObjectChange[],
): ChangedGroups {
  const changed = new Map<GroupPair, Set<Direction>>();
  const add = (group: GroupPair, directions: readonly Direction[]): void => {
    const known = changed.get(group);
    if (known === undefined) changed.set(group, new Set(directions));
    else for (const direction of directions) known.add(direction);
  };
  for (const { name } of namespaces.touched)
    for (const pair of groups.of(name)) if (pair.base < 0 || pair.head < 0) add(pair, DIRECTIONS);
  for (const change of changes)
    for (const [analysis, index] of [
      [base, change.before],
      [head, change.after],
    ] as const)
      if (index !== null)
        for (const { pods, directions } of podsOfObject(analysis, change, index))
          for (const pod of pods)
            if (analysis.index.pods.podClass[pod] !== NO_CLASS)
              add(groups.ofPod(analysis, pod), directions);
  return changed;
}

interface AlteredPods {
  readonly pods: readonly number[];
  readonly directions: readonly Direction[];
}

/** Pods whose access an object's change can alter. */
function podsOfObject(
  analysis: Analysis,
  { kind, fields, change }: ObjectChange,
  index: number,
): readonly AlteredPods[] {
  const { view } = analysis;
  const bothWays = (pods: readonly number[]): AlteredPods[] => [{ pods, directions: DIRECTIONS }];
  switch (kind) {
    case 'NAMESPACE':
      return change === 'CHANGED' && !fields.includes('labels')
        ? []
        : bothWays(range(view.firstPod(index), view.firstPod(index + 1)));
    case 'WORKLOAD': {
      const namespace = view.namespaceOfWorkload(index);
      const pods = range(view.firstPod(namespace), view.firstPod(namespace + 1));
      return bothWays(pods.filter((pod) => analysis.index.pods.podWorkload[pod] === index));
    }
    case 'POD':
      return bothWays([index]);
    case 'POLICY':
      return DIRECTIONS.map((direction) => ({
        pods: subjectsOf(analysis, direction, index),
        directions: [direction],
      }));
    case 'NODE':
      return bothWays([
        ...groupOf(analysis.index.pods.podsOfNode, index),
        ...subjectsOfNodePeers(analysis),
      ]);
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
