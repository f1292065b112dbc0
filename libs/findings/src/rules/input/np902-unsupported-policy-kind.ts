import type { FindingRule } from '../../finding-rule.js';
import { inputOfKind } from '../../problem-object.js';

/** A kind of policy that is not evaluated; told once for each kind. */
export const UNSUPPORTED_POLICY_KIND: FindingRule = {
  id: 'NP902',
  name: 'unsupported-policy-kind',
  category: 'INPUT',
  severity: 'HIGH',
  description: 'There are policies of a kind that is not evaluated.',
  remediation: 'Take the answers for what the other policies say.',
  needsCompleteSnapshot: false,
  find({ problems }, report) {
    for (const problem of problems) {
      if (problem.code !== 'UNSUPPORTED_POLICY_KIND') continue;
      const kind = problem.kind ?? 'unknown';
      report({
        object: inputOfKind(problem),
        key: kind,
        message: `Policies of the kind ${kind} are not evaluated: real access may be narrower or wider.`,
      });
    }
  },
};
