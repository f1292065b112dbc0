import type { FindingRule } from '../../finding-rule.js';
import { inputObject, sentence } from '../../problem-object.js';

const SERVED = 'networking.k8s.io/v1';

/** A NetworkPolicy of an API version that no API server takes any more. */
export const REMOVED_API_VERSION: FindingRule = {
  id: 'NP103',
  name: 'removed-api-version',
  category: 'SCHEMA',
  severity: 'HIGH',
  description: 'A NetworkPolicy of the group extensions, which is no longer served.',
  remediation: `Write apiVersion: ${SERVED}.`,
  needsCompleteSnapshot: false,
  find({ problems }, report) {
    for (const problem of problems) {
      if (problem.code !== 'REMOVED_API_VERSION') continue;
      report({
        object: inputObject(problem),
        path: 'apiVersion',
        key: '',
        message: `${sentence(problem.message)} It is left out of the analysis.`,
        fix: {
          text: `Write ${SERVED}: the spec may stay as it is.`,
          yaml: `apiVersion: ${SERVED}`,
          edits: [{ op: 'set', path: ['apiVersion'], value: SERVED }],
        },
      });
    }
  },
};
