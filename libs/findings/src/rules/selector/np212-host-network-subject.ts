import type { FindingRule } from '../../finding-rule.js';
import { selectionText } from '../../selectors/empty-selections.js';
import { listNames, workloadNames } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** A podSelector names pods of the host network, which policies do not govern. */
export const HOST_NETWORK_SUBJECT: FindingRule = {
  id: 'NP212',
  name: 'host-network-subject',
  category: 'SELECTOR',
  severity: 'MEDIUM',
  description: 'A podSelector fits pods that use the network of their node.',
  remediation: 'Protect the node, or give up hostNetwork.',
  needsCompleteSnapshot: false,
  find({ analysis, policies, selections }, report) {
    for (const policy of policies.all()) {
      const { subject } = policy.spec;
      // What only leaves some out names nobody in particular.
      if (subject.podSelector.every(({ operator }) => isNegative(operator))) continue;
      const labelled = selections.labelled(subject, policy.namespace);
      if (labelled.length === selections.selected(subject, policy.namespace).length) continue;
      const names = workloadNames(
        analysis,
        labelled.filter((one) => analysis.isNode(one)),
      );
      report({
        ...placeOfSelection(policy, null),
        confidence: 'LIKELY',
        key: selectionText(subject),
        message: `${listNames(names)} ${names.length === 1 ? 'uses' : 'use'} the host network: policies do not govern such pods.`,
        fix: {
          text: 'Protect the node by other means, or give up hostNetwork.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

function isNegative(operator: string): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist';
}
