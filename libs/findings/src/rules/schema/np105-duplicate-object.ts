import type { FindingRule } from '../../finding-rule.js';
import { inputObject, isAboutPolicy, sentence } from '../../problem-object.js';

/** Two documents declare one object, and differ in what matters here. */
export const DUPLICATE_OBJECT: FindingRule = {
  id: 'NP105',
  name: 'duplicate-object',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'Two documents of one kind, namespace and name that say different things.',
  remediation: 'Keep one of them, or give them different names.',
  needsCompleteSnapshot: false,
  find({ problems }, report) {
    for (const problem of problems) {
      // The same twice changes nothing.
      if (problem.code !== 'DUPLICATE' || problem.field === null) continue;
      report({
        object: inputObject(problem),
        path: problem.field,
        key: problem.field,
        severity: isAboutPolicy(problem) ? 'HIGH' : 'MEDIUM',
        message: `Declared twice with a different ${problem.field}, and only the last one applied takes effect. Here ${problem.message}.`,
        fix: {
          text: sentence('remove one of them, or give them different names'),
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
