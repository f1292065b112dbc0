import type { FindingRule } from '../../finding-rule.js';
import { namespaceDefaults } from './default-deny.js';

/** A policy selects all pods of a namespace in one direction, and none does in the other. */
export const DEFAULT_DENY_ONE_DIRECTION: FindingRule = {
  id: 'NP504',
  name: 'default-deny-one-direction',
  category: 'ISOLATION',
  severity: 'MEDIUM',
  description: 'Policies select all pods of a namespace in one direction only.',
  remediation: 'Add the other direction to the default deny.',
  needsCompleteSnapshot: true,
  find(context, report) {
    for (const { namespace, closed } of namespaceDefaults(context)) {
      if (closed.length !== 1) continue;
      const [a, b] = closed[0] === 'INGRESS' ? ['ingress', 'egress'] : ['egress', 'ingress'];
      report({
        object: { kind: 'NAMESPACE', index: namespace },
        key: b,
        message: `The policies for all pods cover ${a}; new pods start open for ${b}.`,
        // Many clusters leave egress open on purpose.
        ...(b === 'egress' ? { severity: 'LOW' as const } : {}),
        fix: {
          text: `Add a NetworkPolicy with podSelector: {} for ${b}, after policies that admit what the pods need.`,
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
