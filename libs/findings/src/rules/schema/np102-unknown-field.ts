import type { FindingRule } from '../../finding-rule.js';
import { fieldName, placeOfField, policyObject, sentence } from '../../problem-object.js';

/** A key that a policy's schema does not have. */
export const UNKNOWN_FIELD: FindingRule = {
  id: 'NP102',
  name: 'unknown-field',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'A policy has a field that its schema does not have.',
  remediation: 'Correct the name of the field, or put it where it belongs.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const problem of context.problems) {
      const isPruned = problem.code === 'UNSUPPORTED_FIELD';
      if (!isPruned && problem.code !== 'UNKNOWN_FIELD') continue;
      const place = placeOfField(problem);
      report({
        object: policyObject(context, problem),
        ...(place === undefined ? {} : { place }),
        ...(problem.field === null ? {} : { path: problem.field }),
        key: fieldName(problem),
        // A later version of an experimental kind may have it.
        confidence: isPruned ? 'LIKELY' : 'CERTAIN',
        message: `${sentence(problem.message)} ${isPruned ? PRUNED : REFUSED}`,
        fix: { text: 'Correct the name of the field, or move it.', yaml: null, edits: [] },
      });
    }
  },
};

const PRUNED = 'What is left is another policy than is written, and is what the analysis reads.';
const REFUSED =
  'The API server rejects the policy, or drops the field and with it a part of the policy. It is left out of the analysis.';
