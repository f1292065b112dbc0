import { formatSelector } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { selectionText } from '../../selectors/empty-selections.js';
import { operatorCaveat } from '../../selectors/operator-pods.js';
import { scopeText } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** No pod that exists or has ended, and no workload's template, has the labels that a policy asks for. */
export const POLICY_SELECTS_NOTHING: FindingRule = {
  id: 'NP201',
  name: 'policy-selects-nothing',
  category: 'SELECTOR',
  severity: 'HIGH',
  description: 'The podSelector of a policy fits no workload of its namespace.',
  remediation: 'Correct the labels, or remove the policy.',
  needsCompleteSnapshot: true,
  find({ emptySelections, kindsWithUnknownPods, view }, report) {
    for (const { policy, place, selection, why } of emptySelections.all) {
      if (place !== null || why.kind !== 'NOBODY') continue;
      const isOwn = policy.kind === 'NETWORK_POLICY';
      const selector = formatSelector(selection.podSelector);
      report({
        ...placeOfSelection(policy, place),
        ...(kindsWithUnknownPods.length > 0 && { severity: 'LOW', confidence: 'POSSIBLE' }),
        key: selectionText(selection),
        message: `${isOwn ? 'Protects' : 'Governs'} nothing: no workload in ${scopeText(view, selection, policy)} has ${selector}.${operatorCaveat(kindsWithUnknownPods)}`,
        fix: {
          text: 'Write the labels that the pods have, or remove the policy if its workload is gone.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
