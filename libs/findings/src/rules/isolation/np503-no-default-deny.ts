import type { FindingRule } from '../../finding-rule.js';
import { namespaceDefaults } from './default-deny.js';

/** No policy selects all pods of a namespace, in either direction. */
export const NO_DEFAULT_DENY: FindingRule = {
  id: 'NP503',
  name: 'no-default-deny',
  category: 'ISOLATION',
  severity: 'MEDIUM',
  description: 'No policy selects all pods of a namespace that has some.',
  remediation: 'Add a policy with an empty podSelector that denies what others do not admit.',
  needsCompleteSnapshot: true,
  find(context, report) {
    for (const { namespace, closed } of namespaceDefaults(context))
      if (closed.length === 0)
        report({
          object: { kind: 'NAMESPACE', index: namespace },
          key: '',
          message: 'New pods start open for ingress and egress: no policy selects all pods.',
          fix: {
            text: 'Add a NetworkPolicy with podSelector: {} and policyTypes: [Ingress, Egress], after policies that admit what the pods need.',
            yaml: null,
            edits: [],
          },
        });
  },
};
