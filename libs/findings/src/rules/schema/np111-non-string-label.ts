import type { FindingFix, Problem } from '@portolan/model';
import { fieldPath } from '../../field-path.js';
import type { FindingRule } from '../../finding-rule.js';
import { fieldName, inputObject, isAboutPolicy } from '../../problem-object.js';

/** A label value that YAML does not read as text. */
export const NON_STRING_LABEL: FindingRule = {
  id: 'NP111',
  name: 'non-string-label',
  category: 'SCHEMA',
  severity: 'HIGH',
  description:
    'A label value, in labels or in a selector, that YAML reads as a number or a boolean.',
  remediation: 'Quote the value.',
  needsCompleteSnapshot: false,
  find({ problems }, report) {
    for (const problem of problems) {
      if (problem.code !== 'LABEL_NOT_TEXT') continue;
      report({
        object: inputObject(problem),
        ...(problem.field === null ? {} : { path: problem.field }),
        key: fieldName(problem),
        severity: isAboutPolicy(problem) ? 'HIGH' : 'MEDIUM',
        message: `The label value ${problem.message}. The API server rejects the object; it is left out of the analysis.`,
        fix: quoted(problem),
      });
    }
  },
};

/** What is written is what is meant: a version 1.10 is not 1.1. */
function quoted({ field }: Problem): FindingFix {
  const path = fieldPath(field);
  const edits = path === null ? [] : [{ op: 'quote', path } as const];
  return { text: 'Quote the value.', yaml: null, edits };
}
