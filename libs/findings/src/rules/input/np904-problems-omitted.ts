import type { FindingRule } from '../../finding-rule.js';

/** More problems of the input than are kept: findings that rest on problems (NP101 to NP105, NP111, NP410, NP9xx) lack some. */
export const PROBLEMS_OMITTED: FindingRule = {
  id: 'NP904',
  name: 'problems-omitted',
  category: 'INPUT',
  severity: 'INFO',
  description: 'The input has more problems than are kept.',
  remediation: 'Mend what is reported, and upload again.',
  needsCompleteSnapshot: false,
  find({ problemsOmitted }, report) {
    if (problemsOmitted === 0) return;
    report({
      object: { kind: 'INPUT', kindName: null, object: null, location: null },
      key: '',
      message: `${String(problemsOmitted)} more problems of the input were not kept: findings that rest on them are missing.`,
      fix: { text: 'Mend what is reported, and upload again.', yaml: null, edits: [] },
    });
  },
};
