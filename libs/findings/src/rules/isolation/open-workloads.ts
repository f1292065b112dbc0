import type { Analysis } from '@portolan/engine';
import { type Direction, RULE_ACTIONS } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule, Found } from '../../finding-rule.js';

const DENY = RULE_ACTIONS.indexOf('DENY');

/** Classes of the pods of a workload that policies govern: none of hostNetwork pods, none of those that have ended. */
export function governedClasses(analysis: Analysis, workload: number): number[] {
  const { offsets, items } = analysis.index.classes.ofWorkload;
  return [...items.subarray(offsets[workload], offsets[workload + 1])].filter(
    (one) => !analysis.isNode(one),
  );
}

/** Whether nothing closes a class in a direction: no NetworkPolicy, and no rule of another tier that denies. */
function isOpen(analysis: Analysis, direction: Direction, podClass: number): boolean {
  const row = analysis.rowOf(direction, podClass);
  if (row < 0) return true;
  if (analysis.isIsolated(direction, podClass)) return false;
  let isDenied = false;
  analysis.eachEntry(direction, row, (entry) => {
    isDenied ||= analysis.index.compiled.entryAction[entry] === DENY;
  });
  return !isDenied;
}

/** The finding about workloads that are open in a direction, told once for a namespace. */
export function findOpen(
  direction: Direction,
  messageOf: (namespace: string) => string,
  text: string,
): FindingRule['find'] {
  return ({ analysis, view }: FindingContext, report: (found: Found) => void) => {
    for (let workload = 0; workload < view.workloadCount; workload++) {
      const classes = governedClasses(analysis, workload);
      if (!classes.some((one) => isOpen(analysis, direction, one))) continue;
      report({
        object: { kind: 'WORKLOAD', index: workload },
        key: '',
        message: messageOf(view.workloadIdentity(workload).namespace),
        fix: { text, yaml: null, edits: [] },
      });
    }
  };
}
