import { formatSelector, NAMESPACE_NAME_LABEL } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { placeOfSelection } from './place-of-selection.js';

/** No namespace has the labels of a namespaceSelector. */
export const NAMESPACE_SELECTOR_MATCHES_NOTHING: FindingRule = {
  id: 'NP203',
  name: 'namespace-selector-matches-nothing',
  category: 'SELECTOR',
  severity: 'MEDIUM',
  description: 'A namespaceSelector fits no namespace.',
  remediation: 'Correct the labels, or label the namespaces that are meant.',
  needsCompleteSnapshot: true,
  find({ emptySelections, analysis }, report) {
    for (const empty of emptySelections.all) {
      const { policy, place, rule, selection, why } = empty;
      if (why.kind !== 'NO_NAMESPACE') continue;
      if (place !== null && emptySelections.isIdle(policy)) continue;
      const selector = selection.namespaceSelector ?? [];
      const isExpected =
        rule !== null && (rule.action !== 'ALLOW' || emptySelections.hasOtherPeer(empty));
      // The labels of a namespace that is only used are not known, but for its name.
      const isOpen =
        analysis.facts.someNamespaceUndeclared &&
        selector.some(({ key }) => key !== NAMESPACE_NAME_LABEL);
      report({
        ...placeOfSelection(policy, place),
        severity: isOpen ? 'INFO' : isExpected ? 'LOW' : 'MEDIUM',
        confidence: isOpen || isExpected ? 'POSSIBLE' : 'CERTAIN',
        key: `${place?.direction ?? 'subject'} ${formatSelector(selector)}`,
        message: `No namespace${isOpen ? ' whose labels are known' : ''} has ${formatSelector(selector)}.`,
        fix: {
          text: 'Write labels that the namespaces have, or label these. kubernetes.io/metadata.name is always set.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};
