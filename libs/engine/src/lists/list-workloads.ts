import {
  type Direction,
  type LabelSelector,
  WORKLOAD_KINDS,
  type WorkloadKind,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';
import { LabelSetMatcher } from './label-set-matcher.js';
import { namedNamespaces } from './named-namespaces.js';

/** Which workloads; null = any. */
export interface WorkloadFilter {
  readonly namespaces: readonly string[] | null;
  /** Over the pod labels. */
  readonly labels: LabelSelector | null;
  readonly kinds: readonly WorkloadKind[] | null;
  /** Only those that are not isolated in this direction: some pod of theirs is selected by no policy. */
  readonly notIsolated: Direction | null;
  /** Text in the name, upper and lower case alike. */
  readonly search: string | null;
}

/** Workloads (indices) that a filter admits, by namespace and name. */
export function listWorkloads(analysis: Analysis, filter: WorkloadFilter): number[] {
  return namedNamespaces(analysis.view, filter.namespaces).flatMap((namespace) =>
    listInNamespace(analysis, namespace, filter),
  );
}

function listInNamespace(
  analysis: Analysis,
  namespace: number,
  { labels, kinds, notIsolated, search }: WorkloadFilter,
): number[] {
  const segment = analysis.view.segment(namespace);
  const { columns, strings } = segment;
  const first = analysis.view.firstWorkload(namespace);
  const labelled = new LabelSetMatcher(segment, labels);
  const wanted = search === null ? null : search.toLowerCase();
  const found: number[] = [];
  for (let i = 0; i < columns.workloadNames.length; i++) {
    if (kinds !== null && !kinds.includes(WORKLOAD_KINDS[columns.workloadKinds[i]!]!)) continue;
    if (!labelled.matches(columns.workloadLabelSets[i]!)) continue;
    const name = columns.workloadNames[i]!;
    if (wanted !== null && !strings.at(name).toLowerCase().includes(wanted)) continue;
    if (notIsolated !== null && isIsolated(analysis, first + i, notIsolated)) continue;
    found.push(first + i);
  }
  return found;
}

/** As `workloadIsolation` says it, without collecting the policies. */
function isIsolated(analysis: Analysis, workload: number, direction: Direction): boolean {
  const classes = groupOf(analysis.index.classes.ofWorkload, workload);
  return classes.length > 0 && classes.every((one) => analysis.isIsolated(direction, one));
}
