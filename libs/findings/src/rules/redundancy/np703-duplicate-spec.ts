import type { FindingRule } from '../../finding-rule.js';
import { policyNames } from './policy-names.js';

/** A policy says the same as another one of its namespace. */
export const DUPLICATE_SPEC: FindingRule = {
  id: 'NP703',
  name: 'duplicate-spec',
  category: 'REDUNDANCY',
  severity: 'LOW',
  description: 'Two NetworkPolicies of a namespace have the same spec under two names.',
  remediation: 'Remove one of them.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const { policy, of } of context.redundancy.duplicates)
      report({
        object: { kind: 'POLICY', index: policy },
        key: '',
        message: `Says the same as ${policyNames(context, [of])}.`,
        fix: {
          text: `Remove this policy or ${policyNames(context, [of])}.`,
          yaml: null,
          edits: [],
        },
      });
  },
};
