import type { FindingRule } from '../../finding-rule.js';
import { inputOfKind } from '../../problem-object.js';

/** A manifest is a template: what it would become is not known. */
export const TEMPLATE_NOT_RENDERED: FindingRule = {
  id: 'NP901',
  name: 'template-not-rendered',
  category: 'INPUT',
  severity: 'HIGH',
  description: 'A manifest has placeholders of a template that was not rendered.',
  remediation: 'Render with helm template, kustomize build or envsubst first.',
  needsCompleteSnapshot: false,
  find({ problems }, report) {
    for (const problem of problems) {
      if (problem.code !== 'TEMPLATE') continue;
      report({
        object: inputOfKind(problem),
        ...(problem.field === null ? {} : { path: problem.field }),
        key: '',
        message: 'Left out: a template that was not rendered.',
        fix: {
          text: 'Render with helm template, kustomize build or envsubst first.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
