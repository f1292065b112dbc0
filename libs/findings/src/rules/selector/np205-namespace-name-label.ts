import { NAMESPACE_NAME_LABEL } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { selectionText } from '../../selectors/empty-selections.js';
import { rewrite } from '../../selectors/selector-manifest.js';
import { listNames, namespaceNames } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** A namespaceSelector asks for a label with the name of a namespace, and the namespace has no such label. */
export const NAMESPACE_NAME_LABEL_MISSING: FindingRule = {
  id: 'NP205',
  name: 'namespace-name-label',
  category: 'SELECTOR',
  severity: 'HIGH',
  description:
    'A namespaceSelector fits nothing, because the namespace that it names has no such label.',
  remediation: 'Use kubernetes.io/metadata.name, which every namespace has.',
  needsCompleteSnapshot: false,
  find({ emptySelections, analysis, view }, report) {
    for (const { policy, place, selection, why } of emptySelections.all) {
      if (why.kind !== 'NAMESPACE_NAME') continue;
      const { key, namespaces, corrected } = why.label;
      const areKnown = namespaces.some((one) => !analysis.facts.isUndeclared(one));
      const names = listNames(namespaceNames(view, namespaces));
      report({
        ...placeOfSelection(policy, place),
        severity: areKnown ? 'HIGH' : 'INFO',
        confidence: areKnown ? 'CERTAIN' : 'POSSIBLE',
        key: `${place?.direction ?? 'subject'} ${selectionText(selection)}`,
        message: areKnown
          ? `Namespace ${names} has no label ${key} with its name. Use ${NAMESPACE_NAME_LABEL}, which is always set.`
          : `Nothing tells whether namespace ${names} has a label ${key} with its name. ${NAMESPACE_NAME_LABEL} is always set.`,
        fix: rewrite(
          `Select by ${NAMESPACE_NAME_LABEL}.`,
          policy,
          place,
          'namespaceSelector',
          corrected,
        ),
      });
    }
  },
};
