import type { Problem } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { fieldName, inputObject, isAboutPolicy } from '../../problem-object.js';

/** The API server would reject an object: what it is meant to do does not happen. */
export const INVALID_OBJECT: FindingRule = {
  id: 'NP101',
  name: 'invalid-object',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'An object that the API server would reject.',
  remediation: 'Correct the field that is named.',
  needsCompleteSnapshot: false,
  find({ problems }, report) {
    for (const problem of problems) {
      if (!isRejection(problem)) continue;
      const field = fieldName(problem);
      const reason = field === '' ? problem.message : `${field} ${problem.message}`;
      const consequence =
        problem.outcome === 'INDEXED'
          ? 'The analysis takes it all the same'
          : 'It is left out of the analysis';
      report({
        object: inputObject(problem),
        ...(problem.field === null ? {} : { path: problem.field }),
        key: `${field}: ${problem.message}`,
        severity: isAboutPolicy(problem) ? 'HIGH' : 'MEDIUM',
        message: `The API server rejects this object: ${reason}. ${consequence}.`,
        fix: { text: 'Correct the field.', yaml: null, edits: [] },
      });
    }
  },
};

/**
 * Problems of objects that are read, other than those that have rules of their own. A generated name is no fault of an object:
 * what is missing is only known later. Nor are notes, but for a policy's name that the API server does not take.
 */
function isRejection({ code, kind, field, severity }: Problem): boolean {
  if (code !== 'INVALID_OBJECT' || kind === null || kind.endsWith('List')) return false;
  const isOfName = field === 'metadata.name';
  return severity === 'ERROR' ? !isOfName : severity === 'WARNING' && isOfName;
}
