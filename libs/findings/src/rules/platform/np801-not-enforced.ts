import type { FindingRule } from '../../finding-rule.js';

/** Nothing in the cluster enforces policies. */
export const NOT_ENFORCED: FindingRule = {
  id: 'NP801',
  name: 'not-enforced',
  category: 'PLATFORM',
  severity: 'CRITICAL',
  description: 'Nothing in the cluster enforces NetworkPolicies.',
  remediation: 'Install a network plugin that enforces NetworkPolicies.',
  needsCompleteSnapshot: false,
  find({ policies, profile }, report) {
    // Not known is no finding: answers have a caveat then.
    if (profile.isEnforced !== false) return;
    for (const { index } of policies.all())
      report({
        object: { kind: 'POLICY', index },
        key: '',
        message: 'Nothing in this cluster enforces policies: this one has no effect.',
        fix: {
          text: 'Install a network plugin that enforces NetworkPolicies, or correct the profile of the cluster.',
          yaml: null,
          edits: [],
        },
      });
  },
};
