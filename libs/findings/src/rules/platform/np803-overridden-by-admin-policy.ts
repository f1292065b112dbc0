import { findOverriddenRules } from '@portolan/engine';
import { rulesOf } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { objectName } from '../../object-name.js';

/** Admin policies decide about all the traffic of a rule before it is asked. */
export const OVERRIDDEN_BY_ADMIN_POLICY: FindingRule = {
  id: 'NP803',
  name: 'overridden-by-admin-policy',
  category: 'PLATFORM',
  severity: 'MEDIUM',
  description:
    'Policies of the admin tier decide about all the traffic of a rule before it is asked.',
  remediation: 'Remove the rule, or let the admin policy pass the traffic.',
  needsCompleteSnapshot: false,
  find({ analysis, view }, report) {
    for (const { policy, direction, rule, by } of findOverriddenRules(analysis)) {
      const names = by.map((index) => {
        const { priority } = view.policy(index).spec;
        const at = priority === null ? '' : ` (priority ${String(priority)})`;
        return `${objectName(view, { kind: 'POLICY', index })}${at}`;
      });
      const written = rulesOf(view.policy(policy).spec, direction)[rule];
      report({
        object: { kind: 'POLICY', index: policy },
        place: { direction, rule, peer: null, port: null },
        key: `${direction} ${JSON.stringify(written)}`,
        message: `${names.join(' and ')} ${names.length === 1 ? 'decides' : 'decide'} first: this rule has no effect for the pods that exist.`,
        confidence: 'LIKELY',
        fix: {
          text: 'Remove the rule, or change the admin policy so that it passes this traffic.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
