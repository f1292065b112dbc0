import type { FindingFix, Problem } from '@portolan/model';
import { fieldPath } from '../../field-path.js';
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
        fix: corrected(problem),
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

/** Of words that are known by other letters the right one is certain: `tcp` is TCP. */
function corrected({ field, message }: Problem): FindingFix {
  const path = fieldPath(field);
  const [, quoted = '', words = ''] = /^"(\w+)" is none of ([\w, ]+)$/.exec(message) ?? [];
  const word = words.split(', ').find((one) => one.toUpperCase() === quoted.toUpperCase());
  if (path === null || word === undefined || quoted === '')
    return { text: 'Correct the field.', yaml: null, edits: [] };
  const key = path.at(-1);
  return {
    text: `Write ${word}.`,
    yaml: typeof key === 'string' ? `${key}: ${word}` : `- ${word}`,
    edits: [{ op: 'set', path, value: word }],
  };
}
