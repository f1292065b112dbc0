import { workloadIsolation } from '@portolan/engine';
import type { FindingRule } from '../../finding-rule.js';
import type { FindingContext } from '../../finding-context.js';
import { governedClasses } from './open-workloads.js';

/** A workload that is new, and the only one of its namespace without a policy. */
export const UNPROTECTED_NEWCOMER: FindingRule = {
  id: 'NP507',
  name: 'unprotected-newcomer',
  category: 'ISOLATION',
  severity: 'HIGH',
  description: 'A new workload is the only one of its namespace that no policy selects.',
  remediation: 'Add a policy for it, or give it the labels that a policy asks for.',
  needsCompleteSnapshot: true,
  find(context, report) {
    const { analysis, base, view } = context;
    if (base === null) return;
    const bare = new Map<number, number[]>();
    const protectedIn = new Set<number>();
    for (let workload = 0; workload < view.workloadCount; workload++) {
      if (governedClasses(analysis, workload).length === 0) continue;
      const namespace = view.namespaceOfWorkload(workload);
      if (isSelected(context, workload)) protectedIn.add(namespace);
      else bare.set(namespace, [...(bare.get(namespace) ?? []), workload]);
    }
    for (const [namespace, [workload, ...others]] of bare) {
      if (workload === undefined || others.length > 0 || !protectedIn.has(namespace)) continue;
      const own = view.workloadIdentity(workload);
      const isOld = base.view
        .findWorkloads(own.namespace, own.name)
        .some((index) => base.view.workloadIdentity(index).kindName === own.kindName);
      if (isOld) continue;
      report({
        object: { kind: 'WORKLOAD', index: workload },
        key: '',
        message: `The only one in ${own.namespace} that no policy selects, and new.`,
        fix: {
          text: 'Add a NetworkPolicy that selects it, or give it the labels that one asks for.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

/** Whether some NetworkPolicy isolates a pod of a workload. */
function isSelected({ analysis }: FindingContext, workload: number): boolean {
  const { ingressPolicies, egressPolicies } = workloadIsolation(analysis, workload);
  return ingressPolicies.length + egressPolicies.length > 0;
}
