import type { FindingRule } from '../../finding-rule.js';
import { policyNames } from './policy-names.js';

/** Other policies isolate the pods of a policy, and admit everything that it admits. */
export const REDUNDANT_POLICY: FindingRule = {
  id: 'NP702',
  name: 'redundant-policy',
  category: 'REDUNDANCY',
  severity: 'LOW',
  description: 'Other policies isolate the same pods and admit everything that a policy admits.',
  remediation: 'Remove the policy.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const { policy, by, isCertain } of context.redundancy.policies) {
      // In a part of a cluster the pods that exist say little.
      if (!isCertain && !context.isComplete) continue;
      const when = isCertain ? '' : ' for the pods that exist';
      report({
        object: { kind: 'POLICY', index: policy },
        key: '',
        message: `Removing this policy changes nothing${when}: its pods are isolated, and what it admits is admitted, by ${policyNames(context, by)}.`,
        confidence: isCertain ? 'CERTAIN' : 'LIKELY',
        ...(isCertain ? {} : { severity: 'INFO' }),
        fix: { text: 'Remove the policy.', yaml: null, edits: [] },
      });
    }
  },
};
