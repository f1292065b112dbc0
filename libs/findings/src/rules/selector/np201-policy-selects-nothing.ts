import { formatSelector } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';

/** No pod that exists, and no workload's template, has the labels that a policy asks for. */
export const POLICY_SELECTS_NOTHING: FindingRule = {
  id: 'NP201',
  name: 'policy-selects-nothing',
  category: 'SELECTOR',
  severity: 'HIGH',
  description: 'The podSelector of a policy fits no workload of its namespace.',
  remediation: 'Correct the labels, or remove the policy.',
  needsCompleteSnapshot: true,
  find({ policies, selections, view }, report) {
    for (const { index, namespace, spec } of policies.networkPolicies()) {
      const { podSelector } = spec.subject;
      if (podSelector.length === 0) continue; // It is there for pods to come.
      if (selections.labelled(spec.subject, namespace).length > 0) continue;
      report({
        object: { kind: 'POLICY', index },
        path: 'spec.podSelector',
        key: formatSelector(podSelector),
        message: `Protects nothing: no workload in ${view.namespaceName(namespace)} has ${formatSelector(podSelector)}.`,
      });
    }
  },
};
